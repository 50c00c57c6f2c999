import { Webhook } from "standardwebhooks";
import { describe, expect, test } from "vitest";
import { createWebhookHandler, verifyWebhook } from "../../sdk/src/index.ts";
import { newWebhookSecret } from "../../src/crypto.ts";
import { newId } from "../../src/ids.ts";
import { encodeExample } from "../../src/webhooks/example-events.ts";
import { webhookHeaders } from "../../src/webhooks/signature.ts";

const now = new Date("2026-11-24T12:00:00Z");
const nowSeconds = now.getTime() / 1_000;
const secret = newWebhookSecret();
const body = encodeExample("status-update", newId(), now);
const event = { id: newId(), type: "status-update", body };
const headers = (secrets = [secret], atSeconds = nowSeconds) => webhookHeaders(event, secrets, atSeconds);
const only = (all: Record<string, string>, pattern: RegExp) =>
  Object.fromEntries(Object.entries(all).filter(([name]) => pattern.test(name)));

describe("verifyWebhook", () => {
  test.each<[string, Record<string, string>]>([
    ["as the server signs", headers()],
    ["by the documented signature alone", only(headers(), /^X-Webhook-(Timestamp|Signature)$/)],
    ["by Standard Webhooks alone", only(headers(), /^webhook-/)],
    ["while a secret is replaced, with the old one", headers(["another", secret])],
    ["a secret that is no base64", headers(["pläin"])],
  ])("%s", async (_what, given) => {
    const secrets = [secret, "pläin"];
    for (const sent of [body, body.toString()]) {
      expect(await verifyWebhook({ body: sent, headers: given, secrets, now })).toMatchObject({
        outcome: "genuine",
        message: { type: "status-update" },
      });
    }
    expect(await verifyWebhook({ body, headers: new Headers(given), secrets, now })).toMatchObject({
      outcome: "genuine",
    });
  });

  test("what the official library of Standard Webhooks signs", async () => {
    const signature = new Webhook(secret).sign("msg_1", now, body.toString());
    const given = {
      "webhook-id": "msg_1",
      "webhook-timestamp": String(nowSeconds),
      "webhook-signature": signature,
    };
    expect(await verifyWebhook({ body, headers: given, secrets: secret, now })).toMatchObject({
      outcome: "genuine",
      eventId: "msg_1",
    });
  });

  test.each<[string, Parameters<typeof verifyWebhook>[0], string]>([
    ["nothing signed", { body, headers: {}, secrets: secret, now }, "no-signature"],
    ["another secret", { body, headers: headers(["other"]), secrets: secret, now }, "wrong-signature"],
    ["no secret", { body, headers: headers([""]), secrets: [], now }, "wrong-signature"],
    [
      "a byte more",
      { body: `${body.toString()} `, headers: headers(), secrets: secret, now },
      "wrong-signature",
    ],
    [
      "a signature cut short",
      {
        body,
        headers: {
          "x-webhook-timestamp": String(nowSeconds),
          "x-webhook-signature": headers()["X-Webhook-Signature"]!.slice(0, -1),
        },
        secrets: secret,
        now,
      },
      "wrong-signature",
    ],
    ["too old", { body, headers: headers([secret], nowSeconds - 301), secrets: secret, now }, "too-old"],
    ["too new", { body, headers: headers([secret], nowSeconds + 301), secrets: secret, now }, "too-old"],
  ])("%s is refused", async (_what, request, reason) => {
    expect(await verifyWebhook(request)).toEqual({ outcome: "refused", reason });
  });

  test("signed, and no JSON", async () => {
    const text = Buffer.from("hello");
    const given = webhookHeaders({ ...event, body: text }, [secret], nowSeconds);
    expect(await verifyWebhook({ body: text, headers: given, secrets: secret, now })).toEqual({
      outcome: "refused",
      reason: "not-json",
    });
  });
});

describe("createWebhookHandler", () => {
  const handle = createWebhookHandler({
    secrets: secret,
    now: () => now,
    onAssistantRequest: () => ({ assistant: { first_message: "Hi" } }),
    onToolCalls: ({ tool_call_list: [call] }) => ({
      results: [{ tool_call_id: call!.id, result: call!.function.name }],
    }),
    onStatusUpdate: () => {
      throw new Error("no database");
    },
  });
  const send = (type: Parameters<typeof encodeExample>[0], given?: Record<string, string>) => {
    const sent = encodeExample(type, newId(), now);
    const signed = webhookHeaders({ id: newId(), type, body: sent }, [secret], nowSeconds);
    return handle(
      new Request("http://x/", { method: "POST", headers: given ?? signed, body: new Uint8Array(sent) }),
    );
  };

  test.each([
    ["assistant-request", 200, { assistant: { first_message: "Hi" } }],
    ["end-of-call-report", 200, {}],
    ["status-update", 500, { error: "no database" }],
  ] as const)("%s is answered with %d", async (type, status, answer) => {
    const response = await send(type);
    expect({ status: response.status, answer: await response.json() }).toEqual({ status, answer });
  });

  test("tool calls are answered by their ids", async () => {
    const response = await send("tool-calls");
    expect(await response.json()).toEqual({
      results: [{ tool_call_id: expect.any(String), result: expect.any(String) }],
    });
  });

  test("strangers and other methods", async () => {
    expect((await send("assistant-request", {})).status).toBe(401);
    expect((await handle(new Request("http://x/"))).status).toBe(405);
  });
});
