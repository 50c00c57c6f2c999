-- What people keep beside assistants and numbers: templates, SIP trunks, workflows.

create table tool_templates (
  id uuid primary key,
  organization_id uuid not null references organizations on delete cascade,
  name text not null,
  description text,
  tool_type text not null check (tool_type in ('function', 'end_call', 'transfer_call')),
  -- json, as all documents of customers: given back with the order of its keys
  tool_config json not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index tool_templates_by_organization on tool_templates (organization_id, created_at);

create table analysis_templates (
  id uuid primary key,
  organization_id uuid not null references organizations on delete cascade,
  name text not null,
  description text,
  system_prompt text not null,
  user_prompt text not null,
  schema json not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index analysis_templates_by_organization on analysis_templates (organization_id, created_at);

create table sip_trunks (
  id uuid primary key,
  organization_id uuid not null references organizations on delete cascade,
  name text not null,
  provider text not null,
  -- host, or host:port
  address text not null,
  transport text not null default 'udp' check (transport in ('udp', 'tcp', 'tls')),
  auth_username text,
  -- sealed; never returned
  auth_password bytea,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index sip_trunks_by_organization on sip_trunks (organization_id, created_at);

create table workflows (
  id uuid primary key,
  organization_id uuid not null references organizations on delete cascade,
  name text not null,
  definition json not null,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index workflows_by_organization on workflows (organization_id, created_at);

alter table numbers
  -- by which calls of this number are transferred, and outbound ones placed
  add column transfer_trunk_id uuid references sip_trunks on delete set null,
  -- drives the calls of this number; it cannot be deleted while it does
  add column workflow_id uuid references workflows on delete restrict;
create index numbers_by_trunk on numbers (transfer_trunk_id);
create index numbers_by_workflow on numbers (workflow_id);
