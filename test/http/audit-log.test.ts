import { generate } from "otplib";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AUDITED } from "../../src/audit/audited-operations.ts";
import { operations } from "../../src/openapi/document.ts";
import { ACCESS } from "../../src/people/permissions.ts";
import { addUser, PASSWORD, signIn, type Browser } from "../harness/people.ts";
import { startTwoOrganizations, type TwoOrganizations } from "../harness/two-organizations.ts";

const NEW_PASSWORD = "four yellow tandems";
let two: TwoOrganizations;
let ann: Browser;
let annId: string;
beforeAll(async () => {
  two = await startTwoOrganizations("memory");
  annId = await addUser(two.database.db, { email: "ann@a.example", memberOf: { [two.mine.id]: "owner" } });
  await addUser(two.database.db, { email: "bob@a.example", memberOf: { [two.mine.id]: "member" } });
  ann = await signIn(two.api, "ann@a.example");
});
afterAll(() => two.close());

const log = async (query = "", of = two.mine) => {
  const { status, body } = await of.call("GET", `/audit-log${query}`);
  expect(status).toBe(200);
  return body.audit_log as any[];
};
/** What has come since `run` began, the latest first. */
async function notedBy(run: () => Promise<unknown>, of = two.mine): Promise<any[]> {
  const before = new Set((await log("?limit=1000", of)).map(({ id }) => id));
  await run();
  return (await log("?limit=1000", of)).filter(({ id }) => !before.has(id));
}
const byAnn = { kind: "user", id: expect.any(String), name: "ann@a.example" };

test("what only owners do, and what deletes, has its line in the table; the table has no line of nothing", () => {
  const told = operations
    .filter(({ isPublic, isForPeople, path }) => !isPublic && !isForPeople && !path.startsWith("/chats"))
    .map(({ method, path }) => [method.toUpperCase(), path] as const)
    .filter(([method, path]) => {
      const access = ACCESS[path]?.[method as "GET"];
      return method !== "GET" && (access === "own" || method === "DELETE");
    })
    .map(([method, path]) => `${method} ${path}`);
  expect(told.length).toBeGreaterThan(25);
  for (const each of told) expect(AUDITED).toHaveProperty([each]);
  const all = operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
  for (const each of Object.keys(AUDITED)) expect(all).toContain(each);
});

test("a sign-in, a refused one, and signing out: who, from where, and how", async () => {
  const [started] = await notedBy(() => signIn(two.api, "bob@a.example"));
  expect(started).toEqual({
    id: expect.any(String),
    created_at: expect.any(String),
    action: "session.started",
    actor: { kind: "user", id: expect.any(String), name: "bob@a.example" },
    address: "127.0.0.1",
    subject_id: expect.any(String),
    detail: { factor: "password" },
  });
  for (const email of ["bob@a.example", "nobody@a.example"]) {
    const [refused] = await notedBy(() =>
      two.api.request("POST", "/session", { body: { email, password: "a wrong password" } }),
    );
    expect(refused).toMatchObject({
      action: "session.refused",
      actor: { kind: "nobody", id: null, name: null },
      detail: { email, why: "e-mail or password" },
    });
  }
  const bob = await signIn(two.api, "bob@a.example");
  expect(await notedBy(() => bob.call("DELETE", "/session"))).toMatchObject([{ action: "session.ended" }]);
});

test("what somebody does about themselves is told to each of their organizations, and to no other", async () => {
  const memberOf = { [two.mine.id]: "member", [two.theirs.id]: "owner" } as const;
  await addUser(two.database.db, { email: "cat@a.example", memberOf });
  const cat = await signIn(two.api, "cat@a.example");
  for (const of of [two.mine, two.theirs]) {
    const noted = await notedBy(() => cat.call("PATCH", "/me", { name: "Cat" }), of);
    expect(noted).toEqual([]);
  }
  const run = async () => {
    const { secret } = (await cat.call("POST", "/me/totp", { password: PASSWORD })).body.totp;
    await cat.call("POST", "/me/totp/confirm", { code: await generate({ secret }) });
  };
  const mine = await notedBy(run);
  expect(mine).toMatchObject([{ action: "totp.enabled", actor: { name: "cat@a.example" } }]);
  expect((await log("?action=totp", two.theirs)).map(({ action }) => action)).toEqual(["totp.enabled"]);
  expect((await log("", two.theirs)).some(({ actor }) => actor.name === "ann@a.example")).toBe(false);
});

test("keys, settings, deletes, control: by people and by keys", async () => {
  let keyId = "";
  const noted = await notedBy(async () => {
    keyId = (await ann.call("POST", "/api-keys", { name: "build" })).body.api_key.id;
    await ann.call("DELETE", `/api-keys/${keyId}`);
    const { body } = await two.mine.call("POST", "/assistants", { name: "Desk" });
    await two.mine.call("DELETE", `/assistants/${body.assistant.id}`);
    await ann.call("PATCH", "/settings/webhook", { secret: "whsec_c2VjcmV0", events: null });
    await ann.call("PATCH", "/organizations", { content_retention_days: 30, metadata_retention_days: 90 });
    await ann.call("POST", "/byok", { provider: "openai", api_key: "sk-live" });
  });
  expect(noted.toReversed()).toMatchObject([
    { action: "api-key.created", actor: byAnn, subject_id: keyId, detail: { name: "build" } },
    { action: "api-key.revoked", actor: byAnn, subject_id: keyId, detail: null },
    { action: "assistant.deleted", actor: { kind: "api-key", name: "key" } },
    { action: "webhook-settings.changed", actor: byAnn, detail: { fields: ["secret", "events"] } },
    { action: "organization.changed", detail: { content_retention_days: 30 } },
    { action: "provider-key.set", detail: { provider: "openai" } },
  ]);
});

test("what is refused is not noted; what changes nothing, neither", async () => {
  const noted = await notedBy(async () => {
    const bob = await signIn(two.api, "bob@a.example");
    await bob.call("POST", "/api-keys", { name: "x" });
    await ann.call("POST", "/api-keys", { name: "" });
    await ann.call("DELETE", "/assistants/x");
    await ann.call("DELETE", `/members/${annId}`);
    await ann.call("PATCH", `/members/${annId}`, { role: "member" });
    await ann.call("POST", "/webhook-events/replay", { since: "2026-01-01T00:00:00Z", dry_run: true });
  });
  expect(noted.map(({ action }) => action)).toEqual(["session.started"]);
});

test("a request that is repeated with its Idempotency-Key is noted once", async () => {
  const headers = { "idempotency-key": "audit-once" };
  const noted = await notedBy(async () => {
    await ann.call("POST", "/byok", { provider: "xai", api_key: "k" }, headers);
    await ann.call("POST", "/byok", { provider: "xai", api_key: "k" }, headers);
  });
  expect(noted.map(({ action }) => action)).toEqual(["provider-key.set"]);
});

test("a secret that an owner looks at is noted, once an hour; one that a member is not shown is not", async () => {
  const { body } = await two.mine.call("POST", "/assistants", { name: "S", webhook_secret: "s3cret-of-s" });
  const path = `/assistants/${body.assistant.id}`;
  const template = await two.mine.call("POST", "/tool-templates", {
    name: "T",
    tool_type: "function",
    tool_config: { name: "t", server: { url: "https://a.example/", secret: "s3cret-of-t" } },
  });
  const templateId = template.body.tool_template.id;
  const bob = await signIn(two.api, "bob@a.example");
  const noted = await notedBy(async () => {
    for (const asked of [
      path,
      path,
      "/settings/webhook",
      "/settings/webhook",
      `/tool-templates/${templateId}`,
    ]) {
      await bob.call("GET", asked);
      await ann.call("GET", asked);
      await two.mine.call("GET", asked);
    }
    // A list shows nobody's.
    expect(JSON.stringify((await ann.call("GET", "/assistants")).body)).not.toContain("s3cret-of-s");
    expect(JSON.stringify((await ann.call("GET", "/tool-templates")).body)).not.toContain("s3cret-of-t");
  });
  expect(noted.toReversed()).toMatchObject([
    { action: "secret.revealed", actor: byAnn, subject_id: body.assistant.id },
    { action: "secret.revealed", actor: byAnn, subject_id: null },
    { action: "secret.revealed", actor: byAnn, subject_id: templateId },
  ]);
});

test("members, invitations and links: from the invitation to the end", async () => {
  const noted = await notedBy(async () => {
    const made = await ann.call("POST", "/invitations", { email: "dan@a.example", role: "read-only" });
    const token = made.body.invitation.url.split("token=")[1];
    const body = { token, password: NEW_PASSWORD };
    const { user } = (await two.api.request("POST", "/links/accept", { body })).body;
    await ann.call("PATCH", `/members/${user.id}`, { role: "member" });
    await ann.call("POST", `/users/${user.id}/link`, {});
    await ann.call("PATCH", `/users/${user.id}`, { password: PASSWORD });
    await ann.call("DELETE", `/members/${user.id}`);
  });
  expect(noted.toReversed()).toMatchObject([
    { action: "invitation.created", actor: byAnn, detail: { email: "dan@a.example", role: "read-only" } },
    {
      action: "link.used",
      actor: { kind: "user", name: "dan@a.example" },
      detail: { purpose: "invitation", role: "read-only", created_by: "ann@a.example" },
    },
    { action: "member.role-changed", detail: { role: "member" } },
    { action: "user.link-made", detail: { email: "dan@a.example" } },
    { action: "user.reset", detail: { fields: ["password"], email: "dan@a.example" } },
    { action: "member.removed", detail: null },
  ]);
});

test("a line is written with its change, or neither is", async () => {
  const { db } = two.database;
  await sql`alter table audit_log rename to audit_log_away`.execute(db);
  const answer = await ann.call("POST", "/api-keys", { name: "unseen" });
  await sql`alter table audit_log_away rename to audit_log`.execute(db);
  expect(answer.status).toBe(500);
  const { api_keys } = (await ann.call("GET", "/api-keys")).body;
  expect(api_keys.map(({ name }: { name: string }) => name)).not.toContain("unseen");
});

test("pages, finds by noun and verb, and is for owners; there is no secret in it", async () => {
  const all = await log("?limit=1000");
  const { body } = await ann.call("GET", "/audit-log?limit=2&offset=1");
  expect(body.audit_log).toEqual(all.slice(1, 3));
  expect(body.pagination).toEqual({ total: all.length, limit: 2, offset: 1 });
  const sessions = await log("?action=session&limit=1000");
  expect(new Set(sessions.map(({ action }) => action))).toEqual(
    new Set(["session.started", "session.refused", "session.ended"]),
  );
  expect(new Set((await log("?action=session.refused")).map(({ action }) => action))).toEqual(
    new Set(["session.refused"]),
  );
  const bob = await signIn(two.api, "bob@a.example");
  expect((await bob.call("GET", "/audit-log")).body.code).toBe("role_not_allowed");
  const text = JSON.stringify(all);
  for (const secret of [
    PASSWORD,
    NEW_PASSWORD,
    "a wrong password",
    "whsec_",
    "s3cret",
    "sk-live",
    "token",
    "fl_",
  ]) {
    expect(text, secret).not.toContain(secret);
  }
});
