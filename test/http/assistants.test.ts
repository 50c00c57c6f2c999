import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSecretBox } from "../../src/secret-box.ts";
import { newId } from "../../src/ids.ts";
import { startTwoOrganizations, TRANSPORTS, type TwoOrganizations } from "../harness/two-organizations.ts";

const full = {
  name: "Customer Support Agent",
  business_name: "Acme Corp",
  notification_email: "a@example.com",
  first_message: "Hello",
  is_active: false,
  max_duration_seconds: 300,
  autonomous_silence_handling: true,
  silence_timeout_seconds: 12.5,
  voicemail_detection: true,
  voicemail_message: "Later",
  gdpr_mode: true,
  webhook_url: "https://hooks.example.com/x",
  webhook_secret: "your-secret-for-verification",
  webhook_events: ["tool-calls"],
  analysis_plan: {
    min_messages_threshold: 5,
    structured_data_plan: { schema: { type: "object" }, enabled: true },
  },
  stt_config: { language: "nl", model: "nova-3", keyterms: ["x"], provider: "deepgram", endpointing: 300 },
  // In no particular order, and with a field that nobody knows: documents are returned as they came.
  llm_config: {
    model: "gpt-5.4",
    x_unknown: { b: [1, null], a: 0.1 },
    provider: "openai",
    tools: [
      { url: "https://a.example", name: "a", x: 1, server: { secret: "s", url: "https://b.example" } },
      { type: "end_call" },
      { function: { name: "b" }, type: "function" },
    ],
    temperature: 0.3,
    messages: [{ content: "Be kind", role: "system" }],
  },
  tts_config: { voice_id: "v", provider: "elevenlabs", model: "eleven_flash_v2_5", stability: 0.5 },
  speech_config: {
    turn_taking: { endpointing_min_delay: 0.2, false_interruption_timeout: null },
    end_call_phrases: ["bye now"],
  },
  metadata: { z: 1, a: { crm: "7" } },
};

/** What an assistant has that was created with a name and nothing else (facts 2.2). */
const plain = {
  name: "Desk",
  business_name: null,
  notification_email: null,
  notification_emails: null,
  recording_consent: null,
  first_message: null,
  is_active: true,
  max_duration_seconds: null,
  autonomous_silence_handling: false,
  silence_timeout_seconds: 8,
  voicemail_detection: false,
  voicemail_message: null,
  gdpr_mode: false,
  webhook_url: null,
  webhook_secret: null,
  webhook_events: null,
  analysis_plan: null,
  speech_config: null,
};

const live = { provider: "openai_live", model: "gpt-live-1", voice: "stone" };

describe.each(TRANSPORTS)("over %s", (transport) => {
  let two: TwoOrganizations;
  beforeAll(async () => {
    two = await startTwoOrganizations(transport);
  });
  afterAll(() => two.close());
  const call = (...request: [method: string, path: string, body?: unknown]) => two.mine.call(...request);
  const create = async (body: object = { name: "Desk" }) =>
    (await call("POST", "/assistants", body)).body.assistant;
  const patch = async (id: string, body: object) => call("PATCH", `/assistants/${id}`, body);

  describe("create", () => {
    test("only a name is needed; defaults fill the rest", async () => {
      const { status, body } = await call("POST", "/assistants", { name: "Desk" });
      expect({ status, body }).toEqual({
        status: 201,
        body: {
          assistant: {
            id: expect.stringMatching(/^[0-9a-f-]{36}$/),
            ...plain,
            llm_config: expect.objectContaining({ provider: "scripted" }),
            stt_config: expect.objectContaining({ provider: "scripted" }),
            tts_config: expect.objectContaining({ provider: "local" }),
            created_at: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T.*Z$/),
            updated_at: expect.any(String),
          },
        },
      });
    });

    test("what is accepted is returned unchanged, key order included", async () => {
      const created = await create(full);
      const got = (await call("GET", `/assistants/${created.id}`)).body.assistant;
      expect(got).toEqual(created);
      for (const [field, value] of Object.entries(full)) {
        expect(`${field} ${JSON.stringify(got[field])}`).toBe(`${field} ${JSON.stringify(value)}`);
      }
    });

    test("what was read can be posted again: a copy", async () => {
      const first = await create(full);
      const copy = await create(first);
      expect({ ...copy, id: first.id, created_at: first.created_at, updated_at: first.updated_at }).toEqual(
        first,
      );
      expect(copy.id).not.toBe(first.id);
    });

    test("a speech-to-speech model takes no voice and no default one", async () => {
      const assistant = await create({ name: "x", llm_config: live });
      expect(assistant).toMatchObject({ llm_config: live, tts_config: null });
      expect(assistant.stt_config).toBeUndefined();
    });

    test("unknown top-level fields are neither stored nor an error", async () => {
      const { x_unknown: unknown, id } = await create({ name: "x", x_unknown: 1, id: "mine" });
      expect(unknown).toBeUndefined();
      expect(id).not.toBe("mine");
    });

    test("the old provider name is taken and the new one returned (facts 4.3)", async () => {
      const { tts_config: tts } = await create({
        name: "x",
        tts_config: { voice_id: "v", provider: "11labs" },
      });
      expect(tts).toEqual({ voice_id: "v", provider: "elevenlabs" });
    });

    test("turn detection of xai is moved into its range, not refused (facts 4.0)", async () => {
      const { llm_config: llm } = await create({
        name: "x",
        llm_config: {
          provider: "xai_realtime",
          model: "grok-voice-think-fast-2.0",
          turn_detection: {
            threshold: 7,
            prefix_padding_ms: -1,
            silence_duration_ms: 1,
            idle_timeout_ms: 1e9,
          },
        },
      });
      expect(llm.turn_detection).toEqual({
        threshold: 1,
        prefix_padding_ms: 0,
        silence_duration_ms: 100,
        idle_timeout_ms: 30_000,
      });
    });

    test("a refusal says everything at once, and nothing was made", async () => {
      const before = (await call("GET", "/assistants")).body.assistants.length;
      const { status, body } = await call("POST", "/assistants", {
        name: 5,
        is_active: "yes",
        llm_config: { provider: "openai", model: "gpt-5.4", temperature: 3 },
        webhook_url: "http://10.0.0.1/",
      });
      expect(status).toBe(400);
      expect(body).toEqual({
        error: "Validation failed",
        code: "invalid_request",
        message: body.details.join("; "),
        details: [
          "name: must be a text, got 5",
          "is_active: must be true or false, got a text",
          expect.stringContaining("webhook_url: 10.0.0.1 is not public"),
          "llm_config.temperature: must be from 0 to 2, got 3",
        ],
      });
      expect((await call("GET", "/assistants")).body.assistants).toHaveLength(before);
    });

    test.each([
      [{}, "name: is required"],
      [{ name: "" }, "name: must not be empty"],
      [{ name: "x".repeat(256) }, "name: must have at most 255 characters, got 256"],
      [
        { name: "x", recording_consent: { enabled: true, message: "x" } },
        "recording_consent: can be set by PATCH only",
      ],
      [{ name: "x", notification_emails: [] }, "notification_emails: can be set by PATCH only"],
      [{ name: "x", notification_email: "nobody" }, "notification_email: must be an e-mail address"],
      [{ name: "x", webhook_url: "ftp://x" }, "webhook_url: must begin with http"],
      [{ name: "x", webhook_url: "https://u:p@x.example" }, "webhook_url: must not carry a user name"],
      [
        { name: "x", webhook_url: `https://x.example/${"x".repeat(2_048)}` },
        "webhook_url: must have at most 2048",
      ],
      [{ name: "x", webhook_events: ["call-ended"] }, "webhook_events[0]: must be one of assistant-request"],
      [{ name: "x", max_duration_seconds: 0 }, "max_duration_seconds: must be from 1 to 86400, got 0"],
      [{ name: "x", is_active: null }, "is_active: must be true or false, got null"],
      [
        {
          name: "x",
          llm_config: { ...full.llm_config, tools: [{ name: "a", url: "http://169.254.169.254/" }] },
        },
        "llm_config.tools[0].url: 169.254.169.254 is not public",
      ],
      [
        { name: "x", llm_config: live, tts_config: full.tts_config },
        "tts_config: must be null for openai_live",
      ],
      [{ name: "x", tts_config: null }, "tts_config: is required for scripted"],
      [{ name: "x", stt_config: null }, "stt_config: must be an object, got null"],
    ])("refuses %j", async (body, problem) => {
      const response = await call("POST", "/assistants", body);
      expect(response.status).toBe(400);
      expect(response.body.details.join("\n")).toContain(problem);
    });
  });

  describe("list and get", () => {
    test("the list has the newest first, and each as it is got alone", async () => {
      const [older, newer] = [await create({ name: "older" }), await create({ name: "newer" })];
      const { assistants } = (await call("GET", "/assistants")).body;
      expect(assistants.slice(0, 2)).toEqual([newer, older]);
    });

    test("/agents is the same resource under its old name (facts 2.0)", async () => {
      const { id } = (await call("POST", "/agents", { name: "Old" })).body.assistant;
      expect((await call("GET", `/agents/${id}`)).body).toEqual(
        (await call("GET", `/assistants/${id}`)).body,
      );
      expect((await call("GET", "/agents")).body).toEqual((await call("GET", "/assistants")).body);
      expect((await call("PATCH", `/agents/${id}`, { name: "New" })).body.assistant.name).toBe("New");
      expect((await call("DELETE", `/agents/${id}`)).body).toEqual({ success: true });
      expect((await call("GET", `/assistants/${id}`)).status).toBe(404);
    });
  });

  describe("patch", () => {
    test.each(Object.keys(full))("of %s changes nothing else", async (field) => {
      const before = await create({ ...full, name: `Before ${field}` });
      const change = { [field]: full[field as keyof typeof full] };
      const after = (await patch(before.id, change)).body.assistant;
      expect({ ...after, updated_at: null }).toEqual({ ...before, ...change, updated_at: null });
      expect((await call("GET", `/assistants/${before.id}`)).body.assistant).toEqual(after);
    });

    test("of nothing changes nothing", async () => {
      const before = await create(full);
      expect({ ...(await patch(before.id, {})).body.assistant, updated_at: null }).toEqual({
        ...before,
        updated_at: null,
      });
    });

    test("a block replaces the whole block", async () => {
      const { id } = await create(full);
      const llm_config = { provider: "xai", model: "grok-4.3" };
      expect((await patch(id, { llm_config })).body.assistant.llm_config).toEqual(llm_config);
    });

    test("an explicit null clears, and stays null", async () => {
      const { id } = await create(full);
      const nulls = {
        business_name: null,
        notification_email: null,
        notification_emails: null,
        recording_consent: null,
        first_message: null,
        max_duration_seconds: null,
        voicemail_detection: null,
        voicemail_message: null,
        webhook_url: null,
        webhook_secret: null,
        webhook_events: null,
        analysis_plan: null,
        speech_config: null,
      };
      expect((await patch(id, nulls)).body.assistant).toMatchObject(nulls);
      expect((await call("GET", `/assistants/${id}`)).body.assistant).toMatchObject(nulls);
    });

    test("consent and more addresses are set here", async () => {
      const { id } = await create();
      const change = {
        recording_consent: { enabled: true, message: "Press 1" },
        notification_emails: ["a@example.com"],
      };
      expect((await patch(id, change)).body.assistant).toMatchObject(change);
      const six = Array.from({ length: 6 }, (_, n) => `${n}@example.com`);
      expect((await patch(id, { notification_emails: six })).body.details).toEqual([
        "notification_emails: must have at most 5 entries, got 6",
      ]);
    });

    test("rules between blocks hold for the result, and a refusal changes nothing", async () => {
      const before = await create(full);
      const refused = await patch(before.id, { name: "Changed", llm_config: live });
      expect(refused).toMatchObject({
        status: 400,
        body: { details: [expect.stringMatching(/^tts_config: must/)] },
      });
      expect((await call("GET", `/assistants/${before.id}`)).body.assistant).toEqual(before);
      const accepted = await patch(before.id, { llm_config: live, tts_config: null });
      expect(accepted.body.assistant).toMatchObject({ llm_config: live, tts_config: null });
    });

    test("two at once both count", async () => {
      const { id } = await create();
      await Promise.all([patch(id, { first_message: "a" }), patch(id, { business_name: "b" })]);
      expect((await call("GET", `/assistants/${id}`)).body.assistant).toMatchObject({
        first_message: "a",
        business_name: "b",
      });
    });

    test("a new secret is sealed, and what is on its way to the assistant's URL is signed with it", async () => {
      const { id } = await create(full);
      const { db } = two.database;
      const owned = { organization_id: two.mine.id, level: "assistant", owner: id, url: full.webhook_url };
      await db
        .insertInto("webhook_endpoints")
        .values({ id: newId(), ...owned, secret: null })
        .execute();
      await patch(id, { webhook_secret: "the next one" });
      const { secret } = await db
        .selectFrom("webhook_endpoints")
        .select("secret")
        .where("owner", "=", id)
        .executeTakeFirstOrThrow();
      expect(secret!.toString("latin1")).not.toContain("the next one");
      expect(createSecretBox(Buffer.alloc(32, 3)).open(secret!)).toBe("the next one");
    });
  });

  test("nobody sees or touches another organization's", async () => {
    const { id } = await create();
    const other = two.theirs.call;
    expect((await other("GET", `/assistants/${id}`)).status).toBe(404);
    expect((await other("PATCH", `/assistants/${id}`, { name: "x" })).status).toBe(404);
    expect((await other("DELETE", `/assistants/${id}`)).status).toBe(404);
    expect((await other("GET", "/assistants")).body).toEqual({ assistants: [] });
    expect((await call("GET", `/assistants/${id}`)).body.assistant.name).toBe("Desk");
  });
});

test("any model name is taken where OPENAI_BASE_URL points elsewhere, of openai only", async () => {
  const two = await startTwoOrganizations("memory", { acceptsAnyOpenAiModel: true });
  const post = (llm_config: object) => two.mine.call("POST", "/assistants", { name: "x", llm_config });
  const tts_config = { provider: "local", voice_id: "nl" };
  expect(await post({ provider: "openai", model: "qwen3:8b" })).toMatchObject({
    status: 201,
    body: { assistant: { llm_config: { model: "qwen3:8b" }, tts_config: { ...tts_config, voice_id: "en" } } },
  });
  expect((await post({ provider: "mistral", model: "qwen3:8b" })).status).toBe(400);
  await two.close();
});
