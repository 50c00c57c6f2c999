import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { createSecretBox } from "../../src/secret-box.ts";
import { newId } from "../../src/ids.ts";
import type { SyncRecord } from "../../src/webhooks/attempt-store.ts";
import { createDialer, type Dialer } from "../../src/webhooks/dialer.ts";
import type { SyncAnswer } from "../../src/webhooks/sync-answer.ts";
import { createSyncWebhooks, type AskWebhook } from "../../src/webhooks/sync-request.ts";
import { verifySignature } from "../../src/webhooks/signature.ts";
import { createReceiver, type Behaviour, type Receiver } from "../harness/receiver.ts";

const LOOPBACK = [{ address: "127.0.0.0", prefixLength: 8, port: undefined }];
const SECRET = "whsec_c2VjcmV0";
const secretBox = createSecretBox(Buffer.alloc(32, 1));

let dialer: Dialer;
let receiver: Receiver;
let records: SyncRecord[];
let ask: AskWebhook;
const healthy = { isKnownDead: () => false, began: () => undefined, ended: () => undefined };

beforeAll(() => {
  dialer = createDialer({ allowed: LOOPBACK });
});
afterAll(() => dialer.close());
beforeEach(async () => {
  receiver = await createReceiver();
  records = [];
  ask = createSyncWebhooks({
    receivers: healthy,
    dispatcher: dialer.sync,
    clock: systemClock,
    secretBox,
    newId,
    log: { add: (record) => records.push(record), stop: () => Promise.resolve() },
  });
});
afterEach(() => receiver.close());

function question(
  url: string,
  more: { deadlineMs?: number; signal?: AbortSignal } = {},
): Promise<SyncAnswer> {
  return ask({
    organizationId: newId(),
    callId: newId(),
    subject: {
      call: { id: "5c4d030f-43e3-4e65-899e-8148521e660f", type: "inbound_phone_call", status: "ringing" },
      phoneNumber: { id: null, number: "+31850835037", name: "HMS Sovereign Demo" },
      customerNumber: "+31612345678",
    },
    detail: { type: "assistant-request" },
    routing: { outcome: "send", level: "account", url, secrets: [secretBox.seal(SECRET)] },
    deadlineMs: more.deadlineMs ?? 2_000,
    signal: more.signal,
  });
}

test("sends the documented headers and body, signed", async () => {
  expect(await question(receiver.url)).toEqual({ outcome: "answered", body: {} });
  const { headers, body, message } = receiver.requests[0]!;
  expect(headers).toMatchObject({
    "content-type": "application/json",
    "user-agent": "HMS-Sovereign/1.0",
    "user-assistant": "HMS-Sovereign/1.0",
    "x-webhook-event": "assistant-request",
    "x-webhook-timestamp": expect.stringMatching(/^\d{10}$/),
    "x-webhook-signature": expect.stringMatching(/^sha256=[0-9a-f]{64}$/),
    "x-webhook-id": records[0]!.event.id,
  });
  const verdict = verifySignature({
    secret: SECRET,
    timestamp: String(headers["x-webhook-timestamp"]),
    signature: String(headers["x-webhook-signature"]),
    body,
    nowSeconds: Date.now() / 1_000,
  });
  expect(verdict).toBe("genuine");
  expect(message).toEqual({
    type: "assistant-request",
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    call: { id: "5c4d030f-43e3-4e65-899e-8148521e660f", type: "inbound_phone_call", status: "ringing" },
    phone_number: { id: null, number: "+31850835037", name: "HMS Sovereign Demo" },
    customer: { number: "+31612345678" },
  });
});

test("settles within 100 ms of its deadline, whatever the receiver does", async () => {
  const cases: [Behaviour, number][] = [
    ["stall-before-headers", 600],
    ["stall-in-body", 600],
    ["drip", 2_500],
    ["stall-before-headers", 5_000],
    ["stall-in-body", 5_000],
    ["drip", 5_000],
    ["stall-before-headers", 10_000],
  ];
  await Promise.all(
    cases.map(async ([behaviour, deadlineMs]) => {
      const slow = await createReceiver();
      slow.behave = () => behaviour;
      const startedMs = performance.now();
      expect(await question(slow.url, { deadlineMs })).toEqual({ outcome: "timeout", deadlineMs });
      const tookMs = performance.now() - startedMs;
      expect(tookMs, `${JSON.stringify(behaviour)} at ${deadlineMs}`).toBeGreaterThanOrEqual(deadlineMs - 5);
      expect(tookMs, `${JSON.stringify(behaviour)} at ${deadlineMs}`).toBeLessThanOrEqual(deadlineMs + 100);
      await slow.close();
    }),
  );
});

test.each<[string, Behaviour, object]>([
  ["an error status", { answer: { a: 1 }, status: 500 }, { outcome: "http-error", statusCode: 500 }],
  [
    "a redirect",
    { answer: {}, status: 302, headers: { location: "/" } },
    { outcome: "http-error", statusCode: 302 },
  ],
  ["HTML", { raw: "<html>" }, { outcome: "bad-body", problem: "the answer is not JSON" }],
  ["an empty body", { raw: "" }, { outcome: "answered", body: {} }],
  [
    "a long body",
    { raw: `"${"x".repeat(70_000)}"` },
    { outcome: "bad-body", problem: expect.stringContaining("longer") },
  ],
  ["a reset in mid-body", "reset-in-body", { outcome: "connection-failed" }],
])("reads %s as what it is", async (_sentence, behaviour, answer) => {
  receiver.behave = () => behaviour;
  expect(await question(receiver.url)).toMatchObject(answer);
  expect(records).toHaveLength(1);
});

test("gives up at once when the caller hangs up", async () => {
  receiver.behave = () => "stall-before-headers";
  const hangUp = new AbortController();
  const asking = question(receiver.url, { deadlineMs: 10_000, signal: hangUp.signal });
  await receiver.waitFor(1);
  const startedMs = performance.now();
  hangUp.abort();
  expect(await asking).toEqual({ outcome: "aborted" });
  expect(performance.now() - startedMs).toBeLessThan(50);
});

test("refuses a private address and says how to allow it", async () => {
  const answer = await question("http://10.1.2.3:8080/hook");
  expect(answer).toMatchObject({
    outcome: "refused",
    error: expect.stringContaining("SWITCHHOOK_ALLOW_PRIVATE_WEBHOOKS=10.1.2.3/32:8080"),
  });
});

test("refuses a name of which any address is private, and connects to no address it did not vet", async () => {
  const lying = createDialer({
    allowed: [],
    resolve: () =>
      Promise.resolve([
        { address: "93.184.216.34", family: 4 },
        { address: "127.0.0.1", family: 4 },
      ]),
  });
  ask = createSyncWebhooks({
    receivers: healthy,
    dispatcher: lying.sync,
    clock: systemClock,
    secretBox,
    newId,
    log: { add: () => undefined, stop: () => Promise.resolve() },
  });
  const { port } = new URL(receiver.url);
  expect(await question(`http://rebound.example:${port}/hook`)).toMatchObject({ outcome: "refused" });
  expect(receiver.requests).toEqual([]);
  await lying.close();
});

test("says so when nobody listens", async () => {
  await receiver.close();
  expect(await question(receiver.url)).toMatchObject({
    outcome: "connection-failed",
    error: expect.stringContaining("ECONNREFUSED"),
  });
});
