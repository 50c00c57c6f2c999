-- The delivery engine: fair claims by endpoint, order kept by a state instead of a search, health of endpoints,
-- rotated secrets, and what an attempt took.

-- Health: shown to people, and how a breaker outlives the process. Written when it changes, not at each attempt.
alter table webhook_endpoints
  add column breaker text not null default 'closed' check (breaker in ('closed', 'open', 'half-open')),
  add column breaker_until timestamptz,
  -- how many times in a row it has opened: how long it stays open next time
  add column breaker_opens integer not null default 0,
  add column consecutive_failures integer not null default 0,
  -- since when nothing but failures; null after a success
  add column failing_since timestamptz,
  add column disabled_at timestamptz,
  add column disabled_reason text;

-- Asked by synchronous requests when the account's webhook does not answer.
alter table organizations add column webhook_fallback_url text;

-- Secrets that were replaced and still sign beside the current one, so that a receiver can be changed in peace.
create table webhook_previous_secrets (
  id uuid primary key,
  organization_id uuid not null references organizations on delete cascade,
  -- as in webhook_endpoints: the assistant's id, or '' for the account
  owner text not null,
  secret bytea not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now()
);
create index webhook_previous_secrets_by_owner on webhook_previous_secrets (organization_id, owner);

-- waiting: an earlier event of the same call and endpoint comes first. Who finishes that one sets it to pending.
alter table webhook_deliveries drop constraint webhook_deliveries_state_check;
alter table webhook_deliveries add constraint webhook_deliveries_state_check
  check (state in ('waiting', 'pending', 'in-flight', 'delivered', 'exhausted', 'cancelled'));
alter table webhook_deliveries
  add column is_retry boolean not null default false,
  -- made by people, besides the one that every accepted event has
  add column is_replay boolean not null default false,
  -- why it was cancelled or exhausted
  add column reason text;
drop index webhook_deliveries_due;
drop index webhook_deliveries_leased;
drop index webhook_deliveries_of_call;
-- A claim belongs to a node, and holds as long as the node's heartbeat: no lease to prolong for each delivery.
alter table webhook_deliveries drop column lease_until;
create index webhook_deliveries_due on webhook_deliveries (endpoint_id, is_retry, run_at) where state = 'pending';
create index webhook_deliveries_held on webhook_deliveries (node_id) where state = 'in-flight';
create index webhook_deliveries_of_call on webhook_deliveries (call_id, endpoint_id, sequence)
  where state in ('waiting', 'pending', 'in-flight');

alter table webhook_attempts
  add column dns_ms real,
  add column connect_ms real,
  add column tls_ms real,
  add column first_byte_ms real,
  -- cold: opened for this request; warm: it was open already
  add column connection text,
  add column remote_address text;
create index webhook_attempts_by_endpoint on webhook_attempts (endpoint_id, created_at desc);

-- What an operator or a customer should know of, and nobody calls about: an endpoint was disabled.
create table operational_events (
  id uuid primary key,
  organization_id uuid not null references organizations on delete cascade,
  type text not null,
  detail json not null,
  created_at timestamptz not null default now()
);
create index operational_events_by_organization on operational_events (organization_id, created_at desc);

-- A bulk replay: its filter, and how far it has come. It goes on after a restart.
create table webhook_replays (
  id uuid primary key,
  organization_id uuid not null references organizations on delete cascade,
  filter json not null,
  state text not null check (state in ('running', 'paused', 'done')),
  total integer not null,
  done integer not null default 0,
  -- the last event that was looked at
  after_position text,
  after_id uuid,
  created_at timestamptz not null default now()
);
create index webhook_replays_running on webhook_replays (created_at) where state = 'running';
