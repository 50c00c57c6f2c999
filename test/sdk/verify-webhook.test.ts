import { Webhook } from "standardwebhooks";
import { describe, expect, test } from "vitest";
import { verifyWebhook, type VerifyReason, type WebhookHeaders } from "../../sdk/src/index.ts";
import { webhookHeaders } from "../../src/webhooks/signature.ts";

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const PLAIN = "a secret as people write them: é";
const SECONDS = 1_764_000_000;
const now = SECONDS * 1_000;
const body = JSON.stringify({ message: { type: "status-update", call: { id: "c", status: "ended" } } });
const bytes = Buffer.from(body);
const ID = "019a0000-0000-7000-8000-000000000000";

const sent = (...secrets: string[]) =>
  webhookHeaders({ id: ID, type: "status-update", body: bytes }, secrets, SECONDS);
const only = (headers: Record<string, string>, start: RegExp) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => start.test(name)));
const documented = (headers: Record<string, string>) => only(headers, /^X-/);
const standard = (headers: Record<string, string>) => only(headers, /^webhook-/);
const byTheirLibrary = (secret: string) => ({
  "webhook-id": ID,
  "webhook-timestamp": String(SECONDS),
  "webhook-signature": new Webhook(secret, secret.startsWith("whsec_") ? undefined : { format: "raw" }).sign(
    ID,
    new Date(now),
    body,
  ),
});

describe("genuine", () => {
  test.each<[what: string, headers: WebhookHeaders, secrets: string[]]>([
    ["all headers", sent(SECRET), [SECRET]],
    ["the documented ones", documented(sent(SECRET)), [SECRET]],
    ["the documented ones, a plain secret", documented(sent(PLAIN)), [PLAIN]],
    [
      "without the prefix, as older pages have it",
      {
        ...documented(sent(SECRET)),
        "X-Webhook-Signature": sent(SECRET)["X-Webhook-Signature"]!.replace("sha256=", ""),
      },
      [SECRET],
    ],
    ["Standard Webhooks", standard(sent(SECRET)), [SECRET]],
    ["Standard Webhooks, a plain secret", standard(sent(PLAIN)), [PLAIN]],
    ["their library's", byTheirLibrary(SECRET), [SECRET]],
    ["their library's, a plain secret", byTheirLibrary("plain"), ["plain"]],
    ["the receiver has the old secret", documented(sent("new", "old")), ["old"]],
    ["the receiver has the old secret, Standard Webhooks", standard(sent("new", "old")), ["old"]],
    ["the receiver has both", documented(sent("new")), ["old", "new"]],
    ["as Headers", new Headers(sent(SECRET)), [SECRET]],
    [
      "lists, as Node may have them",
      {
        ...only(sent(SECRET), /^webhook-i/),
        "x-webhook-signature": [sent(SECRET)["X-Webhook-Signature"]!],
        "x-webhook-timestamp": String(SECONDS),
      },
      [SECRET],
    ],
  ])("%s", async (_what, headers, secrets) => {
    const result = { outcome: "genuine", event: { type: "status-update" } };
    expect(await verifyWebhook({ body, headers, secrets, now })).toMatchObject(result);
    expect(await verifyWebhook({ body: bytes, headers, secrets, now })).toMatchObject({ ...result, id: ID });
  });
});

describe("refused", () => {
  const altered = (text: string, headers: WebhookHeaders = sent(SECRET)) => ({ body: text, headers });
  test.each<[what: string, request: { body?: string; headers: WebhookHeaders; now?: number }, VerifyReason]>([
    ["no headers", { headers: {} }, "missing-headers"],
    ["a timestamp alone", { headers: only(sent(SECRET), /^X-Webhook-Timestamp/) }, "missing-headers"],
    ["301 s old", { headers: sent(SECRET), now: now + 301_000 }, "too-old"],
    ["301 s early", { headers: sent(SECRET), now: now - 301_000 }, "too-old"],
    ["no number", { headers: { ...documented(sent(SECRET)), "X-Webhook-Timestamp": "now" } }, "too-old"],
    [
      "milliseconds",
      { headers: { ...documented(sent(SECRET)), "X-Webhook-Timestamp": String(now) } },
      "too-old",
    ],
    ["another secret", { headers: sent("other") }, "wrong-signature"],
    ["another body", altered(`${body} `), "wrong-signature"],
    [
      "another time",
      { headers: { ...documented(sent(SECRET)), "X-Webhook-Timestamp": String(SECONDS + 1) } },
      "wrong-signature",
    ],
    ["another id", { headers: { ...standard(sent(SECRET)), "webhook-id": "x" } }, "wrong-signature"],
    [
      "no hexadecimal",
      { headers: { ...documented(sent(SECRET)), "X-Webhook-Signature": "sha256=zz" } },
      "wrong-signature",
    ],
    [
      "no base64",
      { headers: { ...standard(sent(SECRET)), "webhook-signature": "v1,%%%" } },
      "wrong-signature",
    ],
    [
      "half a signature",
      {
        headers: {
          ...documented(sent(SECRET)),
          "X-Webhook-Signature": sent(SECRET)["X-Webhook-Signature"]!.slice(0, 39),
        },
      },
      "wrong-signature",
    ],
    [
      "another version",
      {
        headers: {
          ...standard(sent(SECRET)),
          "webhook-signature": standard(sent(SECRET))["webhook-signature"]!.replace("v1,", "v2,"),
        },
      },
      "missing-headers",
    ],
  ])("%s", async (_what, request, reason) => {
    const result = await verifyWebhook({ body, secrets: [SECRET], now, ...request });
    expect(result).toEqual({ outcome: "refused", reason });
  });

  test.each(["nonsense", "{}", '{"message":null}', "null"])("genuine and no event: %s", async (text) => {
    const event = { id: ID, type: "status-update", body: Buffer.from(text) };
    const headers = webhookHeaders(event, [SECRET], SECONDS);
    expect(await verifyWebhook({ body: text, headers, secrets: [SECRET], now })).toEqual({
      outcome: "refused",
      reason: "invalid-body",
    });
  });

  test("300 s are in time, and the tolerance can be another", async () => {
    const request = { body, headers: sent(SECRET), secrets: [SECRET], now: now + 300_000 };
    expect((await verifyWebhook(request)).outcome).toBe("genuine");
    expect((await verifyWebhook({ ...request, toleranceSeconds: 299 })).outcome).toBe("refused");
  });

  test.each([[[]], [[""]], [["good", ""]]])("secrets %j: nobody means that", async (secrets) => {
    await expect(verifyWebhook({ body, headers: sent(SECRET), secrets, now })).rejects.toThrow(TypeError);
  });
});
