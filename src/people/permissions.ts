import type { Person, Role } from "../http/auth.ts";

/**
 * What an operation asks of who has signed in. `read`: any member of the organization, `change`: members and owners,
 * `own`: owners alone (people, keys, the organization's settings, secrets). `person`: whoever has signed in, about
 * themselves, with no organization in play; API keys are nobody.
 */
export type Access = "person" | "read" | "change" | "own";
type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
type Methods = Partial<Record<Method, Access>>;

const LIST = { GET: "read", POST: "change" } as const;
const ONE = { GET: "read", PATCH: "change", DELETE: "change" } as const;

/**
 * The whole decision, by path as OpenAPI writes it. A test compares it with the routes of the server, both ways: a new
 * operation is decided here, or it fails. What is missing nevertheless is for owners.
 */
export const ACCESS: Readonly<Record<string, Methods>> = {
  "/assistants": LIST,
  "/assistants/{id}": ONE,
  "/assistants/{id}/versions": { GET: "read" },
  "/assistants/{id}/versions/{version}": { GET: "read" },
  "/assistants/{id}/versions/{version}/restore": { POST: "change" },
  "/assistants/{id}/tools/test": { POST: "change" },
  "/assistants/{id}/webhook/rotate-secret": { POST: "own" },
  "/assistants/{id}/webhook/test": { POST: "change" },
  "/agents": LIST,
  "/agents/{id}": ONE,
  "/numbers": LIST,
  "/numbers/{id}": ONE,
  "/calls": { GET: "read" },
  "/calls/stream": { GET: "read" },
  "/calls/{id}": { GET: "read" },
  "/calls/{id}/stream": { GET: "read" },
  "/calls/{id}/timeline": { GET: "read" },
  "/calls/{id}/recording/peaks": { GET: "read" },
  "/calls/{id}/trace": { GET: "read" },
  "/calls/{id}/call.pcap": { GET: "read" },
  "/calls/outbound": { POST: "change" },
  "/web-calls": { POST: "change" },
  "/v1/web-calls": { POST: "change" },
  "/calls/{id}/control": { POST: "change" },
  "/tool-templates": LIST,
  "/tool-templates/{id}": ONE,
  "/analysis-templates": LIST,
  "/analysis-templates/{id}": ONE,
  "/sip-trunks": LIST,
  "/sip-trunks/{id}": ONE,
  "/workflows": LIST,
  "/workflows/{id}": ONE,
  "/mcp-servers": LIST,
  "/mcp-servers/{id}": ONE,
  "/mcp-servers/{id}/test": { POST: "change" },
  "/campaigns": LIST,
  "/campaigns/{id}": ONE,
  "/campaigns/{id}/leads": LIST,
  "/campaigns/{id}/leads/{leadId}": { DELETE: "change" },
  "/chats": LIST,
  "/chats/context": { GET: "read" },
  "/chats/{id}": { DELETE: "change" },
  "/voices": { GET: "read" },
  "/catalog": { GET: "read" },
  "/usage": { GET: "read" },
  "/stats": { GET: "read" },
  "/emails": { GET: "read" },
  "/operational-events": { GET: "read" },
  "/webhook-events": { GET: "read" },
  "/webhook-events/stream": { GET: "read" },
  "/webhook-events/{id}": { GET: "read" },
  "/webhook-events/{id}/attempts": { GET: "read" },
  "/webhook-events/{id}/replay": { POST: "change" },
  "/webhook-events/replay": { POST: "change" },
  "/webhook-replays/{id}": { GET: "read" },
  "/webhook-replays/{id}/pause": { POST: "change" },
  "/webhook-replays/{id}/resume": { POST: "change" },
  "/webhook-endpoints": { GET: "read" },
  "/webhook-endpoints/{id}": { GET: "read", PATCH: "change" },
  // The organization's settings. Reading them shows no secret to who may not see it (SECRETS below).
  "/settings/webhook": { GET: "read", PATCH: "own" },
  "/settings/webhook/rotate-secret": { POST: "own" },
  "/settings/webhook/test": { POST: "change" },
  "/organizations": { GET: "read", POST: "own", PATCH: "own" },
  "/organizations/{id}/minutes": { PATCH: "own" },
  "/account": { GET: "read" },
  "/domains": { GET: "read", POST: "own", DELETE: "own" },
  "/domains/verify": { POST: "own" },
  "/domains/refresh": { POST: "own" },
  "/domains/sync": { GET: "own", POST: "own" },
  "/byok": { GET: "read", POST: "own", DELETE: "own" },
  "/byok/config": { POST: "own" },
  // Keys and people.
  "/api-keys": { GET: "own", POST: "own" },
  "/api-keys/{id}": { PATCH: "own", DELETE: "own" },
  "/metrics": { GET: "own" },
  "/audit-log": { GET: "own" },
  "/members": { GET: "own" },
  "/members/{id}": { PATCH: "own", DELETE: "own" },
  "/invitations": { GET: "own", POST: "own" },
  "/invitations/{id}": { DELETE: "own" },
  "/users": { GET: "own", POST: "own" },
  "/users/{id}": { PATCH: "own" },
  "/users/{id}/link": { POST: "own" },
  "/users/welcome-link": { POST: "own" },
  "/me": { PATCH: "person" },
  "/me/password": { POST: "person" },
  "/me/totp": { POST: "person", DELETE: "person" },
  "/me/totp/confirm": { POST: "person" },
  "/me/recovery-codes": { POST: "person" },
  "/me/sessions": { GET: "person" },
  "/me/sessions/{id}": { DELETE: "person" },
  "/session": { GET: "person", PATCH: "person", DELETE: "person" },
};

/** Of a function that an assistant has: what signs the requests to its own URL. */
const TOOL_SECRET = "server.secret";
const OF_ASSISTANTS = ["webhook_secret", `llm_config.tools.${TOOL_SECRET}`];

/**
 * Fields that hold a secret in clear, by the beginning of the path. To who may not see secrets they are null in answers;
 * and such a person cannot set them, because what was read as null would be written back as none. One inside of what is
 * written as a whole (with a dot) may be null: its route keeps the one that there is.
 */
export const SECRETS: readonly { path: string; fields: readonly string[] }[] = [
  { path: "/assistants", fields: OF_ASSISTANTS },
  { path: "/agents", fields: OF_ASSISTANTS },
  { path: "/tool-templates", fields: [`tool_config.${TOOL_SECRET}`] },
  { path: "/settings/webhook", fields: ["secret"] },
];

const NEEDS: Record<Exclude<Access, "person">, readonly Role[]> = {
  read: ["owner", "member", "read-only"],
  change: ["owner", "member"],
  own: ["owner"],
};

/** @param path  as OpenAPI writes it, without `/api/v1` */
export function accessTo(method: string, path: string): Access {
  const asked = method === "HEAD" ? "GET" : method;
  return (ACCESS[path] as Record<string, Access> | undefined)?.[asked] ?? "own";
}

/** @param role  undefined: a member of no organization that is asked for */
export function mayUse(role: Role | undefined, access: Access): boolean {
  return access === "person" || (role !== undefined && NEEDS[access].includes(role));
}

/** In words, for who is refused. */
export function whoMay(access: Exclude<Access, "person">): string {
  const [first, second] = NEEDS[access];
  return second === undefined ? `${first}s` : `${first}s and ${second}s`;
}

/** @param person  undefined: an API key, which may */
export function maySeeSecrets(person: Pick<Person, "role"> | undefined): boolean {
  return !person || person.role === "owner";
}

/** The fields of an operation that hold a secret. */
export function secretFieldsOf(path: string): readonly string[] {
  return SECRETS.find((each) => path === each.path || path.startsWith(`${each.path}/`))?.fields ?? [];
}

/** The first of the fields that a body sets; undefined: none. */
export function findSetSecret(body: unknown, fields: readonly string[]): string | undefined {
  return fields.find((field) =>
    valuesAt(body, field.split(".")).some((value) => value !== null || !field.includes(".")),
  );
}

/** Whether an answer shows one of the fields in clear: the thing itself, in its envelope. */
export function showsSecret(answer: unknown, fields: readonly string[]): boolean {
  if (typeof answer !== "object" || answer === null) return false;
  return Object.values(answer).some((shown) =>
    fields.some((field) => valuesAt(shown, field.split(".")).some((value) => typeof value === "string")),
  );
}

/** What stands there, in all entries of the lists on the way. */
function valuesAt(whole: unknown, [key, ...deeper]: string[]): unknown[] {
  if (key === undefined) return [whole];
  if (Array.isArray(whole)) return whole.flatMap((entry) => valuesAt(entry, [key, ...deeper]));
  if (typeof whole !== "object" || whole === null || !Object.hasOwn(whole, key)) return [];
  return valuesAt((whole as Record<string, unknown>)[key], deeper);
}

/** The answer with every such field null, however deep it lies in lists and envelopes. */
export function withoutSecrets(answer: unknown, fields: readonly string[], at = ""): unknown {
  if (Array.isArray(answer)) return answer.map((entry) => withoutSecrets(entry, fields, at));
  // A Date, and whatever else has made itself a way into JSON, stays what it is.
  if (typeof answer !== "object" || answer === null || Object.getPrototypeOf(answer) !== Object.prototype)
    return answer;
  return Object.fromEntries(
    Object.entries(answer).map(([key, value]) => {
      const path = `${at}.${key}`;
      const isSecret = fields.some((field) => path.endsWith(`.${field}`));
      return [key, isSecret ? null : withoutSecrets(value, fields, path)];
    }),
  );
}
