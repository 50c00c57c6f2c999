import { afterAll, beforeAll, expect, test } from "vitest";
import { createSecretBox } from "../../src/crypto.ts";
import { createOrganization, createTestApi, type TestApi } from "../harness/api.ts";
import { createTestDatabase, type TestDatabase } from "../harness/database.ts";

const KEY = "fl_fuzz_0123456789abcdef";
let database: TestDatabase;
let api: TestApi;
beforeAll(async () => {
  database = await createTestDatabase();
  const secretBox = createSecretBox(Buffer.alloc(32, 3));
  await createOrganization(database.db, secretBox, KEY);
  api = await createTestApi(database.db, secretBox);
});
afterAll(async () => {
  await api.close();
  await database.close();
});

test("no body makes a server error", async () => {
  const random = mulberry32(7);
  const fields = [
    "name",
    "llm_config",
    "stt_config",
    "tts_config",
    "speech_config",
    "webhook_url",
    "webhook_events",
    "max_duration_seconds",
    "analysis_plan",
    "phone_number",
    "agent_id",
    "url",
    "events",
    "secret",
  ];
  const value = (depth: number): unknown => {
    const pick = Math.floor(random() * (depth > 2 ? 7 : 10));
    const simple = [null, true, -1, 1e308, "", "x\u0000y", "\ud800"];
    if (pick < 7) return simple[pick];
    if (pick === 7) return Array.from({ length: 3 }, () => value(depth + 1));
    const keys = [
      "provider",
      "model",
      "tools",
      "script",
      "messages",
      "turn_taking",
      "language",
      "voice_id",
      "__proto__",
      "constructor",
    ];
    return Object.fromEntries(
      Array.from({ length: 3 }, () => [keys[Math.floor(random() * keys.length)], value(depth + 1)]),
    );
  };
  for (let n = 0; n < 1_500; n++) {
    const body = Object.fromEntries(fields.filter(() => random() < 0.3).map((field) => [field, value(0)]));
    const path = ["/assistants", "/numbers", "/settings/webhook"][n % 3]!;
    const response = await api.request(n % 3 === 2 ? "PATCH" : "POST", path, {
      key: KEY,
      body: n % 2 ? { name: "x", ...body } : body,
    });
    expect(response.status, JSON.stringify(body)).toBeLessThan(500);
  }
});

function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
