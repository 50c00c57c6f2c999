-- MCP servers: where assistants get further tools from.

create table mcp_servers (
  id uuid primary key,
  organization_id uuid not null references organizations on delete cascade,
  name text not null,
  url text not null,
  transport text not null default 'streamable_http' check (transport in ('streamable_http', 'sse')),
  -- what is shown of the headers
  header_names text[] not null default '{}',
  -- sealed JSON of names and values; null: none
  headers bytea,
  timeout_seconds integer not null default 20,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (organization_id, name)
);
create index mcp_servers_by_organization on mcp_servers (organization_id, created_at);
