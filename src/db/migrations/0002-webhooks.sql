-- event: a fact, immutable, one id. endpoint: a resolved URL with its secret. delivery: event × endpoint, the only
-- hot table. attempt: one HTTP request. Events and attempts are partitioned by day, so that old days are dropped
-- whole (webhooks/partitions.ts makes tomorrow's in time; the default partitions catch what should never happen).

create table webhook_endpoints (
  id uuid primary key,
  organization_id uuid not null references organizations on delete cascade,
  level text not null check (level in ('tool', 'assistant', 'account', 'call')),
  -- what the level's settings belong to: the assistant's id, the call's id, or '' for the account
  owner text not null,
  url text not null,
  -- sealed; null: the account's secret of the moment signs
  secret bytea,
  created_at timestamptz not null default now(),
  unique (organization_id, level, owner, url)
);

create table webhook_events (
  id uuid not null,
  created_at timestamptz not null,
  organization_id uuid not null,
  call_id uuid not null,
  type text not null,
  -- per call, notifications only
  sequence integer,
  -- routed, or why no endpoint got it: no-endpoint, filtered
  routing text not null,
  -- the exact bytes that are sent
  body bytea not null,
  primary key (id, created_at)
) partition by range (created_at);
create table webhook_events_default partition of webhook_events default;
create index webhook_events_by_call on webhook_events (call_id, created_at);
create index webhook_events_by_organization on webhook_events (organization_id, created_at desc);

create table webhook_deliveries (
  id uuid primary key,
  event_id uuid not null,
  event_created_at timestamptz not null,
  organization_id uuid not null,
  endpoint_id uuid not null references webhook_endpoints on delete cascade,
  call_id uuid not null,
  sequence integer not null,
  event_type text not null,
  state text not null check (state in ('pending', 'in-flight', 'delivered', 'exhausted', 'cancelled')),
  attempt_count integer not null default 0,
  run_at timestamptz not null,
  -- a claim holds until lease_until; claim_id fences off a claimer that was too slow
  lease_until timestamptz,
  claim_id uuid,
  -- who claimed it: what a dead process held is claimed again at once, not when its lease runs out
  node_id uuid,
  created_at timestamptz not null default now(),
  finished_at timestamptz
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01);
create index webhook_deliveries_due on webhook_deliveries (run_at) where state = 'pending';
create index webhook_deliveries_leased on webhook_deliveries (lease_until) where state = 'in-flight';
create index webhook_deliveries_of_call on webhook_deliveries (call_id, endpoint_id, sequence)
  where state in ('pending', 'in-flight');
create index webhook_deliveries_of_event on webhook_deliveries (event_id);

create table webhook_attempts (
  id uuid not null,
  created_at timestamptz not null,
  event_id uuid not null,
  -- null: a synchronous request, which has no delivery
  delivery_id uuid,
  endpoint_id uuid,
  number integer not null,
  url text not null,
  -- delivered, http-error, timeout, aborted, refused, connection-failed, too-large, bad-body
  outcome text not null,
  status_code integer,
  error text,
  duration_ms real not null,
  response_body bytea,
  primary key (id, created_at)
) partition by range (created_at);
create table webhook_attempts_default partition of webhook_attempts default;
create index webhook_attempts_by_event on webhook_attempts (event_id, created_at);
