-- Who did what, when, from where: written in the transaction of the change where there is one. No secrets in it.

create table audit_log (
  id uuid primary key,
  organization_id uuid not null references organizations on delete cascade,
  created_at timestamptz not null default now(),
  -- nobody: a sign-in that was refused
  actor_kind text not null check (actor_kind in ('user', 'api-key', 'nobody')),
  actor_id uuid,
  -- as it was then: the e-mail, or the key's name
  actor_name text,
  address text,
  action text not null,
  subject_id text,
  detail json
);
create index audit_log_by_organization on audit_log (organization_id, created_at desc, id desc);
create index audit_log_by_age on audit_log (created_at);
