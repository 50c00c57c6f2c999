import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createLiveCalls } from "../../src/calls/live-calls.ts";
import { createSecretBox } from "../../src/secret-box.ts";
import type { ErrorCode } from "../../src/error-codes.ts";
import { newId } from "../../src/ids.ts";
import { errorCodesOf, operations } from "../../src/openapi/document.ts";
import type { Operation } from "../../src/openapi/operation.ts";
import { createOrganization, createTestApi, type TestApi } from "../harness/api.ts";
import { createTestDatabase, type TestDatabase } from "../harness/database.ts";
import { succeed, type Contract } from "./contract-cases.ts";
import { person } from "./people-cases.ts";
import { special } from "./contract-refusals.ts";

// Every operation over a real socket, as the official client sends it (facts 14): once so that it succeeds, and once for
// each refusal that the document tells of. An operation or a refusal that nothing here provokes fails the test.

const KEY = "fl_contract_0123456789";
const LIMITED = "fl_limited_0123456789a";
const secretBox = createSecretBox(Buffer.alloc(32, 3));
let database: TestDatabase;
let api: TestApi;
let limited: TestApi;
let contract: Contract;

beforeAll(async () => {
  database = await createTestDatabase();
  let balance: number | null = null;
  const liveCalls = createLiveCalls();
  api = await createTestApi(database.db, secretBox, {
    liveCalls,
    allowed: [{ address: "127.0.0.0", prefixLength: 8, port: undefined }],
    webCalls: {
      openCall: () =>
        Promise.resolve(
          contract.room === "placed"
            ? { outcome: "opened", callId: newId(), token: "t", expiresAt: new Date(), serverUrl: "ws://x" }
            : { outcome: contract.room },
        ),
    },
    outbound: {
      findOutboundNumber: (_organizationId, numberId) => Promise.resolve(contract.outbound(numberId)),
      getMinutesBalance: () => Promise.resolve(balance),
      placeCall: () => Promise.resolve({ outcome: contract.room, callId: newId() }),
    },
  });
  limited = await createTestApi(database.db, secretBox, {
    rateLimits: {
      requestsPerMinute: 1,
      sessionRequestsPerMinute: 1,
      signInsPerEmail: 1,
      controlsPerMinute: 1,
    },
  });
  const organizationId = await createOrganization(database.db, secretBox, KEY);
  await createOrganization(database.db, secretBox, LIMITED);
  contract = {
    db: database.db,
    organizationId,
    secretBox,
    liveCalls,
    room: "placed",
    outbound: () => ({
      outcome: "found",
      number: { id: newId(), phoneNumber: "+31850835037", name: null },
      trunk: { address: "127.0.0.1", port: 5_060, protocol: "UDP" },
    }),
    setBalance: (minutes) => (balance = minutes),
    send: (method, path, body, key = KEY) =>
      api.request(method, path, { key, ...(body !== undefined && { body }) }),
    api,
    limited,
    otherKey: LIMITED,
  };
});
afterAll(async () => {
  await Promise.all([api.close(), limited.close()]);
  await database.close();
});

/** Not here: what is no JSON, what never ends, and domains, which need Resend; each has tests of its own. */
const served = operations.filter(
  ({ path, isAtRoot }) => !isAtRoot && !/\/stream$|\.pcap$|^\/domains/.test(path),
);
const nameOf = ({ method, path }: Operation) => `${method} ${path}`;
const filled = ({ path }: Operation) => path.replaceAll(/\{\w+\}/g, () => newId());
const behindKey = served.filter(({ isPublic, isForPeople }) => !isPublic && !isForPeople);
const forPeople = served.filter(({ isForPeople }) => isForPeople);

test.each(served.map((operation) => [nameOf(operation), operation] as const))(
  "%s succeeds",
  async (name, operation) => {
    const run = succeed[name];
    expect(run, "tell in contract-cases.ts how it succeeds").toBeDefined();
    const answer = await run!(contract);
    const statuses = Object.keys(operation.answers).map(Number);
    // An operation that always refuses says so by having no answer.
    if (statuses.length === 0 || name === "delete /chats/{id}") {
      expect(errorCodesOf(operation)).toContain(answer.body.code);
      return;
    }
    expect(statuses, JSON.stringify(answer.body)).toContain(answer.status);
    const told = operation.answers[answer.status]!.schema!.safeParse(answer.body);
    expect(told.error).toBeUndefined();
    // A schema drops what it does not know: nothing is answered that the document does not tell of.
    expect(answer.body).toEqual(told.data);
  },
);

describe("refusals that all have", () => {
  test.each(behindKey.map((operation) => [nameOf(operation), operation] as const))(
    "%s",
    async (_name, operation) => {
      const method = operation.method.toUpperCase();
      const path = filled(operation);
      const codes = errorCodesOf(operation);
      const code = async (sent: Promise<{ body: { code?: string } }>) => (await sent).body.code;

      expect(await code(api.request(method, path, {}))).toBe("unauthorized");

      await limited.request("GET", "/numbers", { key: LIMITED });
      const refused = await limited.request(method, path, { key: LIMITED });
      // The clock's minute may turn between the two.
      const again = refused.status === 429 ? refused : await limited.request(method, path, { key: LIMITED });
      expect(again).toMatchObject({ status: 429, body: { code: "rate_limit_exceeded" } });

      if (codes.includes("idempotency_key_reused")) {
        const body = {};
        const fingerprint = createHash("sha256")
          .update(JSON.stringify([method, `/api/v1${path}`, body]))
          .digest();
        for (const [given, expected] of [
          [fingerprint, "idempotency_key_in_use"],
          [Buffer.alloc(32), "idempotency_key_reused"],
        ] as const) {
          const idempotencyKey = newId();
          await database.db
            .insertInto("idempotent_requests")
            .values({
              organization_id: contract.organizationId,
              key: idempotencyKey,
              fingerprint: given,
              locked_until: new Date(Date.now() + 60_000),
              status: null,
              answer: null,
            })
            .execute();
          const headers = { "idempotency-key": idempotencyKey };
          expect(await code(api.request(method, path, { key: KEY, body, headers }))).toBe(expected);
        }
      }

      for (const notFound of codes.filter((each) => each.endsWith("_not_found"))) {
        if (special[`${nameOf(operation)} ${notFound}`] || !operation.path.includes("{")) continue;
        const own = special[`${nameOf(operation)} body`];
        const body = own ? (await own(contract)).body : operation.method === "get" ? undefined : {};
        expect(await code(contract.send(method, path, body))).toBe(notFound);
      }
    },
  );
});

describe("refusals that all have which are for people", () => {
  test.each(forPeople.map((operation) => [nameOf(operation), operation] as const))(
    "%s",
    async (_name, operation) => {
      const method = operation.method.toUpperCase();
      const path = filled(operation);
      const code = async (sent: Promise<{ body: { code?: string } }>) => (await sent).body.code;
      expect(await code(api.request(method, path, {}))).toBe("unauthorized");
      expect(await code(contract.send(method, path))).toBe("session_required");
      const { cookie } = await person(contract);
      if (method !== "GET") {
        expect(await code(api.request(method, path, { headers: { cookie } }))).toBe("csrf_refused");
      }
      await limited.request("GET", "/session", { headers: { cookie } });
      const headers = {
        cookie,
        "x-csrf-token": (await api.request("GET", "/session", { headers: { cookie } })).body.csrf_token,
      };
      const refused = await limited.request(method, path, { headers });
      const again = refused.status === 429 ? refused : await limited.request(method, path, { headers });
      expect(again).toMatchObject({ status: 429, body: { code: "rate_limit_exceeded" } });
    },
  );
});

/** Provoked above for every operation. */
const GENERAL: readonly ErrorCode[] = [
  "unauthorized",
  "rate_limit_exceeded",
  "idempotency_key_in_use",
  "idempotency_key_reused",
];
/** And these for every one that is for people. */
const PERSONAL: readonly ErrorCode[] = ["session_required", "csrf_refused"];
const particular = served.flatMap((operation) =>
  errorCodesOf(operation)
    .filter((code) => operation.isPublic || !GENERAL.includes(code))
    .filter((code) => !operation.isForPeople || !PERSONAL.includes(code))
    .filter(
      (code) =>
        !(
          code.endsWith("_not_found") &&
          operation.path.includes("{") &&
          !special[`${nameOf(operation)} ${code}`]
        ),
    )
    .filter((code) => code !== "chats_gone" && code !== "chat_not_found")
    .map((code) => [`${nameOf(operation)} ${code}`, operation, code] as const),
);

test.each(particular)("%s", async (name, operation, code) => {
  const run = special[name];
  if (run) {
    expect((await run(contract)).body).toMatchObject({ code });
    return;
  }
  expect(code, `tell in contract-refusals.ts how ${name} comes about`).toBe("invalid_request");
  const path = filled(operation);
  if (operation.isForPeople) {
    const method = operation.method.toUpperCase();
    expect((await (await person(contract)).call(method, path, ["wrong"])).body).toMatchObject({ code });
    return;
  }
  // What is no object is no body; what is no number is no limit.
  const answer = operation.body
    ? await contract.send(operation.method.toUpperCase(), path, ["wrong"])
    : await contract.send(
        "GET",
        `${path}?${Object.keys((operation.query as never as { shape: object }).shape)[0]}=%20`,
      );
  // What does not exist may be refused before its change is read.
  if (operation.path.includes("{") && answer.status === 404) {
    expect(succeed[nameOf(operation)]).toBeDefined();
    return;
  }
  expect(answer, JSON.stringify(answer.body)).toMatchObject({
    status: 400,
    body: { code: "invalid_request" },
  });
});
