import type { ColumnType } from "kysely";
import type { NullableJson, NullableTimestamp, Timestamp } from "./columns.ts";

// The tables of people, as Kysely sees them.

type Role = "owner" | "member" | "read-only";

interface UsersTable {
  id: string;
  email: string;
  name: string | null;
  password_hash: string | null;
  totp_secret: ColumnType<Buffer | null, undefined, Buffer | null>;
  totp_pending_secret: ColumnType<Buffer | null, undefined, Buffer | null>;
  /** a bigint, which the driver hands out as text */
  totp_last_step: ColumnType<string | null, undefined, number | null>;
  created_at: Timestamp;
  last_signed_in_at: NullableTimestamp;
}

interface RecoveryCodesTable {
  user_id: string;
  code_hash: Buffer;
  used_at: NullableTimestamp;
}

interface MembershipsTable {
  user_id: string;
  organization_id: string;
  role: Role;
  created_at: Timestamp;
}

interface SessionsTable {
  id: string;
  user_id: string;
  token_hash: Buffer;
  organization_id: string | null;
  created_at: Date;
  last_seen_at: Date;
  expires_at: Date;
  address: string | null;
  user_agent: string | null;
}

interface OneTimeLinksTable {
  id: string;
  token_hash: Buffer;
  purpose: "welcome" | "invitation" | "password";
  organization_id: string | null;
  role: Role | null;
  email: string | null;
  user_id: string | null;
  created_by: string | null;
  created_at: Date;
  expires_at: Date;
  used_at: NullableTimestamp;
}

interface AuditLogTable {
  id: string;
  organization_id: string;
  created_at: Timestamp;
  actor_kind: "user" | "api-key" | "nobody";
  actor_id: string | null;
  actor_name: string | null;
  address: string | null;
  action: string;
  subject_id: string | null;
  detail: NullableJson;
}

export interface PeopleTables {
  audit_log: AuditLogTable;
  users: UsersTable;
  recovery_codes: RecoveryCodesTable;
  memberships: MembershipsTable;
  sessions: SessionsTable;
  one_time_links: OneTimeLinksTable;
}
