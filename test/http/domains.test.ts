import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { findVerifiedDomain } from "../../src/domains/domain-store.ts";
import { createResend } from "../../src/mail/resend.ts";
import { newId } from "../../src/ids.ts";
import { domainShape } from "../../src/openapi/mail-shapes.ts";
import { createDialer } from "../../src/webhooks/dialer.ts";
import { createSendRequest } from "../../src/webhooks/outgoing-request.ts";
import { createManualClock } from "../harness/manual-clock.ts";
import { createResendServer, RESEND_KEY, type ResendServer } from "../harness/resend-server.ts";
import { startTwoOrganizations, TRANSPORTS, type TwoOrganizations } from "../harness/two-organizations.ts";

describe.each(TRANSPORTS)("over %s", (transport) => {
  const dialer = createDialer({ allowed: [{ address: "127.0.0.0", prefixLength: 8, port: undefined }] });
  /** of the requests to Resend: ten seconds pass when a test says so */
  const clock = createManualClock();
  let resend: ResendServer;
  let two: TwoOrganizations;
  let key: string | undefined;
  beforeAll(async () => {
    resend = await createResendServer();
    two = await startTwoOrganizations(transport, {
      resend: {
        resend: createResend({
          request: createSendRequest(dialer.notifications, clock),
          baseUrl: resend.url,
          now: () => systemClock.now(),
        }),
        findResendKey: async () => key,
      },
    });
  });
  afterAll(async () => {
    await two.close();
    await dialer.close();
    await resend.close();
  });
  beforeEach(async () => {
    await two.database.db.deleteFrom("domains").execute();
    resend.domains = [];
    resend.requests = [];
    resend.fail = () => undefined;
    key = RESEND_KEY;
  });
  const call = (...request: [method: string, path: string, body?: unknown]) => two.mine.call(...request);
  const create = async (name = "mail.example.com") =>
    (await call("POST", "/domains", { domain_name: name })).body.domain;

  test("without one there is null", async () => {
    expect(await call("GET", "/domains")).toMatchObject({ status: 200, body: { domain: null } });
  });

  test("one is made at Resend, with the records for its DNS (facts 2.12)", async () => {
    const { status, body } = await call("POST", "/domains", { domain_name: "Mail.Example.com" });
    const [atResend] = resend.domains;
    expect({ status, body }).toEqual({
      status: 201,
      body: {
        domain: {
          id: expect.any(String),
          org_id: two.mine.id,
          domain_name: "mail.example.com",
          resend_domain_id: atResend!.id,
          status: "not_started",
          region: "eu-west-1",
          records: atResend!.records,
          created_at: expect.stringMatching(/Z$/),
          updated_at: expect.stringMatching(/Z$/),
          verified_at: null,
        },
      },
    });
    expect(domainShape.safeParse(body.domain).error).toBeUndefined();
    expect(resend.requests).toMatchObject([
      {
        method: "POST",
        path: "/domains",
        body: { name: "mail.example.com", region: "eu-west-1" },
        headers: { authorization: `Bearer ${RESEND_KEY}` },
      },
    ]);
    expect((await call("GET", "/domains")).body).toEqual(body);
    expect((await two.theirs.call("GET", "/domains")).body).toEqual({ domain: null });
  });

  test.each([
    {},
    ...["", "localhost", "http://mail.example.com", "a b.com", "-a.com", "10.0.0.1", "a..com", 7].map(
      (domain_name) => ({ domain_name }),
    ),
  ])("%j is refused before Resend hears of it", async (body) => {
    expect(await call("POST", "/domains", body)).toMatchObject({
      status: 400,
      body: { code: "invalid_request", details: [expect.stringContaining("domain_name")] },
    });
    expect(resend.requests).toEqual([]);
  });

  test("an organization has one", async () => {
    await create();
    expect(await call("POST", "/domains", { domain_name: "other.example.com" })).toMatchObject({
      status: 409,
      body: { code: "domain_exists", message: expect.stringContaining("mail.example.com") },
    });
    expect(resend.domains).toHaveLength(1);
  });

  test("two at once: one is made, and nothing is left over at Resend", async () => {
    const both = await Promise.all(
      ["a", "b"].map((name) => call("POST", "/domains", { domain_name: `${name}.example.com` })),
    );
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    const { domain } = (await call("GET", "/domains")).body;
    expect(resend.domains.map(({ id }) => id)).toEqual([domain.resend_domain_id]);
  });

  test("verify asks Resend to look; refresh tells what it saw; e-mails may then come from it", async () => {
    await create();
    const asked = await call("POST", "/domains/verify");
    expect(asked).toMatchObject({ status: 200, body: { domain: { status: "pending", verified_at: null } } });
    expect(resend.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "POST /domains",
      `POST /domains/${resend.domains[0]!.id}/verify`,
      `GET /domains/${resend.domains[0]!.id}`,
    ]);
    expect(await findVerifiedDomain(two.database.db, two.mine.id)).toBeUndefined();
    resend.domains[0]!.status = "verified";
    const { domain } = (await call("POST", "/domains/refresh")).body;
    expect(domain).toMatchObject({ status: "verified", verified_at: expect.stringMatching(/Z$/) });
    expect(await findVerifiedDomain(two.database.db, two.mine.id)).toBe("mail.example.com");
    expect((await call("POST", "/domains/refresh")).body.domain.verified_at).toBe(domain.verified_at);
    resend.domains[0]!.status = "failed";
    expect((await call("POST", "/domains/refresh")).body.domain).toMatchObject({
      status: "failed",
      verified_at: null,
    });
  });

  test("deleting it deletes it at Resend, and what is gone there is no obstacle", async () => {
    for (const isGone of [false, true]) {
      await create();
      if (isGone) resend.domains = [];
      expect(await call("DELETE", "/domains")).toMatchObject({ status: 200, body: { success: true } });
      expect(resend.domains).toEqual([]);
      expect((await call("GET", "/domains")).body).toEqual({ domain: null });
    }
  });

  test("a domain that another organization sends from too stays at Resend until the last lets it go", async () => {
    const { resend_domain_id: resendDomainId } = await create();
    await two.theirs.call("POST", "/domains/sync", { resendDomainId });
    await call("DELETE", "/domains");
    expect(resend.domains).toHaveLength(1);
    await two.theirs.call("DELETE", "/domains");
    expect(resend.domains).toHaveLength(0);
  });

  describe("sync", () => {
    test("lists all that the account has, page by page, and which one is chosen", async () => {
      const names = ["a", "b", "c", "d", "e"].map((name) => `${name}.example.com`);
      for (const name of names) resend.addDomain(name, "verified");
      const { status, body } = await call("GET", "/domains/sync");
      expect({ status, selected: body.selected_domain_id }).toEqual({ status: 200, selected: null });
      expect(body.domains.map(({ name }: { name: string }) => name)).toEqual(names);
      expect(body.domains[0]).toEqual({
        id: resend.domains[0]!.id,
        name: "a.example.com",
        status: "verified",
        region: "eu-west-1",
      });
    });

    test("chooses one, and another one in its place", async () => {
      const [first, second] = ["a.example.com", "b.example.com"].map((name) =>
        resend.addDomain(name, "verified"),
      );
      const chosen = await call("POST", "/domains/sync", { resendDomainId: first!.id });
      expect(chosen).toMatchObject({
        status: 200,
        body: {
          message: "Domain synced successfully from Resend",
          domain: { resend_domain_id: first!.id, status: "verified", verified_at: expect.any(String) },
        },
      });
      expect((await call("GET", "/domains/sync")).body.selected_domain_id).toBe(first!.id);
      const again = await call("POST", "/domains/sync", { resendDomainId: first!.id });
      expect(again.body.domain.id).toBe(chosen.body.domain.id);
      const other = (await call("POST", "/domains/sync", { resendDomainId: second!.id })).body.domain;
      expect(other.id).not.toBe(chosen.body.domain.id);
      expect((await call("GET", "/domains")).body.domain).toEqual(other);
      expect(resend.domains).toHaveLength(2);
    });

    test("one that is not there is 404, and nonsense is 400", async () => {
      expect(await call("POST", "/domains/sync", { resendDomainId: newId() })).toMatchObject({
        status: 404,
        body: { code: "resend_domain_not_found" },
      });
      for (const body of [
        {},
        { resendDomainId: ".." },
        { resendDomainId: "a/b" },
        { resend_domain_id: newId() },
      ]) {
        expect(await call("POST", "/domains/sync", body)).toMatchObject({
          status: 400,
          body: { details: [expect.stringContaining("resendDomainId")] },
        });
      }
    });
  });

  test.each([
    ["DELETE", "/domains"],
    ["POST", "/domains/verify"],
    ["POST", "/domains/refresh"],
  ])("%s %s without a domain is 404", async (method, path) => {
    expect(await call(method, path)).toMatchObject({ status: 404, body: { code: "domain_not_found" } });
  });

  const all: [hasDomain: boolean, method: string, path: string, body: object | undefined][] = [
    [false, "POST", "/domains", { domain_name: "mail.example.com" }],
    [false, "GET", "/domains/sync", undefined],
    [false, "POST", "/domains/sync", { resendDomainId: "d-1" }],
    [true, "DELETE", "/domains", undefined],
    [true, "POST", "/domains/verify", undefined],
    [true, "POST", "/domains/refresh", undefined],
  ];

  test.each(all)("domain: %s; %s %s without a key says what to do", async (hasDomain, method, path, body) => {
    if (hasDomain) await create();
    key = undefined;
    expect(await call(method, path, body)).toMatchObject({
      status: 409,
      body: { code: "resend_key_missing", message: expect.stringContaining("POST /byok") },
    });
  });

  describe.each([
    [401, 422, "resend_refused"],
    [403, 422, "resend_refused"],
    [422, 422, "resend_refused"],
    [429, 502, "resend_unavailable"],
    [500, 502, "resend_unavailable"],
    [302, 502, "resend_unavailable"],
  ])("%i of Resend is %i %s of ours", (status, ours, code) => {
    test.each(all)("domain: %s; %s %s", async (hasDomain, method, path, body) => {
      if (hasDomain) await create();
      resend.fail = () => ({ status, body: { message: "their words", name: "x" } });
      expect(await call(method, path, body)).toMatchObject({
        status: ours,
        body: { code, message: "Resend: their words" },
      });
      resend.fail = () => undefined;
      expect((await call("GET", "/domains")).body.domain === null).toBe(!hasDomain);
    });
  });

  test("an answer that is no JSON, or another JSON, is Resend's fault", async () => {
    await create();
    resend.fail = () => ({ status: 200, body: { id: 7 } });
    expect(await call("POST", "/domains/refresh")).toMatchObject({
      status: 502,
      body: { code: "resend_unavailable" },
    });
  });

  test("no answer within ten seconds is 502", async () => {
    resend.fail = () => "hang";
    const answer = call("GET", "/domains/sync");
    await expect.poll(() => resend.requests.length, { timeout: 5_000 }).toBe(1);
    clock.advance(10_000);
    expect(await answer).toMatchObject({
      status: 502,
      body: { code: "resend_unavailable", message: expect.stringContaining("10000 ms") },
    });
  });

  test("a key that Resend does not know is not our caller's 401, and is not repeated", async () => {
    key = "re_wrong_key";
    const { status, body } = await call("GET", "/domains/sync");
    expect({ status, message: body.message }).toEqual({ status: 422, message: "Resend: API key is invalid" });
    expect(JSON.stringify(body)).not.toContain("re_wrong_key");
  });
});
