-- What a trunk needs to be used in earnest: who may call in by it, how it is kept, and what is known of it.

alter table sip_trunks
  -- IP addresses and CIDR ranges that its calls come from besides `address`
  add column inbound_addresses text[] not null default '{}',
  -- how calls that come by it are recognised
  add column inbound_auth text not null default 'address' check (inbound_auth in ('address', 'digest')),
  add column register boolean not null default false,
  -- calls begun in a second, each way; null: no limit
  add column calls_per_second integer check (calls_per_second between 1 and 1000),
  add column srtp text not null default 'off' check (srtp in ('off', 'offer', 'require')),
  add column refer text not null default 'auto' check (refer in ('auto', 'never')),

  -- The process that asks after it and registers it. No foreign key: a node's row may go before its trunks' next keeper
  -- comes. Written without updated_at, like all below: they are not the customer's changes.
  add column keeper_node_id uuid,
  add column reachability text not null default 'unknown' check (reachability in ('up', 'down', 'unknown')),
  add column reachability_since timestamptz,
  add column reachability_checked_at timestamptz,
  add column reachability_latency_ms integer,
  add column reachability_status integer,
  add column reachability_error text,
  add column registration text check (registration in ('registered', 'failed')),
  add column registration_since timestamptz,
  add column registration_expires_at timestamptz,
  add column registration_status integer,
  add column registration_error text,
  -- when the next call may begin, each way
  add column outbound_slot_at timestamptz,
  add column inbound_slot_at timestamptz;
