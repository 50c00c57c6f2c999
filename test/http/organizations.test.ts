import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSecretBox } from "../../src/secret-box.ts";
import { newId } from "../../src/ids.ts";
import { takeMinutes, getMinutesBalance } from "../../src/organizations/minutes-store.ts";
import { createOrganization, createTestApi, type TestApi } from "../harness/api.ts";
import { createTestDatabase, type TestDatabase } from "../harness/database.ts";
import { addUser, signIn } from "../harness/people.ts";

const secretBox = createSecretBox(Buffer.alloc(32, 3));
const OPERATOR = "fl_operator_0123456789";
const OTHER = "fl_other_0123456789abc";
let database: TestDatabase;
let api: TestApi;
let operatorId: string;
let otherId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await createTestApi(database.db, secretBox);
  operatorId = await createOrganization(database.db, secretBox, OPERATOR);
  otherId = await createOrganization(database.db, secretBox, OTHER);
});
afterAll(async () => {
  await api.close();
  await database.close();
});

const send = (key: string, method: string, path: string, body?: unknown) =>
  api.request(method, path, { key, body });

describe("the organization", () => {
  test("is shown unwrapped, with what is going on in it", async () => {
    await send(OTHER, "POST", "/assistants", { name: "Desk" });
    await send(OTHER, "POST", "/assistants", { name: "Asleep", is_active: false });
    await send(OTHER, "POST", "/numbers", { phone_number: "+31201234567" });
    const call = {
      organization_id: otherId,
      node_id: newId(),
      direction: "inbound",
      status: "ended",
    } as const;
    const now = new Date();
    const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
    await database.db
      .insertInto("calls")
      .values([
        { ...call, id: newId(), status: "in-progress", started_at: minutesAgo(1), claimed_at: minutesAgo(1) },
        { ...call, id: newId(), started_at: minutesAgo(3.5), ended_at: now },
        { ...call, id: newId(), ended_at: now },
        { ...call, id: newId(), started_at: minutesAgo(60 * 24 * 40), ended_at: minutesAgo(60 * 24 * 39) },
      ])
      .execute();
    const { status, body } = await send(OTHER, "GET", "/organizations");
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        id: otherId,
        name: OTHER,
        minutes_balance: 1_000_000_000,
        minutes_unlimited: true,
        monthly_usage_minutes: 3.5,
        active_numbers: 1,
        active_agents: 1,
        active_calls: 1,
        has_local_models_access: true,
        parent_org_id: null,
        content_retention_days: null,
        metadata_retention_days: null,
      },
    });
    const old = await send(OTHER, "GET", "/account");
    expect(old.body).toEqual(body);
    expect(old.headers["deprecation"]).toBe("true");
  });

  test.each([["yes"], ["1"], [""]])("include_children=%s is refused", async (value) => {
    expect(await send(OTHER, "GET", `/organizations?include_children=${value}`)).toMatchObject({
      status: 400,
      body: { details: [expect.stringContaining("include_children: must be one of true, false")] },
    });
  });
});

describe("children", () => {
  test("have a key of their own, see nothing of their parent, and draw on its minutes", async () => {
    const created = await send(OTHER, "POST", "/organizations", { name: "Child", parent_org_id: otherId });
    expect(created).toMatchObject({
      status: 201,
      body: { id: expect.any(String), name: "Child", parent_org_id: otherId },
    });
    const { id, api_key: childKey, created_at } = created.body;
    expect(childKey).toMatch(/^fl_.{43}$/);
    expect((await send(OTHER, "GET", "/organizations?include_children=true")).body.children).toEqual([
      { id, name: "Child", created_at },
    ]);
    expect((await send(OTHER, "GET", "/organizations?include_children=false")).body).not.toHaveProperty(
      "children",
    );
    expect((await send(childKey, "GET", "/assistants")).body).toEqual({ assistants: [] });
    expect((await send(childKey, "GET", "/organizations")).body).toMatchObject({
      id,
      parent_org_id: otherId,
    });

    await send(OPERATOR, "PATCH", `/organizations/${otherId}/minutes`, { minutes_balance: 10 });
    await takeMinutes(database.db, id, 2.5);
    for (const key of [OTHER, childKey]) {
      expect((await send(key, "GET", "/organizations")).body).toMatchObject({
        minutes_balance: 7.5,
        minutes_unlimited: false,
      });
    }
    expect(await getMinutesBalance(database.db, id)).toBe(7.5);
    expect(
      await send(OPERATOR, "PATCH", `/organizations/${id}/minutes`, { minutes_balance: 1 }),
    ).toMatchObject({
      status: 404,
      body: { code: "organization_not_found" },
    });
    expect(await send(childKey, "POST", "/organizations", { name: "x", parent_org_id: id })).toMatchObject({
      status: 403,
      body: { error: "Forbidden" },
    });

    // The parent manages its child's keys; nobody else does.
    const listed = await send(OTHER, "GET", `/api-keys?organization_id=${id}`);
    expect(listed.body.api_keys).toMatchObject([{ name: "first key", prefix: childKey.slice(0, 11) }]);
    const made = await send(OTHER, "POST", "/api-keys", { name: "second", organization_id: id });
    expect((await send(made.body.api_key.key, "GET", "/organizations")).body.id).toBe(id);
    const first = listed.body.api_keys[0].id;
    expect((await send(OPERATOR, "GET", `/api-keys?organization_id=${id}`)).status).toBe(404);
    expect((await send(childKey, "GET", `/api-keys?organization_id=${otherId}`)).status).toBe(404);
    expect((await send(OTHER, "DELETE", `/api-keys/${first}?organization_id=${id}`)).body).toEqual({
      success: true,
    });
    expect((await send(childKey, "GET", "/numbers")).status).toBe(401);
  });

  test.each<[string, object, number]>([
    ["no name", {}, 400],
    ["an empty name", { name: " " }, 400],
    ["a foreign parent", { name: "x", parent_org_id: newId() }, 403],
    ["beside itself, by another than the first", { name: "x" }, 403],
  ])("%s is refused", async (_what, body, status) => {
    expect((await send(OTHER, "POST", "/organizations", body)).status).toBe(status);
  });

  test("the first organization creates others beside itself", async () => {
    const { status, body } = await send(OPERATOR, "POST", "/organizations", { name: "Beside" });
    expect(status).toBe(201);
    expect((await send(body.api_key, "GET", "/organizations")).body).toMatchObject({
      name: "Beside",
      parent_org_id: null,
    });
  });
});

describe("an organization that a person makes", () => {
  const membersOf = async (key: string) => (await send(key, "GET", "/members")).body.members;

  test("has them as its owner, who sees it at once and switches to it", async () => {
    await addUser(database.db, { email: "ann@other.example", memberOf: { [otherId]: "owner" } });
    const ann = await signIn(api, "ann@other.example");
    const made = await ann.call("POST", "/organizations", { name: "Bakery", parent_org_id: otherId });
    expect(made).toMatchObject({ status: 201, body: { name: "Bakery", parent_org_id: otherId } });
    const { id, api_key: key } = made.body;
    expect((await ann.call("GET", "/session")).body).toMatchObject({
      organization_id: otherId,
      organizations: [
        { id: otherId, role: "owner" },
        { id, name: "Bakery", role: "owner", is_operator: false },
      ],
    });
    const there = { "x-switchhook-organization": id };
    const opened = await ann.call("GET", "/organizations", undefined, there);
    expect(opened).toMatchObject({ status: 200, body: { id, parent_org_id: otherId } });
    expect((await ann.call("GET", "/api-keys", undefined, there)).body.api_keys).toHaveLength(1);
    expect(await membersOf(key)).toMatchObject([{ email: "ann@other.example", role: "owner" }]);
    // A child cannot have children, whoever asks.
    const grandchild = { name: "x", parent_org_id: id };
    expect((await ann.call("POST", "/organizations", grandchild, there)).status).toBe(403);
    expect(
      (await send(OTHER, "GET", "/audit-log?action=organization.created")).body.audit_log[0],
    ).toMatchObject({ actor: { kind: "user", name: "ann@other.example" }, subject_id: id });
  });

  test("is made by owners alone", async () => {
    for (const role of ["member", "read-only"] as const) {
      const email = `${role}@other.example`;
      await addUser(database.db, { email, memberOf: { [otherId]: role } });
      const { call } = await signIn(api, email);
      expect(await call("POST", "/organizations", { name: "x", parent_org_id: otherId })).toMatchObject({
        status: 403,
        body: { code: "role_not_allowed" },
      });
      expect((await call("GET", "/organizations?include_children=true")).body.children).toEqual(
        expect.arrayContaining([expect.objectContaining({ name: "Bakery" })]),
      );
    }
  });

  test("has no members where a key made it", async () => {
    const { body } = await send(OTHER, "POST", "/organizations", { name: "By key", parent_org_id: otherId });
    expect(await membersOf(body.api_key)).toEqual([]);
  });
});

describe("minutes", () => {
  test("are set by the first organization, and unlimited again with null", async () => {
    const path = `/organizations/${operatorId}/minutes`;
    expect((await send(OPERATOR, "PATCH", path, { minutes_balance: 0 })).body).toMatchObject({
      minutes_balance: 0,
      minutes_unlimited: false,
    });
    await takeMinutes(database.db, operatorId, 1);
    expect(await getMinutesBalance(database.db, operatorId)).toBe(-1);
    expect((await send(OPERATOR, "PATCH", path, { minutes_balance: null })).body).toMatchObject({
      minutes_unlimited: true,
    });
    await takeMinutes(database.db, operatorId, 1);
    expect(await getMinutesBalance(database.db, operatorId)).toBeNull();
    expect(
      (await send(OTHER, "PATCH", `/organizations/${otherId}/minutes`, { minutes_balance: 5 })).status,
    ).toBe(403);
    for (const minutes of [-1, "5", undefined]) {
      expect((await send(OPERATOR, "PATCH", path, { minutes_balance: minutes })).status).toBe(400);
    }
  });
});

describe("retention", () => {
  test.each([
    [30, 30],
    [365, 365],
    [90, 730],
  ])("content %d and metadata %d days", async (content, metadata) => {
    const periods = { content_retention_days: content, metadata_retention_days: metadata };
    const { status, body } = await send(OTHER, "PATCH", "/organizations", periods);
    expect({ status, body }).toEqual({ status: 200, body: periods });
  });

  test.each([
    [
      { content_retention_days: 180, metadata_retention_days: 90 },
      "content_retention_days: must not be more",
    ],
    [{ content_retention_days: 30 }, "metadata_retention_days: is required: one of 30, 90, 180, 365, 730"],
    [{ content_retention_days: 730, metadata_retention_days: 730 }, "content_retention_days: must be one of"],
    [{ content_retention_days: 31, metadata_retention_days: 90 }, "content_retention_days: must be one of"],
  ])("%j is refused", async (body, problem) => {
    expect(await send(OTHER, "PATCH", "/organizations", body)).toMatchObject({
      status: 400,
      body: { details: [expect.stringContaining(problem)] },
    });
  });
});

test("the name is changed alone; the periods stay, and are shown", async () => {
  const periods = { content_retention_days: 90, metadata_retention_days: 180 };
  await send(OTHER, "PATCH", "/organizations", periods);
  const renamed = await send(OTHER, "PATCH", "/organizations", { name: "The shop" });
  expect(renamed).toMatchObject({ status: 200, body: { name: "The shop", ...periods } });
  expect((await send(OTHER, "GET", "/organizations")).body).toMatchObject({ name: "The shop", ...periods });
  expect(await send(OTHER, "PATCH", "/organizations", { name: " " })).toMatchObject({
    status: 400,
    body: { details: ["name: must not be empty"] },
  });
});

describe("API keys", () => {
  test("are shown once, listed without themselves, renamed, and revoked at once", async () => {
    const made = await send(OTHER, "POST", "/api-keys", { name: "CI" });
    expect(made.status).toBe(201);
    const { key, ...record } = made.body.api_key;
    expect(record).toEqual({
      id: expect.any(String),
      name: "CI",
      prefix: key.slice(0, 11),
      created_at: expect.any(String),
      last_used_at: null,
      expires_at: null,
      revoked_at: null,
    });
    expect((await send(key, "GET", "/numbers")).status).toBe(200);
    const renamed = await send(OTHER, "PATCH", `/api-keys/${record.id}`, { name: "CI of the shop" });
    expect(renamed.body.api_key.name).toBe("CI of the shop");
    const listed = JSON.stringify((await send(OTHER, "GET", "/api-keys")).body);
    expect(listed).toContain("CI of the shop");
    expect(listed).not.toContain(key);
    expect((await send(OPERATOR, "DELETE", `/api-keys/${record.id}`)).status).toBe(404);
    expect((await send(OTHER, "DELETE", `/api-keys/${record.id}`)).body).toEqual({ success: true });
    expect(await send(key, "GET", "/numbers")).toMatchObject({
      status: 401,
      headers: { "www-authenticate": "Bearer" },
      body: { error: "Unauthorized", code: "api_key_revoked" },
    });
    const [, revoked] = (await send(OTHER, "GET", "/api-keys")).body.api_keys;
    expect(revoked).toMatchObject({ name: "CI of the shop", revoked_at: expect.any(String) });
  });

  test("the last good one cannot be revoked", async () => {
    const { api_keys } = (await send(OPERATOR, "GET", "/api-keys")).body;
    expect(await send(OPERATOR, "DELETE", `/api-keys/${api_keys[0].id}`)).toMatchObject({
      status: 409,
      body: { code: "last_api_key" },
    });
  });

  test("may have an end", async () => {
    const past = { name: "late", expires_at: "2020-01-01T00:00:00Z" };
    expect((await send(OTHER, "POST", "/api-keys", past)).body.details).toEqual([
      "expires_at: must be in the future",
    ]);
    const { body } = await send(OTHER, "POST", "/api-keys", {
      name: "soon",
      expires_at: "2100-01-01T00:00:00Z",
    });
    const { key, id } = body.api_key;
    expect(body.api_key.expires_at).toBe("2100-01-01T00:00:00.000Z");
    await database.db
      .updateTable("api_keys")
      .set({ expires_at: new Date(0) })
      .where("id", "=", id)
      .execute();
    expect(await send(key, "GET", "/numbers")).toMatchObject({
      status: 401,
      body: { error: "Unauthorized", code: "api_key_expired" },
    });
  });

  test("one of an earlier version, without its beginning, works and gets it", async () => {
    const { body } = await send(OTHER, "POST", "/api-keys", { name: "old" });
    const { key, id } = body.api_key;
    await database.db.updateTable("api_keys").set({ prefix: null }).where("id", "=", id).execute();
    expect((await send(key, "GET", "/numbers")).status).toBe(200);
    const keys = (await send(OTHER, "GET", "/api-keys")).body.api_keys;
    expect(keys.find((each: { id: string }) => each.id === id).prefix).toBe(key.slice(0, 11));
  });

  test("the last use is noted", async () => {
    await expect
      .poll(async () => (await send(OTHER, "GET", "/api-keys")).body.api_keys[0].last_used_at)
      .toEqual(expect.any(String));
  });
});
