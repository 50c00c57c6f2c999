-- People who sign in, and what they may do in which organization.

create table users (
  id uuid primary key,
  -- folded to lower case by the application: one person, however they write it
  email text not null unique,
  name text,
  -- scrypt, with its parameters and salt inside; null: nobody has chosen one yet
  password_hash text,
  -- sealed
  totp_secret bytea,
  -- sealed; shown to the person, who has not proved yet that it works
  totp_pending_secret bytea,
  -- the time step of the last code that was taken: it, and those before it, are used up
  totp_last_step bigint,
  created_at timestamptz not null default now(),
  last_signed_in_at timestamptz
);

create table recovery_codes (
  user_id uuid not null references users on delete cascade,
  -- SHA-256: a code has 79 random bits
  code_hash bytea not null,
  used_at timestamptz,
  primary key (user_id, code_hash)
);

create table memberships (
  user_id uuid not null references users on delete cascade,
  organization_id uuid not null references organizations on delete cascade,
  role text not null check (role in ('owner', 'member', 'read-only')),
  created_at timestamptz not null default now(),
  primary key (organization_id, user_id)
);
create index memberships_by_user on memberships (user_id);

create table sessions (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  -- SHA-256 of 256 random bits, which only the browser has
  token_hash bytea not null unique,
  -- the one that is looked at; null: that of a request's header, or none
  organization_id uuid references organizations on delete set null,
  created_at timestamptz not null,
  -- to the minute
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  address text,
  user_agent text
);
create index sessions_by_user on sessions (user_id);
create index sessions_by_expiry on sessions (expires_at);

-- Links that work once: for the first owner, for who is invited, for who has lost their password.
create table one_time_links (
  id uuid primary key,
  token_hash bytea not null unique,
  purpose text not null check (purpose in ('welcome', 'invitation', 'password')),
  -- of an invitation
  organization_id uuid references organizations on delete cascade,
  role text check (role in ('owner', 'member', 'read-only')),
  email text,
  -- whose password
  user_id uuid references users on delete cascade,
  created_by text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index one_time_links_by_organization on one_time_links (organization_id, created_at);
create index one_time_links_by_expiry on one_time_links (expires_at);
