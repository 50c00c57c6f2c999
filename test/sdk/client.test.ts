import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  ApiRequestError,
  AuthenticationError,
  ConnectionError,
  createSwitchhook,
  InsufficientCreditsError,
  NotFoundError,
  RateLimitError,
  type Switchhook,
} from "../../sdk/src/index.ts";
import { newId } from "../../src/ids.ts";
import { startTwoOrganizations, type TwoOrganizations } from "../harness/two-organizations.ts";

describe("against the server", () => {
  let two: TwoOrganizations;
  let sdk: Switchhook;
  beforeAll(async () => {
    two = await startTwoOrganizations("socket");
    sdk = createSwitchhook({ apiKey: two.mine.key, baseUrl: two.api.url() });
  });
  afterAll(() => two.close());

  test("resources are created, read, listed, changed and deleted", async () => {
    const assistant = await sdk.assistants.create({ name: "Desk" });
    expect((await sdk.assistants.get(assistant.id)).name).toBe("Desk");
    expect((await sdk.assistants.update(assistant.id, { first_message: "Hi" })).first_message).toBe("Hi");
    const number = await sdk.numbers.create({ phone_number: "+31850000001", agent_id: assistant.id });
    expect((await sdk.numbers.list()).map(({ id }) => id)).toEqual([number.id]);
    await sdk.numbers.update(number.id, { agent_id: null });
    const trunk = await sdk.sipTrunks.create({ name: "x", provider: "x", address: "pbx", transport: "tcp" });
    expect((await sdk.sipTrunks.get(trunk.id)).transport).toBe("tcp");
    const campaign = await sdk.campaigns.create({
      name: "Spring",
      agent_id: assistant.id,
      schedule_start_time: "09:00",
      schedule_end_time: "17:00",
      timezone: "UTC",
    });
    const lead = await sdk.campaigns.leads.add(campaign.id, { phone_number: "+31612345678" });
    expect((await sdk.campaigns.leads.list(campaign.id)).map(({ id }) => id)).toEqual([lead.id]);
    await sdk.campaigns.leads.delete(campaign.id, lead.id);
    await sdk.assistants.delete(assistant.id);
    await expect(sdk.assistants.get(assistant.id)).rejects.toThrow(NotFoundError);
  });

  test("the rest answers too", async () => {
    expect((await sdk.organizations.get({ include_children: "true" })).children).toEqual([]);
    expect((await sdk.byok.set({ provider: "openai", api_key: "k" }))["openai_secret_id"]).toEqual(
      expect.any(String),
    );
    await sdk.byok.delete({ provider: "openai" });
    expect((await sdk.voices.list()).length).toBeGreaterThan(100);
    expect((await sdk.catalog.get()).version).toBe(1);
    expect((await sdk.usage.list({ limit: 5 })).summary.total_calls).toBe(0);
    expect((await sdk.emails.list()).emails).toEqual([]);
    expect((await sdk.webhookSettings.update({ url: "https://a.example/" })).url).toBe("https://a.example/");
    expect((await sdk.webhookSettings.rotateSecret({ overlap_seconds: 60 })).previous_secrets).toHaveLength(
      1,
    );
    expect(await sdk.webhookEndpoints.list()).toEqual([]);
    const key = await sdk.apiKeys.create({ name: "second" });
    expect(key.key).toMatch(/^fl_/);
    const { api_key: childKey } = await sdk.organizations.create({
      name: "Child",
      parent_org_id: two.mine.id,
    });
    expect(childKey).toMatch(/^fl_/);
    const found = [];
    for await (const event of sdk.webhookEvents.listAll()) found.push(event);
    expect(found).toEqual([]);
  });

  test("pages are put together, in order and to the last", async () => {
    const started = Date.UTC(2026, 0, 1);
    await two.database.db
      .insertInto("calls")
      .values(
        Array.from({ length: 250 }, (_, index) => ({
          id: newId(),
          organization_id: two.mine.id,
          node_id: newId(),
          direction: "web" as const,
          status: "ended",
          created_at: new Date(started + index * 1_000),
        })),
      )
      .execute();
    const seen: string[] = [];
    for await (const call of sdk.calls.listAll({ status: "ended" })) seen.push(call.created_at);
    expect(seen).toEqual(seen.toSorted().toReversed());
    expect(new Set(seen).size).toBe(250);
  });

  test("a refusal has its code and its details", async () => {
    const error = await sdk.assistants.create({ name: "" }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApiRequestError);
    expect(error).toMatchObject({
      status: 400,
      code: "invalid_request",
      details: ["name: must not be empty"],
      message: "Validation failed: name: must not be empty",
    });
    const stranger = createSwitchhook({ apiKey: "fl_wrong", baseUrl: `${two.api.url()}/api/v1/` });
    await expect(stranger.numbers.list()).rejects.toThrow(AuthenticationError);
  });

  test("a POST that is sent again with its key is carried out once", async () => {
    const options = { idempotencyKey: "once" };
    const [first, second] = [
      await sdk.toolTemplates.create({ name: "x", tool_type: "end_call", tool_config: {} }, options),
      await sdk.toolTemplates.create({ name: "x", tool_type: "end_call", tool_config: {} }, options),
    ];
    expect(second).toEqual(first);
    expect(await sdk.toolTemplates.list()).toHaveLength(1);
  });

  test.each(["", ".", ".."])("%j is no path parameter", async (id) => {
    await expect(sdk.assistants.get(id)).rejects.toThrow(new TypeError("Invalid path parameter: id"));
  });

  test("others are encoded", async () => {
    await expect(sdk.calls.get("call-_+31623731537_x/../../numbers")).rejects.toThrow("Call not found");
  });
});

describe("against a server that misbehaves", () => {
  let requests: IncomingMessage[];
  let answers: ((response: ServerResponse) => void)[];
  let url: string;
  let stop: () => Promise<void>;
  beforeEach(async () => {
    requests = [];
    const server = createServer((request, response) => {
      requests.push(request);
      const answer = answers[Math.min(requests.length, answers.length) - 1]!;
      request.resume().on("end", () => answer(response));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    stop = () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    };
  });
  afterEach(() => stop());

  const status = (code: number, body: object = { error: "x" }, headers: Record<string, string> = {}) => {
    return (response: ServerResponse) => void response.writeHead(code, headers).end(JSON.stringify(body));
  };
  const ok = status(200, { numbers: [], number: { id: "1" }, success: true });
  const client = (options: object = {}) =>
    createSwitchhook({ apiKey: "fl_x", baseUrl: url, maxRetries: 1, ...options });

  test.each<[string, (sdk: Switchhook) => Promise<unknown>, number, number]>([
    ["GET after 503", (sdk) => sdk.numbers.list(), 503, 2],
    ["DELETE after 500", (sdk) => sdk.numbers.delete("1"), 500, 2],
    ["POST after 500, with its key", (sdk) => sdk.numbers.create({ phone_number: "+31850000001" }), 500, 2],
    ["PATCH after 500: no", (sdk) => sdk.numbers.update("1", {}), 500, 1],
    ["GET after 409: no", (sdk) => sdk.numbers.list(), 409, 1],
  ])("sends again: %s", async (_what, send, code, times) => {
    answers = [status(code), ok];
    const outcome = await send(client()).then(
      () => "ok",
      () => "failed",
    );
    expect([outcome, requests.length]).toEqual([times === 2 ? "ok" : "failed", times]);
    const keys = new Set(requests.map(({ headers }) => headers["idempotency-key"]));
    expect(keys.size).toBe(1);
  });

  test("what is still being carried out is waited for; a kept failure is not asked for again", async () => {
    const body = { phone_number: "+31850000001" };
    answers = [status(409, { error: "x", code: "idempotency_key_in_use" }, { "retry-after": "0" }), ok];
    await client().numbers.create(body);
    expect(requests).toHaveLength(2);
    requests.length = 0;
    answers = [status(500, { error: "x" }, { "idempotency-replayed": "true" }), ok];
    await expect(client().numbers.create(body)).rejects.toThrow("x");
    expect(requests).toHaveLength(1);
  });

  test.each(["get", "patch"])("429 is waited for as long as it says: %s", async (method) => {
    answers = [status(429, { error: "Rate limit exceeded", retry_after: 0 }, { "retry-after": "0" }), ok];
    await (method === "get" ? client().numbers.list() : client().numbers.update("1", {}));
    expect(requests).toHaveLength(2);
  });

  test("in the end it is told", async () => {
    answers = [status(429, { error: "Rate limit exceeded", retry_after: 7 }, { "retry-after": "0" })];
    const error = await client()
      .numbers.list()
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RateLimitError);
    expect((error as RateLimitError).retryAfter).toBe(7);
    answers = [status(402, { error: "Insufficient credits", message: "No credits.", balance: 0 })];
    const refusal = await client()
      .calls.outbound({ destination: "+31612345678" })
      .catch((thrown: unknown) => thrown);
    expect(refusal).toBeInstanceOf(InsufficientCreditsError);
    expect(refusal).toMatchObject({ message: "Insufficient credits: No credits.", body: { balance: 0 } });
  });

  test("a page of a proxy's, and no answer at all", async () => {
    answers = [(response) => void response.writeHead(404).end("<html>")];
    await expect(client().numbers.list()).rejects.toThrow("Not Found");
    answers = [() => undefined];
    const hasty = client({ timeoutMs: 100, maxRetries: 0 });
    await expect(hasty.numbers.list()).rejects.toThrow(/No answer within 100 ms/);
    answers = [(response) => response.destroy()];
    await expect(client({ maxRetries: 0 }).numbers.list()).rejects.toThrow(ConnectionError);
  });

  test("whoever asked may change his mind", async () => {
    answers = [() => undefined];
    const abort = new AbortController();
    const asked = client().numbers.list({ signal: abort.signal });
    abort.abort(new Error("changed my mind"));
    await expect(asked).rejects.toThrow("changed my mind");
  });
});
