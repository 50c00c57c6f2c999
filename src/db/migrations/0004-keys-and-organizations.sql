-- Keys that can be told apart, end and be revoked; organizations with children and a balance; counters for rate
-- limits; answers kept for repeated requests.

alter table organizations
  -- who pays for this one's minutes; null: it stands for itself
  add column parent_id uuid references organizations on delete cascade,
  -- null: unlimited
  add column minutes_balance double precision,
  -- null: kept for ever
  add column content_retention_days integer,
  add column metadata_retention_days integer;
create index organizations_by_parent on organizations (parent_id);

alter table api_keys
  -- The key's beginning: what is looked up, and what people recognise it by. null: made before this column was there;
  -- filled in when the key is next used.
  add column prefix text,
  add column expires_at timestamptz,
  add column revoked_at timestamptz,
  -- to the minute: a write for each request would cost more than it tells
  add column last_used_at timestamptz;
create index api_keys_by_prefix on api_keys (prefix);
create index api_keys_by_organization on api_keys (organization_id, created_at);

-- Unlogged: a crash forgets the current minute's count, and no request waits for the disk.
create unlogged table rate_windows (
  subject text primary key,
  window_start timestamptz not null,
  used bigint not null
);

-- One row a request with an Idempotency-Key, kept for 24 hours. A row without an answer belongs to a request that is
-- being carried out, or to a process that died: then its lock runs out, and a repetition is carried out.
create table idempotent_requests (
  organization_id uuid not null references organizations on delete cascade,
  key text not null,
  -- SHA-256 of method, path and body: the same key with another request is a mistake
  fingerprint bytea not null,
  locked_until timestamptz not null,
  status integer,
  -- sealed: an answer may hold a new API key
  answer bytea,
  created_at timestamptz not null default now(),
  primary key (organization_id, key)
);
create index idempotent_requests_by_age on idempotent_requests (created_at);

-- Usage and minutes of the month are read from the calls themselves.
create index calls_by_end on calls (organization_id, ended_at) where started_at is not null;
