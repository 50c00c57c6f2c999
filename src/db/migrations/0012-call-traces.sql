-- What can be seen of a call afterwards: one row, written at its end. Nothing of what was said is in it; numbers are, so
-- it goes with the metadata.

create table call_traces (
  call_id uuid primary key references calls,
  organization_id uuid not null references organizations on delete cascade,
  -- as the API shows it
  trace json not null,
  -- the SIP messages as they were, for the capture file; null: not kept
  capture json,
  created_at timestamptz not null default now()
);
