/** Who did it. */
export type Actor =
  | { kind: "user"; id: string; name: string }
  | { kind: "api-key"; id: string }
  /** who was refused at the door */
  | { kind: "nobody" };

/** One line of the audit log; no secret, no password, no token ever is in one. */
export interface AuditEntry {
  actor: Actor;
  address: string;
  /** `noun.verb`: `api-key.revoked` */
  action: string;
  subjectId?: string | undefined;
  detail?: Record<string, unknown> | undefined;
}
