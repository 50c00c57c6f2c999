-- E-mails about calls, the domains they come from, and what retention periods take from calls.

-- An outbox like that of the webhooks, simpler, because there is one e-mail a call and no order.

create table emails (
  id uuid primary key,
  organization_id uuid not null references organizations on delete cascade,
  -- one a call: written in the transaction of its end-of-call-report
  call_id uuid not null unique references calls on delete cascade,
  recipients text[] not null,
  -- those who have it already: a repeat goes to the others only
  delivered_to text[] not null default '{}',
  -- stable over all attempts, so that a mail program shows a repeat once
  message_id text not null,
  -- what the e-mail is made of; null as soon as there is nothing to send any more, so that no copy of a transcript stays
  report json,
  state text not null check (state in ('pending', 'in-flight', 'sent', 'failed', 'skipped')),
  attempt_count integer not null default 0,
  run_at timestamptz not null default now(),
  -- why the last attempt failed, or why nothing was sent
  last_error text,
  -- smtp or resend: how it was sent
  transport text,
  -- as in webhook_deliveries: a claim holds as long as its node's heartbeat, and claim_id fences off a slow claimer
  claim_id uuid,
  node_id uuid,
  created_at timestamptz not null default now(),
  finished_at timestamptz
);
create index emails_due on emails (run_at) where state = 'pending';
create index emails_held on emails (node_id) where state = 'in-flight';
create index emails_by_organization on emails (organization_id, created_at desc, id desc);

-- The domain that an organization's e-mails come from: what Resend says of it, as of the last time it was asked.
create table domains (
  id uuid primary key,
  organization_id uuid not null unique references organizations on delete cascade,
  domain_name text not null,
  resend_domain_id text not null,
  -- Resend's word: not_started, pending, verified, failed, and whatever it comes up with
  status text not null,
  region text not null,
  -- the DNS records that Resend wants to see
  records json,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- since when it has been verified; null while it is not
  verified_at timestamptz
);
create index domains_by_resend_domain on domains (resend_domain_id);

-- What an organization's retention periods have taken from a call. Looked for by the end of the call, oldest first; the
-- indexes hold only what is still there.
alter table calls
  add column content_cleared_at timestamptz,
  add column metadata_cleared_at timestamptz;
create index calls_with_content on calls (organization_id, ended_at)
  where content_cleared_at is null and reported_at is not null;
create index calls_with_metadata on calls (organization_id, ended_at)
  where metadata_cleared_at is null and reported_at is not null;
