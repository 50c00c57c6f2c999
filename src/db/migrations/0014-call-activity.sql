-- What happens in a call, moment by moment: what its page draws, and what people who watch it live are sent, whichever
-- process carries it.

create table call_activity (
  call_id uuid not null references calls on delete cascade,
  sequence integer not null,
  at timestamptz not null,
  type text not null,
  -- nothing of what was said, asked, typed or dialled is in it
  detail json not null,
  -- the rest; null: in GDPR mode, or forgotten
  content json,
  primary key (call_id, sequence)
);

-- The calls that run: what is watched live, looked at several times a second.
create index calls_running on calls (organization_id, created_at desc) where reported_at is null;
