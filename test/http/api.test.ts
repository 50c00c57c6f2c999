import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hashApiKey } from "../../src/crypto.ts";
import { createSecretBox } from "../../src/secret-box.ts";
import { newId } from "../../src/ids.ts";
import { createTestDatabase, type TestDatabase } from "../harness/database.ts";
import { createOrganization, createTestApi, type TestApi } from "../harness/api.ts";

let database: TestDatabase;
let api: TestApi;
const [mine, theirs] = ["fl_mine_0123456789abcdef", "fl_theirs_0123456789abcdef"];

beforeAll(async () => {
  database = await createTestDatabase();
  const secretBox = createSecretBox(Buffer.alloc(32, 3));
  for (const key of [mine, theirs]) await createOrganization(database.db, secretBox, key);
  api = await createTestApi(database.db, secretBox);
});
afterAll(async () => {
  await api.close();
  await database.close();
});

const as = (key: string) => (method: string, path: string, body?: unknown) =>
  api.request(method, path, { key, body });
const call = as(mine);
const newAssistant = async (body: object = { name: "Desk" }) =>
  (await call("POST", "/assistants", body)).body.assistant;

describe("every route", () => {
  test.each(["/assistants", "/agents", "/numbers", "/calls", "/calls/x", "/settings/webhook"])(
    "%s wants a key",
    async (path) => {
      const expected = {
        status: 401,
        body: { error: "Unauthorized", message: "Invalid or missing API key" },
      };
      expect(await api.request("GET", path, {})).toMatchObject(expected);
      expect(await api.request("GET", path, { key: "fl_wrong" })).toMatchObject(expected);
    },
  );

  test("health wants none", async () => {
    expect(await api.request("GET", "/health", {})).toMatchObject({
      status: 200,
      body: { status: "ok", version: expect.any(String), checks: { database: { status: "ok" } } },
    });
  });

  test.each(["/assistants", "/numbers", "/calls"])(
    "%s/{id} of nothing, of nonsense, and of somebody else is 404",
    async (path) => {
      for (const id of [newId(), "nonsense", "..%2Fnumbers%2Fx", "%00", "a".repeat(500)]) {
        expect((await call("GET", `${path}/${id}`)).status, id).toBe(404);
      }
    },
  );

  test.each([
    ["not JSON", "{", 400],
    ["a list", "[]", 400],
    ["a text", '"x"', 400],
    ["null", "null", 400],
    ["too much", JSON.stringify({ name: "x".repeat(1_100_000) }), 413],
  ])("POST /assistants with %s", async (_sentence, raw, status) => {
    const response = await api.request("POST", "/assistants", { key: mine, raw });
    expect(response.status).toBe(status);
    expect(response.body.error).toEqual(expect.any(String));
  });

  test("takes Content-Type: application/json without a body, as the official client sends it", async () => {
    expect((await call("GET", "/assistants")).status).toBe(200);
    expect((await call("DELETE", `/assistants/${(await newAssistant()).id}`)).body).toEqual({
      success: true,
    });
  });
});

describe("assistants", () => {
  const full = {
    name: "Customer Support Agent",
    business_name: "Acme Corp",
    notification_email: "a@example.com",
    first_message: "Hello",
    is_active: false,
    max_duration_seconds: 300,
    autonomous_silence_handling: true,
    silence_timeout_seconds: 8,
    voicemail_detection: true,
    voicemail_message: "Later",
    gdpr_mode: true,
    webhook_url: "https://hooks.example.com/x",
    webhook_secret: "your-secret-for-verification",
    webhook_events: ["tool-calls"],
    analysis_plan: {
      structured_data_plan: { enabled: true, schema: { type: "object" } },
      min_messages_threshold: 5,
    },
    stt_config: { provider: "deepgram", model: "nova-3", language: "nl", keyterms: ["x"], endpointing: 300 },
    llm_config: {
      provider: "openai",
      model: "gpt-5.4",
      temperature: 0.3,
      messages: [{ role: "system", content: "Be kind" }],
      tools: [
        { name: "a", url: "https://a.example" },
        { type: "end_call" },
        { type: "function", function: { name: "b" } },
      ],
    },
    tts_config: { provider: "elevenlabs", voice_id: "v", model: "eleven_flash_v2_5", stability: 0.5 },
    speech_config: {
      turn_taking: { endpointing_min_delay: 0.2, false_interruption_timeout: null },
      end_call_phrases: ["bye now"],
    },
  };

  test("only a name is needed; defaults fill the rest", async () => {
    const { status, body } = await call("POST", "/assistants", { name: "Desk" });
    expect(status).toBe(201);
    expect(body.assistant).toMatchObject({
      name: "Desk",
      is_active: true,
      webhook_url: null,
      webhook_secret: null,
      autonomous_silence_handling: false,
      llm_config: { provider: "scripted" },
      tts_config: { provider: "local" },
    });
  });

  test("what is accepted is returned unchanged, key order included", async () => {
    const created = await newAssistant(full);
    expect(created).toMatchObject(full);
    const got = (await call("GET", `/assistants/${created.id}`)).body.assistant;
    expect(got).toEqual(created);
    expect(JSON.stringify(got.llm_config)).toBe(JSON.stringify(full.llm_config));
    expect((await call("GET", `/agents/${created.id}`)).body.assistant).toEqual(got);
  });

  test.each(Object.keys(full))("PATCH of %s changes nothing else", async (field) => {
    const before = await newAssistant({ ...full, name: `Before ${field}` });
    const change = { [field]: full[field as keyof typeof full] };
    const after = (await call("PATCH", `/assistants/${before.id}`, change)).body.assistant;
    expect({ ...after, updated_at: null }).toEqual({ ...before, ...change, updated_at: null });
  });

  test("an explicit null clears", async () => {
    const { id } = await newAssistant(full);
    const nulls = {
      business_name: null,
      first_message: null,
      max_duration_seconds: null,
      webhook_url: null,
      webhook_secret: null,
      webhook_events: null,
      analysis_plan: null,
      speech_config: null,
      voicemail_detection: null,
    };
    expect((await call("PATCH", `/assistants/${id}`, nulls)).body.assistant).toMatchObject(nulls);
  });

  test("consent and more addresses are set by PATCH", async () => {
    const { id } = await newAssistant();
    const change = {
      recording_consent: { enabled: true, message: "Press 1" },
      notification_emails: ["a@example.com"],
    };
    expect((await call("PATCH", `/assistants/${id}`, change)).body.assistant).toMatchObject(change);
  });

  test.each([
    [{}, "name: "],
    [{ name: "" }, "name: "],
    [
      { name: "x", recording_consent: { enabled: true, message: "x" } },
      "recording_consent: can be set by PATCH only",
    ],
    [{ name: "x", webhook_url: "ftp://x" }, "webhook_url: must begin with http"],
    [{ name: "x", webhook_url: "http://10.0.0.1/" }, "webhook_url: 10.0.0.1 is not public"],
    [{ name: "x", webhook_events: ["call-ended"] }, "webhook_events[0]: "],
    [{ name: "x", max_duration_seconds: 0 }, "max_duration_seconds: "],
    [
      { name: "x", llm_config: { provider: "nobody", model: "x" } },
      "llm_config.provider: must be one of openai",
    ],
    [
      { name: "x", llm_config: { provider: "__proto__", model: "x" } },
      "llm_config.provider: must be one of openai",
    ],
    [
      { name: "x", llm_config: { provider: "openai", model: "gpt-1" } },
      "llm_config.model: must be one of gpt-5.4",
    ],
    [
      { name: "x", llm_config: { provider: "openai", model: "gpt-5.4", temperature: 3 } },
      "llm_config.temperature: ",
    ],
    [
      { name: "x", llm_config: { provider: "openai", model: "gpt-5.4", tools: [{ name: "no good" }] } },
      "llm_config.tools[0].name: ",
    ],
    [
      {
        name: "x",
        llm_config: {
          provider: "scripted",
          model: "script-1",
          script: [{ on: "user", match: "(", say: "x" }],
        },
      },
      "llm_config.script[0].match: must be a regular expression",
    ],
    [
      {
        name: "x",
        llm_config: { provider: "openai_live", model: "gpt-live-1" },
        tts_config: { provider: "xai", voice_id: "ara" },
      },
      "tts_config: must be null",
    ],
    [
      { name: "x", stt_config: { provider: "deepgram", model: "nova-3", language: "xx" } },
      "stt_config.language: ",
    ],
    [
      { name: "x", tts_config: { provider: "elevenlabs", voice_id: "v", model: "eleven_v3", speed: 1 } },
      "tts_config.speed: is not available",
    ],
    [
      { name: "x", speech_config: { turn_taking: { endpointing_min_delay: 3, endpointing_max_delay: 1 } } },
      "speech_config.turn_taking.endpointing_max_delay: must be at least",
    ],
  ])("refuses %j", async (body, problem) => {
    const response = await call("POST", "/assistants", body);
    expect(response.status).toBe(400);
    expect(response.body.details.join("\n")).toContain(problem);
  });

  test("the old provider name is taken and the new one returned", async () => {
    const { tts_config: tts } = await newAssistant({
      name: "x",
      tts_config: { provider: "11labs", voice_id: "v" },
    });
    expect(tts.provider).toBe("elevenlabs");
  });

  test("nobody sees or touches another organization's", async () => {
    const { id } = await newAssistant();
    for (const method of ["GET", "PATCH", "DELETE"]) {
      expect(
        (await as(theirs)(method, `/assistants/${id}`, method === "PATCH" ? {} : undefined)).status,
      ).toBe(404);
    }
    expect(
      (await as(theirs)("POST", "/numbers", { phone_number: "+31850000009", agent_id: id })).status,
    ).toBe(400);
    expect((await as(theirs)("GET", "/assistants")).body).toEqual({ assistants: [] });
  });
});

describe("numbers", () => {
  test("create, list, get, patch, delete", async () => {
    const assistant = await newAssistant({ name: "Desk", business_name: "Acme" });
    const created = await call("POST", "/numbers", {
      phone_number: "+31850835037",
      name: "Demo",
      assistant_id: assistant.id,
    });
    expect(created).toMatchObject({
      status: 201,
      body: {
        number: {
          phone_number: "+31850835037",
          name: "Demo",
          agent_id: assistant.id,
          agent_name: "Desk",
          business_name: "Acme",
          workflow_id: null,
          transfer_trunk_id: null,
          is_active: true,
        },
      },
    });
    const { id } = created.body.number;
    expect((await call("GET", "/numbers")).body.numbers.map((number: { id: string }) => number.id)).toContain(
      id,
    );
    expect(
      (await call("PATCH", `/numbers/${id}`, { agent_id: null, is_active: false })).body.number,
    ).toMatchObject({ agent_id: null, is_active: false, name: "Demo" });
    expect((await call("POST", "/numbers", { phone_number: "+31850835037" })).status).toBe(409);
    expect((await as(theirs)("POST", "/numbers", { phone_number: "+31850835037" })).status).toBe(409);
    expect((await call("DELETE", `/numbers/${id}`)).body).toEqual({ success: true });
    expect((await call("GET", `/numbers/${id}`)).status).toBe(404);
  });

  test.each([
    [{}, "phone_number: "],
    [{ phone_number: "0850835037" }, "phone_number: must be in E.164"],
    [{ phone_number: "+31850835038", agent_id: "x" }, "agent_id: there is no assistant"],
    [{ phone_number: "+31850835038", workflow_id: "x" }, "workflow_id: there is no workflow"],
  ])("refuses %j", async (body, problem) => {
    const response = await call("POST", "/numbers", body);
    expect(response.status).toBe(400);
    expect(response.body.details.join("\n")).toContain(problem);
  });
});

describe("calls", () => {
  test("pages, filters, and counts", async () => {
    const { organization_id } = await database.db
      .selectFrom("api_keys")
      .select("organization_id")
      .where("key_hash", "=", hashApiKey(mine))
      .executeTakeFirstOrThrow();
    for (let n = 0; n < 5; n++) {
      const status = n < 2 ? "rejected" : "ended";
      const created_at = new Date(Date.UTC(2026, 0, 1 + n));
      await database.db
        .insertInto("calls")
        .values({ id: newId(), organization_id, node_id: newId(), direction: "inbound", status, created_at })
        .execute();
    }
    expect((await call("GET", "/calls?limit=2&offset=1")).body).toMatchObject({
      calls: [{}, {}],
      pagination: { total: 5, limit: 2, offset: 1 },
    });
    expect((await call("GET", "/calls?status=rejected")).body.pagination.total).toBe(2);
    expect(
      (await call("GET", "/calls?start_date=2026-01-02T00:00:00Z&end_date=2026-01-04")).body.pagination.total,
    ).toBe(3);
    expect((await call("GET", "/calls?status=nonsense")).body).toMatchObject({
      calls: [],
      pagination: { total: 0, limit: 100 },
    });
    expect((await as(theirs)("GET", "/calls")).body.pagination.total).toBe(0);
    const [first] = (await call("GET", "/calls?limit=1")).body.calls;
    expect((await call("GET", `/calls/${first.id}`)).body).toEqual(first);
    expect((await as(theirs)("GET", `/calls/${first.id}`)).status).toBe(404);
  });

  test.each(["limit=0", "limit=1001", "limit=x", "offset=-1", "start_date=yesterday"])(
    "refuses ?%s",
    async (query) => {
      const response = await call("GET", `/calls?${query}`);
      expect(response.status).toBe(400);
      expect(response.body.details[0]).toContain(`${query.split("=")[0]}: `);
    },
  );
});

describe("the account webhook", () => {
  test("always has a secret; null makes a new one", async () => {
    const first = (await call("GET", "/settings/webhook")).body.webhook;
    expect(first).toMatchObject({ url: null, events: null, secret: expect.stringMatching(/^whsec_/) });
    const set = (
      await call("PATCH", "/settings/webhook", {
        url: "https://x.example/hook",
        events: ["tool-calls"],
        secret: "my own secret",
      })
    ).body.webhook;
    expect(set).toEqual({
      url: "https://x.example/hook",
      events: ["tool-calls"],
      secret: "my own secret",
      previous_secrets: [],
      fallback_url: null,
    });
    const renewed = (await call("PATCH", "/settings/webhook", { secret: null })).body.webhook;
    expect(renewed).toMatchObject({
      url: "https://x.example/hook",
      secret: expect.stringMatching(/^whsec_/),
    });
    expect(renewed.secret).not.toBe(first.secret);
  });

  test.each([
    { url: "http://127.0.0.1:99999" },
    { url: "http://192.168.1.1/" },
    { secret: "short" },
    { events: ["x"] },
    { uri: "https://x.example" },
  ])("refuses %j", async (body) => {
    expect((await call("PATCH", "/settings/webhook", body)).status).toBe(400);
  });
});
