import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { encodeEvent, type EventDetail } from "../../src/webhooks/event.ts";
import { sign } from "../../src/webhooks/signature.ts";
// @ts-expect-error -- the example is plain JavaScript, as a customer's first receiver is
import { createReceiver } from "./receiver.js";

const SECRET = "whsec_example";
let server: Server;
let url: string;
beforeAll(async () => {
  vi.spyOn(console, "log").mockImplementation(() => undefined);
  server = createReceiver(SECRET) as Server;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

async function post(
  detail: EventDetail,
  options: { secret?: string; atSeconds?: number; caller?: string } = {},
) {
  const body = encodeEvent(
    {
      call: { id: "c1", type: "inbound_phone_call", status: "ringing" },
      phoneNumber: { id: null, number: "+31850835037", name: null },
      customerNumber: options.caller ?? "+31600000000",
    },
    detail,
    new Date(),
  );
  const timestamp = options.atSeconds ?? Math.floor(Date.now() / 1_000);
  const response = await fetch(url, {
    method: "POST",
    headers: {
      connection: "close",
      "x-webhook-id": "e1",
      "x-webhook-timestamp": String(timestamp),
      "x-webhook-signature": sign(options.secret ?? SECRET, timestamp, body),
    },
    body: new Uint8Array(body),
  });
  const text = await response.text();
  return { status: response.status, answer: response.ok ? (JSON.parse(text) as unknown) : text };
}

const update: EventDetail = {
  type: "status-update",
  assistant: undefined,
  sequence: 1,
  error: undefined,
  endReason: undefined,
};

test("answers what the product asks", async () => {
  expect(await post({ type: "assistant-request" })).toEqual({ status: 200, answer: {} });
  expect((await post({ type: "assistant-request" }, { caller: "+31612345678" })).answer).toMatchObject({
    assistant: { first_message: expect.stringContaining("Ada") },
  });
  const call = (name: string) => ({
    id: "t1",
    type: "function" as const,
    function: { name, arguments: { day: "friday" } },
  });
  expect(
    (await post({ type: "tool-calls", assistant: {}, toolCalls: [call("opening_hours")] })).answer,
  ).toEqual({
    results: [{ tool_call_id: "t1", result: { day: "friday", opens: "9:00", closes: "17:30" } }],
  });
  expect(
    (await post({ type: "tool-calls", assistant: {}, toolCalls: [call("nothing")] })).answer,
  ).toMatchObject({
    results: [{ error: expect.any(String) }],
  });
  expect(await post(update)).toEqual({ status: 200, answer: {} });
});

test("refuses a wrong signature and an old timestamp", async () => {
  expect((await post(update, { secret: "other" })).status).toBe(401);
  expect((await post(update, { atSeconds: 1_000 })).status).toBe(401);
});
