import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { IDLE_MS, LONGEST_MS } from "../../src/people/session.ts";
import { type TestApi } from "../harness/api.ts";
import { createManualClock } from "../harness/manual-clock.ts";
import { addUser, browserOf, cookieOf, PASSWORD, signIn } from "../harness/people.ts";
import { startTwoOrganizations, TRANSPORTS, type TwoOrganizations } from "../harness/two-organizations.ts";

describe.each(TRANSPORTS)("over %s", (transport) => {
  const clock = createManualClock(new Date());
  let two: TwoOrganizations;
  beforeAll(async () => {
    two = await startTwoOrganizations(transport, { clock });
    const { db } = two.database;
    await addUser(db, {
      email: "ann@a.example",
      memberOf: { [two.mine.id]: "owner", [two.theirs.id]: "read-only" },
    });
    await addUser(db, { email: "bob@a.example", memberOf: { [two.mine.id]: "member" } });
    await addUser(db, { email: "eve@a.example" });
  });
  afterAll(() => two.close());

  test("signing in sets a cookie that no script reads, and tells who and where", async () => {
    const answer = await two.api.request("POST", "/session", {
      body: { email: " Ann@A.example", password: PASSWORD },
    });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        user: { email: "ann@a.example", name: null, has_totp: false },
        organization_id: two.mine.id,
        organizations: [
          { id: two.mine.id, role: "owner", is_operator: true },
          { id: two.theirs.id, role: "read-only", is_operator: false },
        ],
        csrf_token: expect.stringMatching(/^[\w-]{43}$/),
      },
    });
    expect(answer.headers["set-cookie"]).toMatch(
      /^switchhook_session=[\w-]{43}; Max-Age=1209600; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    const { call } = browserOf(two.api, answer);
    expect((await call("GET", "/session")).body).toEqual(answer.body);
  });

  test("an unknown e-mail and a wrong password are refused with the same words", async () => {
    const answers = await Promise.all(
      ["ann@a.example", "nobody@a.example"].map((email) =>
        two.api.request("POST", "/session", { body: { email, password: "wrong password" } }),
      ),
    );
    const [wrong, unknown] = answers;
    expect(wrong).toMatchObject({
      status: 401,
      body: { error: "E-mail or password is wrong", code: "sign_in_refused" },
    });
    expect(unknown!.body).toEqual(wrong!.body);
    expect(wrong!.headers["set-cookie"]).toBeUndefined();
  });

  test.each([
    [{ password: PASSWORD }, "email: is required"],
    [{ email: "ann", password: PASSWORD }, "email: must be an e-mail address"],
    [{ email: "ann@a.example" }, "password: is required"],
    [
      { email: "ann@a.example", password: "x".repeat(201) },
      "password: must have at most 200 characters, got 201",
    ],
    [{ email: "ann@a.example", password: PASSWORD, code: "1" }, "code: there is no such field"],
  ])("%j is no sign-in", async (body, detail) => {
    const answer = await two.api.request("POST", "/session", { body });
    expect(answer).toMatchObject({ status: 400, body: { details: [detail] } });
  });

  test("the same routes take a session or a key; the organization is the one looked at", async () => {
    const ann = await signIn(two.api, "ann@a.example");
    expect((await ann.call("POST", "/assistants", { name: "Mine" })).status).toBe(201);
    const names = async (headers?: Record<string, string>) => {
      const { status, body } = await ann.call("GET", "/assistants", undefined, headers);
      return status === 200 ? body.assistants.map(({ name }: { name: string }) => name) : body.code;
    };
    expect(await names()).toEqual(["Mine"]);
    expect((await two.mine.call("GET", "/assistants")).body.assistants).toHaveLength(1);
    // For one request, then for the session.
    expect(await names({ "x-switchhook-organization": two.theirs.id })).toEqual([]);
    expect(await names({ "x-switchhook-organization": "x" })).toBe("not_a_member");
    const switched = await ann.call("PATCH", "/session", { organization_id: two.theirs.id });
    expect(switched).toMatchObject({ status: 200, body: { organization_id: two.theirs.id } });
    expect(await names()).toEqual([]);
    expect(await ann.call("PATCH", "/session", { organization_id: "x" })).toMatchObject({
      status: 403,
      body: { code: "not_a_member" },
    });
  });

  test("a role holds in its organization alone", async () => {
    const ann = await signIn(two.api, "ann@a.example");
    const create = (organizationId: string) =>
      ann.call("POST", "/assistants", { name: "x" }, { "x-switchhook-organization": organizationId });
    expect((await create(two.mine.id)).status).toBe(201);
    expect(await create(two.theirs.id)).toMatchObject({
      status: 403,
      body: {
        code: "role_not_allowed",
        role: "read-only",
        message: "You are read-only here; this is for owners and members",
      },
    });
    const bob = await signIn(two.api, "bob@a.example");
    expect((await bob.call("GET", "/assistants")).status).toBe(200);
    expect(await bob.call("GET", "/api-keys")).toMatchObject({
      status: 403,
      body: { code: "role_not_allowed", message: "You are member here; this is for owners" },
    });
    expect(
      await bob.call("GET", "/assistants", undefined, { "x-switchhook-organization": two.theirs.id }),
    ).toMatchObject({ status: 403, body: { code: "not_a_member" } });
  });

  test("who is a member of nothing has a session, and sees nothing", async () => {
    const eve = await signIn(two.api, "eve@a.example");
    expect(eve.session).toMatchObject({ organization_id: null, organizations: [] });
    expect(await eve.call("GET", "/assistants")).toMatchObject({
      status: 403,
      body: { code: "not_a_member" },
    });
    expect((await eve.call("DELETE", "/session")).status).toBe(200);
  });

  test("secrets are for owners, to see and to set", async () => {
    const { body } = await two.mine.call("POST", "/assistants", { name: "S", webhook_secret: "s3cret-of-s" });
    const path = `/assistants/${body.assistant.id}`;
    const ann = await signIn(two.api, "ann@a.example");
    const bob = await signIn(two.api, "bob@a.example");
    expect((await ann.call("GET", path)).body.assistant.webhook_secret).toBe("s3cret-of-s");
    expect((await bob.call("GET", path)).body.assistant).toMatchObject({ name: "S", webhook_secret: null });
    for (const read of ["/assistants", "/agents", path]) {
      expect(JSON.stringify((await bob.call("GET", read)).body), read).not.toContain("s3cret-of-s");
    }
    expect((await bob.call("GET", "/settings/webhook")).body.webhook.secret).toBeNull();
    expect((await ann.call("GET", "/settings/webhook")).body.webhook.secret).toMatch(/^whsec_/);
    // What was shown as null is not written back as none.
    expect(await bob.call("PATCH", path, { name: "T", webhook_secret: null })).toMatchObject({
      status: 403,
      body: { code: "role_not_allowed", message: expect.stringContaining("webhook_secret") },
    });
    expect((await bob.call("PATCH", path, { name: "T" })).status).toBe(200);
    expect((await two.mine.call("GET", path)).body.assistant).toMatchObject({
      name: "T",
      webhook_secret: "s3cret-of-s",
    });
  });

  test("what changes something needs the session's own token, and must come from here", async () => {
    const ann = await signIn(two.api, "ann@a.example");
    const bob = await signIn(two.api, "bob@a.example");
    const create = (headers: Record<string, string>) =>
      two.api.request("POST", "/assistants", {
        body: { name: "x" },
        headers: { cookie: ann.cookie, ...headers },
      });
    const refused = { status: 403, body: { code: "csrf_refused" } };
    expect(await create({})).toMatchObject(refused);
    expect(await create({ "x-csrf-token": "" })).toMatchObject(refused);
    expect(await create({ "x-csrf-token": "wrong" })).toMatchObject(refused);
    expect(await create({ "x-csrf-token": bob.csrfToken })).toMatchObject(refused);
    const good = { "x-csrf-token": ann.csrfToken };
    expect(await create({ ...good, origin: "https://evil.example" })).toMatchObject(refused);
    expect(await create({ ...good, origin: "null" })).toMatchObject(refused);
    expect(await create({ ...good, "sec-fetch-site": "cross-site" })).toMatchObject(refused);
    expect(await create({ ...good, "sec-fetch-site": "same-site" })).toMatchObject(refused);
    expect((await create({ ...good, "sec-fetch-site": "same-origin" })).status).toBe(201);
    // A key needs none of it.
    expect((await two.mine.call("POST", "/assistants", { name: "x" })).status).toBe(201);
    // Nobody is signed in from elsewhere, either.
    expect(
      await two.api.request("POST", "/session", {
        body: { email: "ann@a.example", password: PASSWORD },
        headers: { origin: "https://evil.example" },
      }),
    ).toMatchObject(refused);
  });

  test("a key is nobody: it has no session", async () => {
    for (const [method, body] of [["GET"], ["PATCH", {}], ["DELETE"]] as const) {
      expect(await two.mine.call(method, "/session", body)).toMatchObject({
        status: 403,
        body: { code: "session_required" },
      });
    }
    expect(await two.api.request("GET", "/session", {})).toMatchObject({
      status: 401,
      body: { code: "unauthorized" },
    });
  });

  test("signing out ends the session, whoever has its cookie", async () => {
    const ann = await signIn(two.api, "ann@a.example");
    const out = await ann.call("DELETE", "/session");
    expect(out).toMatchObject({ status: 200, body: { success: true } });
    expect(out.headers["set-cookie"]).toMatch(/^switchhook_session=; .*Expires=Thu, 01 Jan 1970/);
    expect(await ann.call("GET", "/session")).toMatchObject({ status: 401, body: { code: "session_over" } });
  });

  test("signing in again, the browser's old session ends", async () => {
    const before = await signIn(two.api, "ann@a.example");
    const answer = await two.api.request("POST", "/session", {
      body: { email: "ann@a.example", password: PASSWORD },
      headers: { cookie: before.cookie },
    });
    expect(cookieOf(answer)).not.toBe(before.cookie);
    expect((await before.call("GET", "/session")).status).toBe(401);
    expect((await browserOf(two.api, answer).call("GET", "/session")).status).toBe(200);
  });

  test("a session ends when it is not used, and in the end even so", async () => {
    const idle = await signIn(two.api, "ann@a.example");
    const busy = await signIn(two.api, "ann@a.example");
    clock.advance(IDLE_MS - 60_001);
    expect((await busy.call("GET", "/session")).status).toBe(200);
    clock.advance(60_001);
    expect((await idle.call("GET", "/session")).body.code).toBe("session_over");
    for (let ms = IDLE_MS; ms + 60_000 < LONGEST_MS; ms += 60_000 * 60 * 12) {
      expect((await busy.call("GET", "/session")).status).toBe(200);
      clock.advance(60_000 * 60 * 12);
    }
    clock.advance(60_000);
    expect((await busy.call("GET", "/session")).body.code).toBe("session_over");
  });
});

describe("limits", () => {
  let two: TwoOrganizations;
  beforeAll(async () => {
    two = await startTwoOrganizations("memory", {
      rateLimits: {
        requestsPerMinute: 3,
        sessionRequestsPerMinute: 20,
        signInsPerEmail: 10,
        controlsPerMinute: 0,
      },
    });
    const memberOf = { [two.mine.id]: "owner" } as const;
    await addUser(two.database.db, { email: "ann@a.example", memberOf });
    await addUser(two.database.db, { email: "bob@a.example", memberOf });
    await addUser(two.database.db, { email: "cat@a.example", memberOf });
  });
  afterAll(() => two.close());

  test("ten sign-ins in ten minutes an e-mail, right or wrong; another's is not touched", async () => {
    const codes = [];
    let last;
    for (let n = 0; n < 12; n++) {
      last = await two.api.request("POST", "/session", {
        body: { email: "ann@a.example", password: "wrong" },
      });
      codes.push(last.body.code);
    }
    // The clock's ten minutes may turn in between.
    expect(codes.filter((code) => code === "sign_in_refused").length).toBeLessThanOrEqual(20);
    expect(codes.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => "sign_in_refused"));
    expect(last).toMatchObject({ status: 429, body: { code: "rate_limit_exceeded" } });
    expect(Number(last?.headers["retry-after"])).toBeGreaterThan(0);
    const right = { email: "ann@a.example", password: PASSWORD };
    expect((await two.api.request("POST", "/session", { body: right })).status).toBe(429);
    const other = { email: "bob@a.example", password: PASSWORD };
    expect((await two.api.request("POST", "/session", { body: other })).status).toBe(200);
  });

  test("a session's requests have a count of their own", async () => {
    const cat = await signIn(two.api, "cat@a.example");
    const answers = [];
    for (let n = 0; n < 21; n++) answers.push(await cat.call("GET", "/numbers"));
    expect(answers[5]!.status).toBe(200);
    expect(Number(answers[5]!.headers["x-ratelimit-limit"])).toBe(20);
    // The clock's minute may turn in between.
    const [refused] = answers.filter(({ status }) => status !== 200);
    if (refused) expect(refused).toMatchObject({ status: 429, body: { code: "rate_limit_exceeded" } });
    else expect(new Set(answers.map(({ headers }) => headers["x-ratelimit-reset"])).size).toBe(2);
  });

  test("fifty sign-ins in ten minutes an address", async () => {
    const codes = [];
    for (let n = 0; n < 55; n++) {
      const body = { email: `guess${n}@a.example`, password: "wrong" };
      codes.push((await two.api.request("POST", "/session", { body })).body.code);
    }
    expect(codes.at(-1)).toBe("rate_limit_exceeded");
    expect(codes.filter((code) => code === "sign_in_refused").length).toBeGreaterThan(30);
  });
});

describe("over https", () => {
  let two: TwoOrganizations;
  let api: TestApi;
  beforeAll(async () => {
    two = await startTwoOrganizations("memory", { publicUrl: "https://calls.example.org" });
    api = two.api;
    await addUser(two.database.db, { email: "ann@a.example", memberOf: { [two.mine.id]: "owner" } });
  });
  afterAll(() => two.close());

  test("the cookie is Secure and this host's own; requests come from the public address", async () => {
    const answer = await api.request("POST", "/session", {
      body: { email: "ann@a.example", password: PASSWORD },
      headers: { origin: "https://calls.example.org", "sec-fetch-site": "same-origin" },
    });
    expect(answer.headers["set-cookie"]).toMatch(
      /^__Host-switchhook_session=[\w-]{43}; Max-Age=1209600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    const ann = browserOf(api, answer);
    const create = (origin: string) => ann.call("POST", "/assistants", { name: "x" }, { origin });
    expect((await create("https://calls.example.org")).status).toBe(201);
    expect((await create("https://other.example.org")).status).toBe(403);
  });
});
