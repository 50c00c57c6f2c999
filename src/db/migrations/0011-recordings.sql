-- Recordings of calls: where each file is, and what is still to be done with it.

create table recordings (
  id uuid primary key,
  organization_id uuid not null references organizations on delete cascade,
  call_id uuid not null unique references calls,
  -- whose data folder the file is in
  installation_id uuid not null,
  -- recording: it is being written, or its process died; kept: it can be listened to; deleting: file and object have to
  -- go; deleted: they are gone; failed: there never was anything to listen to
  state text not null check (state in ('recording', 'kept', 'deleting', 'deleted', 'failed')),
  -- inside the data folder's `recordings`; null: no file any more
  path text,
  -- in the bucket; set before the first byte is sent, so that a crash leaves nothing unknown there
  object_key text,
  uploaded_at timestamptz,
  duration_ms bigint,
  size_bytes bigint,
  run_at timestamptz not null default now(),
  attempt_count integer not null default 0,
  last_error text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index recordings_due on recordings (run_at)
  where state in ('recording', 'deleting') or (state = 'kept' and path is not null);

-- URLs are signed and expire, so none is kept.
alter table calls drop column recording_url;
