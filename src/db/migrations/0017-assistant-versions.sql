-- What an assistant was before each change, so that it can be looked at, compared and brought back.

alter table assistants
  add column version integer not null default 1,
  -- who made this version: an API key or a person; null: made before this was kept
  add column changed_by json;

create table assistant_versions (
  assistant_id uuid not null references assistants on delete cascade,
  version integer not null,
  name text not null,
  -- as in assistants, without the secrets of tools
  configuration json not null,
  changed_by json,
  -- when this version was made
  created_at timestamptz not null,
  primary key (assistant_id, version)
);

-- Which of them a call ran by.
alter table calls add column assistant_version integer;
