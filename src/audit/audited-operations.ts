type Body = Readonly<Record<string, unknown>>;

/** How an operation is told of in the audit log. */
export interface Audited {
  action: string;
  /** which of the body's fields are told of; none: their names alone would say nothing, or say too much */
  detail?: (body: Body) => Record<string, unknown>;
  /** of a body with which nothing happens that is worth a line: undefined or true are told of */
  isWorthIt?: (body: Body) => boolean;
  /** only looked at: once an hour */
  isReading?: true;
}

/** The named fields, as far as they are there. */
const fields =
  (...names: string[]) =>
  (body: Body) =>
    Object.fromEntries(names.filter((name) => name in body).map((name) => [name, body[name]]));
/** Which fields were given, and nothing of what is in them. */
const namesOf = (body: Body) => ({ fields: Object.keys(body) });
const setsSecret = (body: Body) => "webhook_secret" in body;
const isNoDryRun = (body: Body) => body["dry_run"] !== true;

const deleted = (noun: string): Audited => ({ action: `${noun}.deleted` });
const secretChanged: Audited = { action: "secret.changed", isWorthIt: setsSecret };

/**
 * Every operation that the log tells of, by method and path as OpenAPI writes it. What people do to themselves
 * (`/session`, `/links`, `/me`) is told of by its routes. A test looks that nothing which owners alone may do, and
 * nothing that deletes, is missing.
 */
export const AUDITED: Readonly<Record<string, Audited>> = {
  "DELETE /assistants/{id}": deleted("assistant"),
  "DELETE /agents/{id}": deleted("assistant"),
  "DELETE /numbers/{id}": deleted("number"),
  "DELETE /tool-templates/{id}": deleted("tool-template"),
  "DELETE /analysis-templates/{id}": deleted("analysis-template"),
  "DELETE /sip-trunks/{id}": deleted("sip-trunk"),
  "DELETE /workflows/{id}": deleted("workflow"),
  "DELETE /mcp-servers/{id}": deleted("mcp-server"),
  "DELETE /campaigns/{id}": deleted("campaign"),
  "DELETE /campaigns/{id}/leads/{leadId}": deleted("lead"),
  "POST /sip-trunks": { action: "sip-trunk.created", detail: fields("name", "address") },
  "PATCH /sip-trunks/{id}": { action: "sip-trunk.changed", detail: namesOf },

  "POST /assistants": secretChanged,
  "PATCH /assistants/{id}": secretChanged,
  "POST /agents": secretChanged,
  "PATCH /agents/{id}": secretChanged,
  "GET /assistants/{id}": { action: "secret.revealed", isReading: true },
  "GET /agents/{id}": { action: "secret.revealed", isReading: true },
  "GET /tool-templates/{id}": { action: "secret.revealed", isReading: true },
  "GET /settings/webhook": { action: "secret.revealed", isReading: true },
  "POST /assistants/{id}/webhook/rotate-secret": {
    action: "secret.rotated",
    detail: fields("overlap_seconds"),
  },
  "POST /settings/webhook/rotate-secret": { action: "secret.rotated", detail: fields("overlap_seconds") },
  "PATCH /settings/webhook": { action: "webhook-settings.changed", detail: namesOf },

  "POST /organizations": { action: "organization.created", detail: fields("name", "parent_org_id") },
  "PATCH /organizations": {
    action: "organization.changed",
    detail: fields("name", "content_retention_days", "metadata_retention_days"),
  },
  "PATCH /organizations/{id}/minutes": {
    action: "organization.minutes-set",
    detail: fields("minutes_balance"),
  },
  "POST /domains": { action: "domain.created", detail: fields("domain_name") },
  "DELETE /domains": deleted("domain"),
  "POST /domains/verify": { action: "domain.verification-asked" },
  "POST /domains/refresh": { action: "domain.refreshed" },
  "POST /domains/sync": { action: "domain.chosen" },
  "POST /byok": { action: "provider-key.set", detail: fields("provider") },
  "DELETE /byok": { action: "provider-key.removed", detail: fields("provider") },
  "POST /byok/config": { action: "provider-key.configured", detail: fields("provider") },
  "POST /api-keys": { action: "api-key.created", detail: fields("name", "expires_at", "organization_id") },
  "PATCH /api-keys/{id}": { action: "api-key.renamed", detail: fields("name") },
  "DELETE /api-keys/{id}": { action: "api-key.revoked" },

  "POST /calls/outbound": { action: "call.placed" },
  "POST /calls/{id}/control": { action: "call.controlled", detail: fields("type") },
  "POST /webhook-events/{id}/replay": { action: "webhook-event.replayed" },
  "POST /webhook-events/replay": {
    action: "webhook-events.replayed",
    detail: namesOf,
    isWorthIt: isNoDryRun,
  },
  "POST /webhook-replays/{id}/pause": { action: "webhook-replay.paused" },
  "POST /webhook-replays/{id}/resume": { action: "webhook-replay.resumed" },
  "PATCH /webhook-endpoints/{id}": { action: "webhook-endpoint.changed", detail: fields("is_enabled") },

  "PATCH /members/{id}": { action: "member.role-changed", detail: fields("role") },
  "DELETE /members/{id}": { action: "member.removed" },
  "POST /invitations": { action: "invitation.created", detail: fields("email", "role") },
  "DELETE /invitations/{id}": { action: "invitation.withdrawn" },
  "POST /users": { action: "user.created", detail: fields("email", "role", "organization_id") },
  "PATCH /users/{id}": { action: "user.reset", detail: namesOf },
  "POST /users/{id}/link": { action: "user.link-made" },
  "POST /users/welcome-link": { action: "user.welcome-link-made" },
};

/** The id of what an answer shows: `{ api_key: { id } }`, or the thing itself. */
export function idInAnswer(answer: unknown): string | undefined {
  if (typeof answer !== "object" || answer === null) return undefined;
  const parts: unknown[] = [answer, ...Object.values(answer)];
  for (const part of parts) {
    const { id, call_id: callId } = (part ?? {}) as { id?: unknown; call_id?: unknown };
    if (typeof id === "string") return id;
    if (typeof callId === "string") return callId;
  }
  return undefined;
}
