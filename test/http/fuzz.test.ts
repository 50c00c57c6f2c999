import { afterAll, beforeAll, expect, test } from "vitest";
import { startTwoOrganizations, type TwoOrganizations } from "../harness/two-organizations.ts";

// Whatever is sent, the answer is a 2xx or a 4xx that says why, in the flat shape. Seeded: a failure comes back.

const BODIES = 3_000;

let two: TwoOrganizations;
beforeAll(async () => {
  two = await startTwoOrganizations("memory");
});
afterAll(() => two.close());

// prettier-ignore
const FIELDS = [
  "name", "llm_config", "stt_config", "tts_config", "speech_config", "webhook_url", "webhook_events", "metadata",
  "webhook_secret", "max_duration_seconds", "analysis_plan", "notification_email", "notification_emails",
  "recording_consent", "phone_number", "agent_id", "assistant_id", "workflow_id", "url", "events", "secret",
];
// prettier-ignore
const KEYS = [
  "provider", "model", "tools", "script", "messages", "turn_taking", "language", "voice_id", "voice", "turn_detection",
  "provider_tools", "type", "function", "parameters", "destinations", "server", "url", "silence", "constructor",
  "toString", "hasOwnProperty", "length", "",
];
// prettier-ignore
const VALUES = [
  null, true, false, 0, -1, 1.5, 1e308, 2 ** 53, "", " ", "x", "\u0000", "\ud800", "é😀", "__proto__", "constructor",
  "openai", "gpt-5.4", "scripted", "script-1", "xai_realtime", "grok-voice-think-fast-2.0", "11labs", "deepgram",
  "nova-3", "nl", "local", "function", "mcp", "transfer_call", "web_search", "tool-calls", "+31850835037", "(", "[",
  "https://x.example", "http://[::1]/", "http://[", "//x", "javascript:1", "2026-01-01", "x".repeat(3_000),
  "00000000-0000-0000-0000-000000000000",
];

test("no body makes a server error", { timeout: 60_000 }, async () => {
  const random = mulberry32(7);
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!;
  const value = (depth: number): unknown => {
    const kind = random() * (depth > 3 ? 0.6 : 1);
    if (kind < 0.6) return pick(VALUES);
    if (kind < 0.75) return Array.from({ length: random() * 4 }, () => value(depth + 1));
    return Object.fromEntries(Array.from({ length: random() * 5 }, () => [pick(KEYS), value(depth + 1)]));
  };
  const { id: assistantId } = (await two.mine.call("POST", "/assistants", { name: "x" })).body.assistant;
  const { id: numberId } = (await two.mine.call("POST", "/numbers", { phone_number: "+31850000001" })).body
    .number;
  const targets = [
    ["POST", "/assistants"],
    ["PATCH", `/assistants/${assistantId}`],
    ["POST", "/numbers"],
    ["PATCH", `/numbers/${numberId}`],
    ["PATCH", "/settings/webhook"],
  ] as const;
  /** fields that make the rest of the body matter */
  const bases: object[] = [{}, { name: "x" }, { name: "x", phone_number: "+31850000002" }];

  const failures: unknown[] = [];
  const statuses = new Map<number, number>();
  for (let n = 0; n < BODIES; n++) {
    const chosen = FIELDS.filter(() => random() < 0.12);
    const body = { ...pick(bases), ...Object.fromEntries(chosen.map((field) => [field, value(0)])) };
    const [method, path] = targets[n % targets.length]!;
    const answer = await two.mine.call(method, path, body);
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    const isFine = answer.status < 300 || (answer.status < 500 && typeof answer.body.error === "string");
    if (!isFine) failures.push({ method, path, body, answer });
  }
  expect(failures).toEqual([]);
  // Enough of both, or the generator no longer reaches what lies behind validation.
  expect(statuses.get(400)).toBeGreaterThan(BODIES / 4);
  expect((statuses.get(200) ?? 0) + (statuses.get(201) ?? 0)).toBeGreaterThan(BODIES / 10);
});

test("no text makes a server error", { timeout: 60_000 }, async () => {
  const random = mulberry32(11);
  const whole = JSON.stringify({
    name: "x",
    llm_config: { provider: "openai", model: "gpt-5.4" },
    n: [1, "é"],
  });
  for (let n = 0; n < 500; n++) {
    // A valid body with a few characters replaced, doubled or taken out.
    let raw = whole;
    for (let change = 0; change < 1 + random() * 3; change++) {
      const at = Math.floor(random() * raw.length);
      const inserted = ["", "{", "]", '"', "\\", "\\u0000", "\u0000", "e999", ",", "nul", "\ufeff"][n % 11]!;
      raw = raw.slice(0, at) + inserted + raw.slice(at + Math.floor(random() * 3));
    }
    const { status } = await two.api.request("POST", "/assistants", { key: two.mine.key, raw });
    expect({ raw, isFine: status === 201 || status === 400 }).toEqual({ raw, isFine: true });
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
