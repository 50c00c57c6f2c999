-- Organizations, keys, assistants, numbers, nodes, calls. Ids are UUIDv7, made by the application.

create table organizations (
  id uuid primary key,
  name text not null,
  -- The account webhook. The secret always exists, so that every request can be signed (sealed, see crypto.ts).
  webhook_url text,
  webhook_secret bytea not null,
  -- null: all four events
  webhook_events text[],
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table api_keys (
  id uuid primary key,
  organization_id uuid not null references organizations on delete cascade,
  name text not null,
  -- SHA-256 of the key; the key itself is shown once and kept nowhere
  key_hash bytea not null unique,
  created_at timestamptz not null default now()
);

create table assistants (
  id uuid primary key,
  organization_id uuid not null references organizations on delete cascade,
  name text not null,
  -- Every other documented field under its wire name. json, not jsonb: it is given back exactly as it came,
  -- key order included.
  configuration json not null,
  -- sealed; null: the account's secret signs
  webhook_secret bytea,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index assistants_by_organization on assistants (organization_id, created_at);

create table numbers (
  id uuid primary key,
  organization_id uuid not null references organizations on delete cascade,
  -- E.164; unique over the whole installation, because a trunk's INVITE names nothing else
  phone_number text not null unique,
  name text,
  assistant_id uuid references assistants on delete set null,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index numbers_by_organization on numbers (organization_id, created_at);
create index numbers_by_assistant on numbers (assistant_id);

-- One row a running process. Calls name the node that carries them; a node whose heartbeat stopped is dead, and
-- its calls are closed by whoever notices (calls/reaper-loop.ts).
create table nodes (
  id uuid primary key,
  -- the data folder's id: when a process holds that folder's lock, its predecessors are certainly dead
  installation_id uuid not null,
  started_at timestamptz not null default now(),
  heartbeat_at timestamptz not null default now(),
  stopped_at timestamptz
);

create table calls (
  id uuid primary key,
  organization_id uuid not null references organizations on delete cascade,
  node_id uuid not null,
  direction text not null check (direction in ('inbound', 'outbound', 'web')),
  -- the carrier's own name of the call: the SIP Call-ID
  carrier_call_id text,
  status text not null,
  end_reason text,
  error text,
  caller_number text,
  called_number text,
  number_id uuid references numbers on delete set null,
  number_name text,
  assistant_id uuid references assistants on delete set null,
  -- the resolved configuration, `metadata` included; webhook secrets are not in it
  configuration json,
  -- sealed; only when the answer to assistant-request brought a secret of its own
  webhook_secret bytea,
  messages json,
  summary text,
  analysis_result json,
  recording_url text,
  -- the sequence of the call's last webhook event
  last_sequence integer not null default 0,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  ended_at timestamptz,
  -- set in the transaction that writes the end-of-call-report: what makes it exactly one
  reported_at timestamptz,
  updated_at timestamptz not null default now()
);
create index calls_by_organization on calls (organization_id, created_at desc, id desc);
create index calls_by_status on calls (organization_id, status, created_at desc);
-- what the reaper looks for: calls that still owe their end or their report
create index calls_unreported on calls (node_id) where reported_at is null;
