-- Control commands on their way to the process that carries the call. A NOTIFY carries at most 8,000 bytes, so it only
-- names the row. Who sent a command deletes its row within seconds; upkeep deletes what a process that died has left.
create table call_commands (
  id uuid primary key,
  call_id uuid not null references calls on delete cascade,
  -- who carries the call
  node_id uuid not null,
  -- who waits for the answer
  sent_by uuid not null,
  command json not null,
  -- null: not answered yet; an empty text: taken; else why it was refused
  refusal text,
  answered_at timestamptz,
  created_at timestamptz not null default now()
);
create index call_commands_unanswered on call_commands (node_id, created_at) where answered_at is null;
create index call_commands_by_call on call_commands (call_id);
