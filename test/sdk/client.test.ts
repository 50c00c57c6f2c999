import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  ApiRequestError,
  AuthenticationError,
  ConnectionError,
  InsufficientCreditsError,
  NotFoundError,
  RateLimitError,
  Switchhook,
  TimeoutError,
} from "../../sdk/src/index.ts";
import { startMisbehavingServer, type Answer, type MisbehavingServer } from "./misbehaving-server.ts";

let server: MisbehavingServer;
let client: Switchhook;
const waits: number[] = [];

beforeAll(async () => {
  server = await startMisbehavingServer();
  client = new Switchhook({
    apiKey: "fl_key",
    baseUrl: `${server.url}/`,
    timeoutMs: 200,
    wait: (delayMs) => {
      waits.push(delayMs);
      return Promise.resolve();
    },
  });
});
afterAll(() => server.close());
beforeEach(() => void (waits.length = 0));

const done: Answer = { status: 200, body: { assistant: { id: "a" }, assistants: [], success: true } };
const busy: Answer = { status: 429, body: { error: "Rate limit exceeded" } };
const broken: Answer = { status: 500, body: { error: "Internal server error" } };
const stillUnderWay: Answer = { status: 409, body: { error: "In use", code: "idempotency_key_in_use" } };
const kept: Answer = { ...broken, headers: { "Idempotency-Replayed": "true" } };

const requests = {
  GET: () => client.assistants.list(),
  DELETE: () => client.assistants.delete("a"),
  POST: () => client.assistants.create({ name: "Desk" }),
  PATCH: () => client.assistants.update("a", { name: "Desk" }),
};

describe("retries (facts 14.2)", () => {
  test.each<[what: string, method: keyof typeof requests, answers: [Answer, ...Answer[]], attempts: number]>([
    ["429", "GET", [busy, done], 2],
    ["429", "PATCH", [busy, done], 2],
    ["429", "POST", [busy, done], 2],
    ["a 5xx", "GET", [broken, broken, done], 3],
    ["a 5xx", "DELETE", [broken, done], 2],
    ["a 5xx", "POST", [broken, done], 2],
    ["a cut connection", "GET", ["cut", done], 2],
    ["a cut connection", "POST", ["cut", done], 2],
    ["no answer in time", "DELETE", ["silence", done], 2],
    ["no answer in time, and the first is still under way", "POST", ["silence", stillUnderWay, done], 3],
  ])("%s: a %s is sent again", async (_what, method, answers, attempts) => {
    server.answers(...answers);
    await requests[method]();
    expect(server.seen.map((seen) => seen.method)).toEqual(Array(attempts).fill(method));
    expect(new Set(server.seen.map(({ body }) => body)).size).toBe(1);
  });

  test.each<[what: string, method: keyof typeof requests, answer: Answer]>([
    ["a 5xx", "PATCH", broken],
    ["a cut connection", "PATCH", "cut"],
    ["no answer in time", "PATCH", "silence"],
    ["a 409", "GET", { status: 409, body: { error: "Conflict" } }],
    ["somebody else's Idempotency-Key", "POST", stillUnderWay],
    ["a 5xx that the server has kept", "POST", kept],
    ["a 400", "POST", { status: 400, body: { error: "Validation failed" } }],
  ])("%s: a %s is not sent again", async (_what, method, answer) => {
    server.answers(answer);
    await expect(requests[method]()).rejects.toThrow(/./);
    expect(server.seen).toHaveLength(1);
  });

  test("waits 1, 2, 4, 8 s and no longer, then gives up", async () => {
    server.answers(broken);
    await expect(client.numbers.list({ maxRetries: 5 })).rejects.toThrow("Internal server error");
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 8_000]);
    expect(server.seen).toHaveLength(6);
  });

  test.each<[header: string, wait: [least: number, most: number]]>([
    ["3", [3_000, 3_000]],
    ["0", [0, 0]],
    ["3600", [30_000, 30_000]],
    [new Date(Date.now() + 3_600_000).toUTCString(), [30_000, 30_000]],
    [new Date(Date.now() - 60_000).toUTCString(), [0, 0]],
    ["soon", [1_000, 1_000]],
  ])("Retry-After: %s", async (header, [least, most]) => {
    server.answers({ ...busy, headers: { "Retry-After": header } }, done);
    await client.assistants.list();
    expect(waits).toHaveLength(1);
    expect(waits[0]).toBeGreaterThanOrEqual(least);
    expect(waits[0]).toBeLessThanOrEqual(most);
  });

  test("a POST has one Idempotency-Key on all attempts, another one the next time, or the given one", async () => {
    const keys = () => server.seen.map(({ headers }) => headers["idempotency-key"]);
    server.answers(broken, done);
    await requests.POST();
    await requests.POST();
    const [first, second, third] = keys();
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
    server.answers(done);
    await client.assistants.create({ name: "Desk" }, { idempotencyKey: "order-17" });
    await requests.GET();
    expect(keys()).toEqual(["order-17", undefined]);
  });

  test("the caller's signal ends it, and nothing is sent again", async () => {
    const controller = new AbortController();
    server.answers(broken);
    const slow = new Switchhook({ apiKey: "fl_key", baseUrl: server.url });
    const request = slow.numbers.list({ signal: controller.signal });
    setTimeout(() => controller.abort(new Error("changed my mind")), 50);
    await expect(request).rejects.toThrow("changed my mind");
    expect(server.seen).toHaveLength(1);
  });
});

describe("errors (facts 14.3)", () => {
  const refused = async (answer: Answer) => {
    server.answers(answer);
    return client.assistants.list({ maxRetries: 0 }).then(
      () => undefined,
      (error: unknown) => error as ApiRequestError,
    );
  };

  test.each([
    [401, AuthenticationError],
    [402, InsufficientCreditsError],
    [404, NotFoundError],
    [429, RateLimitError],
    [400, ApiRequestError],
    [503, ApiRequestError],
  ])("%i", async (status, kind) => {
    const error = await refused({ status, body: { error: "No", code: "some_code", balance: 0 } });
    expect(error).toBeInstanceOf(kind);
    expect(error?.name).toBe(kind.name);
    expect(error).toMatchObject({ status, code: "some_code", body: { balance: 0 }, details: undefined });
  });

  test.each<[answer: Answer, message: string]>([
    [{ status: 400, body: { error: "Short", message: "Long" } }, "Short: Long"],
    [{ status: 400, body: { error: "Same", message: "Same" } }, "Same"],
    [{ status: 400, body: { message: "Long" } }, "Long"],
    [{ status: 502, text: "<html>" }, "Bad Gateway"],
  ])("%j says %s", async (answer, message) => {
    expect((await refused(answer))?.message).toBe(message);
  });

  test("details are those of the body, if they are a list; retryAfter is in seconds", async () => {
    expect(
      await refused({ status: 400, body: { error: "No", details: ["name: is missing"] } }),
    ).toMatchObject({
      details: ["name: is missing"],
    });
    expect(await refused({ status: 400, body: { error: "No", details: "x" } })).toMatchObject({
      details: undefined,
    });
    expect(await refused({ ...busy, headers: { "Retry-After": "7" } })).toMatchObject({ retryAfter: 7 });
  });

  test("no answer, no connection, no JSON", async () => {
    expect(await refused("silence")).toBeInstanceOf(TimeoutError);
    expect(await refused("cut")).toBeInstanceOf(ConnectionError);
    expect(await refused({ status: 200, text: "<html>" })).toBeInstanceOf(ConnectionError);
  });

  test("there is no client without a key", () => {
    expect(() => new Switchhook({ apiKey: "" })).toThrow(AuthenticationError);
  });
});

describe("requests (facts 14.1)", () => {
  test("ids are encoded", async () => {
    server.answers(done);
    await client.calls.get("call-_+316/../x?y");
    expect(server.seen[0]?.url).toBe("/api/v1/calls/call-_%2B316%2F..%2Fx%3Fy");
  });

  test.each(["", ".", "..", undefined])("%j is no id, and nothing is sent", async (id) => {
    server.answers(done);
    await expect(client.calls.get(id as string)).rejects.toThrow(TypeError);
    await expect(client.campaigns.removeLead("c", id as string)).rejects.toThrow("Invalid path parameter");
    expect(server.seen).toEqual([]);
  });

  test("headers, query and body", async () => {
    server.answers({ status: 200, body: { calls: [], pagination: { total: 0, limit: 5, offset: 0 } } });
    await client.calls.list({ limit: 5, status: "ended" });
    expect(server.seen[0]).toMatchObject({
      url: "/api/v1/calls?limit=5&status=ended",
      headers: {
        authorization: "Bearer fl_key",
        "content-type": "application/json",
        "user-agent": expect.stringMatching(/^switchhook-sdk\//),
      },
    });
    server.answers(done);
    await client.numbers.update("n", { workflow_id: null });
    expect(server.seen[0]?.body).toBe('{"workflow_id":null}');
  });

  test("204 is nothing", async () => {
    server.answers({ status: 204 });
    expect(await client.assistants.delete("a")).toBeUndefined();
  });

  test.each<[command: () => Promise<unknown>, body: object]>([
    [() => client.calls.say("c", "Hi"), { type: "say", content: "Hi", end_after: false }],
    [() => client.calls.say("c", "Bye", true), { type: "say", content: "Bye", end_after: true }],
    [
      () => client.calls.injectContext("c", "VIP"),
      { type: "inject-context", content: "VIP", trigger_response: false },
    ],
    [() => client.calls.end("c"), { type: "end-call" }],
    [() => client.calls.end("c", "Bye"), { type: "end-call", message: "Bye" }],
    [
      () => client.calls.transfer("c", "+31201234567", "One moment"),
      { type: "transfer", destination: "+31201234567", message: "One moment" },
    ],
  ])("commands (facts 14.5): %s", async (command, body) => {
    server.answers(done);
    await command();
    expect(server.seen[0]?.url).toBe("/api/v1/calls/c/control");
    expect(JSON.parse(server.seen[0]!.body)).toEqual(body);
  });
});

describe("pages (facts 14.4)", () => {
  const page = (ids: number[], total: number, offset: number): Answer => ({
    status: 200,
    body: { calls: ids.map((id) => ({ id })), pagination: { total, limit: 100, offset } },
  });
  const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

  test("a page knows whether there is more", async () => {
    server.answers(page([1, 2], 5, 2));
    expect(await client.calls.list()).toEqual({
      data: [{ id: 1 }, { id: 2 }],
      pagination: { total: 5, limit: 100, offset: 2 },
      hasMore: true,
      nextOffset: 102,
    });
  });

  test("listAll asks for 100 at a time until it has all", async () => {
    server.answers(
      page(range(0, 100), 250, 0),
      page(range(100, 200), 250, 100),
      page(range(200, 250), 250, 200),
    );
    const ids: unknown[] = [];
    for await (const call of client.calls.listAll({ status: "ended" })) ids.push(call.id);
    expect(ids).toEqual(range(0, 250));
    expect(server.seen.map(({ url }) => url)).toEqual(
      [0, 100, 200].map((offset) => `/api/v1/calls?status=ended&limit=100&offset=${offset}`),
    );
  });

  test("listAll ends at an empty page, and asks for no more than is taken", async () => {
    server.answers(page([], 250, 0));
    for await (const call of client.calls.listAll()) expect.unreachable(call.id);
    server.answers(page(range(0, 100), 250, 0));
    const first = await client.calls.listAll().next();
    expect(first.value?.id).toBe(0);
    expect(server.seen).toHaveLength(1);
  });
});
