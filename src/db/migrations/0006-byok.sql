-- Keys of the organizations' own for the services that calls use, sealed, one a service.

create table byok_keys (
  -- what the API shows as `<provider>_secret_id`
  id uuid primary key,
  organization_id uuid not null references organizations on delete cascade,
  provider text not null,
  -- sealed; never returned
  api_key bytea not null,
  -- settings beside the key: not secret
  config json not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (organization_id, provider)
);
