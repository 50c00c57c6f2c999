-- Campaigns: lists of people to call within daily hours.

create table campaigns (
  id uuid primary key,
  organization_id uuid not null references organizations on delete cascade,
  -- null: the assistant was deleted; the campaign rests until it is made anew
  assistant_id uuid references assistants on delete set null,
  name text not null,
  status text not null default 'draft' check (status in ('draft', 'scheduled', 'paused', 'completed', 'cancelled')),
  system_message_template text,
  schedule_start_time time not null,
  schedule_end_time time not null,
  -- IANA
  timezone text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index campaigns_by_organization on campaigns (organization_id, created_at);
create index campaigns_scheduled on campaigns (id) where status = 'scheduled';

create table campaign_leads (
  id uuid primary key,
  campaign_id uuid not null references campaigns on delete cascade,
  phone_number text not null,
  variables json not null default '{}',
  status text not null default 'pending' check (status in ('pending', 'calling', 'completed', 'failed', 'skipped')),
  call_id uuid references calls on delete set null,
  attempts integer not null default 0,
  last_attempt_at timestamptz,
  created_at timestamptz not null default now()
);
create index campaign_leads_by_campaign on campaign_leads (campaign_id, created_at, id);
create index campaign_leads_pending on campaign_leads (campaign_id, created_at, id) where status = 'pending';
create index campaign_leads_by_call on campaign_leads (call_id) where call_id is not null;
