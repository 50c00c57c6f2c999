import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { OutboundOrder } from "../../src/calls/outbound-call.ts";
import type { OutboundNumber } from "../../src/calls/outbound-routes.ts";
import { createSecretBox } from "../../src/secret-box.ts";
import { newId } from "../../src/ids.ts";
import { createOrganization, createTestApi, type TestApi } from "../harness/api.ts";
import { createTestDatabase, type TestDatabase } from "../harness/database.ts";

// What a request becomes before the call is placed; test/e2e/outbound.test.ts places real ones.

const secretBox = createSecretBox(Buffer.alloc(32, 3));
const key = "fl_outbound_0123456789";
const number = { id: newId(), phoneNumber: "+31850835037", name: null };
const trunk = { address: "127.0.0.1", port: 5_060, protocol: "UDP" } as const;
const silent = {
  llm_config: { provider: "scripted", model: "script-1", script: [] },
  stt_config: { provider: "scripted", model: "script-1", language: "en", utterances: ["x"] },
  tts_config: { provider: "local", voice_id: "en" },
};
let database: TestDatabase;
let api: TestApi;
let organizationId: string;
let assistantId: string;
let orders: OutboundOrder[];
let found: OutboundNumber;
let room: "placed" | "stopping" | "busy";

beforeAll(async () => {
  database = await createTestDatabase();
  api = await createTestApi(database.db, secretBox, {
    outbound: {
      findOutboundNumber: () => Promise.resolve(found),
      placeCall(order) {
        if (room === "placed") orders.push(order);
        return Promise.resolve({ outcome: room, callId: "call-1" });
      },
    },
  });
  organizationId = await createOrganization(database.db, secretBox, key);
  const { body } = await api.request("POST", "/assistants", {
    key,
    body: {
      name: "Desk",
      first_message: "Hello.",
      webhook_secret: "of the assistant",
      ...silent,
      speech_config: { first_message_outbound: "Hello, it's the desk calling." },
    },
  });
  assistantId = body.assistant.id;
});
afterAll(async () => {
  await api.close();
  await database.close();
});
beforeEach(() => {
  orders = [];
  found = { outcome: "found", number, trunk };
  room = "placed";
});

const place = (body: object) => api.request("POST", "/calls/outbound", { key, body });
const destination = "+31612345678";

describe("the three modes", () => {
  test("a saved assistant, under the new name and the old one", async () => {
    for (const field of ["assistant_id", "agent_id"]) {
      const { status, body } = await place({ destination, [field]: assistantId });
      expect({ status, body }).toEqual({
        status: 201,
        body: { success: true, call_id: "call-1", status: "dialing" },
      });
    }
    expect(orders[0]).toEqual(orders[1]);
    expect(orders[0]).toMatchObject({
      organizationId,
      destination,
      number,
      trunk,
      decision: {
        mode: "default",
        assistantId,
        configuration: { name: "Desk", first_message: "Hello, it's the desk calling.", ...silent },
        webhookSecret: undefined,
      },
    });
  });

  test("with changes: each block is replaced as a whole", async () => {
    const override = { first_message: "Hi.", speech_config: null, metadata: { order: 7 } };
    for (const field of ["assistant_override", "agent_config"]) {
      expect((await place({ destination, assistant_id: assistantId, [field]: override })).status).toBe(201);
    }
    expect(orders[0]).toEqual(orders[1]);
    expect(orders[0]!.decision).toMatchObject({
      mode: "hybrid",
      assistantId,
      configuration: { ...silent, first_message: "Hi.", metadata: { order: 7 } },
    });
  });

  test("a configuration for this call alone, whose secret is not in it", async () => {
    const whole = { ...silent, first_message: "Hi.", webhook_secret: "of the call" };
    for (const field of ["assistant", "agent", "agent_config"]) {
      expect((await place({ destination, [field]: whole })).status).toBe(201);
    }
    expect(new Set(orders.map((order) => JSON.stringify(order))).size).toBe(1);
    expect(orders[0]!.decision).toMatchObject({
      mode: "transient",
      assistantId: null,
      webhookSecret: "of the call",
    });
    expect(orders[0]!.decision.configuration).toEqual({ ...silent, first_message: "Hi." });
  });

  test("first_message of the request goes before all others", async () => {
    await place({ destination, assistant_id: assistantId, first_message: "Me first." });
    expect(orders[0]!.decision.configuration.first_message).toBe("Me first.");
  });
});

describe("refusals", () => {
  test.each<[string, (id: string) => object, number, string]>([
    [
      "no destination",
      (id) => ({ destination: undefined, assistant_id: id }),
      400,
      "destination: is required",
    ],
    [
      "a local number",
      (id) => ({ destination: "0612345678", assistant_id: id }),
      400,
      "destination: must be in E.164",
    ],
    ["no assistant", () => ({}), 400, "assistant_id: is required, or assistant"],
    [
      "two assistants",
      (id) => ({ assistant_id: id, assistant: silent }),
      400,
      "assistant: cannot be combined",
    ],
    ["changes to nothing", () => ({ assistant_override: {} }), 400, "assistant_override: needs assistant_id"],
    [
      "a wrong change",
      (id) => ({ assistant_id: id, assistant_override: { max_duration_seconds: 0 } }),
      400,
      "assistant_override.max_duration_seconds: must be from 1 to 86400, got 0",
    ],
    [
      "half a configuration",
      () => ({ assistant: { llm_config: silent.llm_config } }),
      400,
      "assistant.tts_config: is required for scripted",
    ],
    ["no model", () => ({ assistant: {} }), 400, "assistant.llm_config: is required"],
  ])("%s", async (_what, body, status, problem) => {
    const answer = await place({ destination, ...body(assistantId) });
    expect({ status: answer.status, details: answer.body.details }).toEqual({
      status,
      details: expect.arrayContaining([expect.stringContaining(problem)]),
    });
    expect(orders).toEqual([]);
  });

  test.each(["no-id", newId()])("an assistant that is not there: %s", async (id) => {
    expect(await place({ destination, assistant_id: id })).toMatchObject({
      status: 404,
      body: { error: "Assistant not found" },
    });
  });

  test("an assistant that is switched off", async () => {
    const { body } = await api.request("POST", "/assistants", {
      key,
      body: { name: "Off", is_active: false },
    });
    expect(await place({ destination, assistant_id: body.assistant.id })).toMatchObject({
      status: 400,
      body: { details: ["assistant_id: the assistant is not active"] },
    });
  });

  test("a number that is not there, that cannot call out, or none that could", async () => {
    const order = { destination, assistant_id: assistantId };
    expect((await place({ ...order, number_id: "x" })).status).toBe(404);
    found = { outcome: "not-found" };
    expect((await place({ ...order, number_id: newId() })).body).toMatchObject({ code: "number_not_found" });
    expect(await place(order)).toMatchObject({ status: 400, body: { code: "no_outbound_number" } });
    found = { outcome: "no-trunk" };
    expect(await place({ ...order, number_id: newId() })).toMatchObject({
      status: 400,
      body: { code: "no_outbound_number", message: expect.stringContaining("transfer_trunk_id") },
    });
  });

  test("no minutes left", async () => {
    const set = (minutes: number | null) =>
      database.db.updateTable("organizations").set({ minutes_balance: minutes }).execute();
    await set(0);
    const { status, body } = await place({ destination, assistant_id: assistantId });
    await set(null);
    expect({ status, body }).toEqual({
      status: 402,
      body: {
        error: "Insufficient credits",
        message: "Your account has no credits remaining.",
        code: "insufficient_credits",
        balance: 0,
      },
    });
  });

  test.each(["stopping", "busy"] as const)("a server that is %s", async (state) => {
    room = state;
    expect(await place({ destination, assistant_id: assistantId })).toMatchObject({
      status: 503,
      headers: { "retry-after": "10" },
      body: { code: `server_${state}` },
    });
  });
});
