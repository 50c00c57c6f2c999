import { expect, test } from "vitest";
import { createWebhookHandler, type WebhookHandlerOptions } from "../../sdk/src/index.ts";
import { webhookHeaders } from "../../src/webhooks/signature.ts";

const SECRET = "secret";

async function send(type: string, options: Partial<WebhookHandlerOptions> = {}, secret = SECRET) {
  const body = Buffer.from(JSON.stringify({ message: { type, call: { id: "c" } } }));
  const headers = webhookHeaders({ id: "e", type, body }, [secret], Math.floor(Date.now() / 1_000));
  const handler = createWebhookHandler({ secrets: [SECRET], ...options });
  const response = await handler(new Request("http://localhost/", { method: "POST", headers, body }));
  return { status: response.status, body: await response.json() };
}

test.each<[type: string, options: Partial<WebhookHandlerOptions>, answer: object]>([
  ["assistant-request", {}, {}],
  [
    "assistant-request",
    { onAssistantRequest: () => ({ assistant: { first_message: "Hi" } }) },
    { assistant: { first_message: "Hi" } },
  ],
  [
    "assistant-request",
    { onAssistantRequest: async () => ({ error: "We are closed" }) },
    { error: "We are closed" },
  ],
  ["tool-calls", {}, { error: "There is no such tool" }],
  [
    "tool-calls",
    { onToolCalls: ({ call }) => ({ results: [{ tool_call_id: "t", result: call.id }] }) },
    { results: [{ tool_call_id: "t", result: "c" }] },
  ],
  ["status-update", {}, {}],
  ["an-event-of-tomorrow", {}, {}],
])("%s %j", async (type, options, answer) => {
  expect(await send(type, options)).toEqual({ status: 200, body: answer });
});

test("notifications are waited for, each by its own function", async () => {
  const seen: string[] = [];
  const options: Partial<WebhookHandlerOptions> = {
    onStatusUpdate: async (event) => {
      await Promise.resolve();
      seen.push(event.type);
    },
    onEndOfCallReport: (event) => void seen.push(event.type),
  };
  await send("status-update", options);
  await send("end-of-call-report", options);
  expect(seen).toEqual(["status-update", "end-of-call-report"]);
});

test("what is not genuine reaches nobody", async () => {
  const options = { onStatusUpdate: () => expect.unreachable() };
  expect(await send("status-update", options, "other")).toEqual({
    status: 401,
    body: { error: "wrong-signature" },
  });
});

test("a failure is told to onError and answered with 500, or thrown", async () => {
  const failure = new Error("database");
  const onStatusUpdate = () => Promise.reject(failure);
  const errors: unknown[] = [];
  const onError = (error: unknown) => void errors.push(error);
  expect((await send("status-update", { onStatusUpdate, onError })).status).toBe(500);
  expect(errors).toEqual([failure]);
  await expect(send("status-update", { onStatusUpdate })).rejects.toBe(failure);
});

test("only POST", async () => {
  const response = await createWebhookHandler({ secrets: [SECRET] })(new Request("http://localhost/"));
  expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
});
