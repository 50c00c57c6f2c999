import type { webhooks } from "./generated/api.ts";

export type WebhookEventType = keyof webhooks;

type Message<T extends WebhookEventType> =
  NonNullable<webhooks[T]["post"]["requestBody"]> extends {
    content: { "application/json": { message: infer M } };
  }
    ? M
    : never;

/** An event's `message`; `type` tells which one. */
export type WebhookEvent<T extends WebhookEventType = WebhookEventType> = {
  [E in T]: Message<E>;
}[T];

/** `missing-headers`: neither signature is there; `too-old`: sent before or after `toleranceSeconds`. */
export type VerifyReason = "missing-headers" | "too-old" | "wrong-signature" | "invalid-body";

export type VerifyResult =
  | { outcome: "genuine"; event: WebhookEvent; id: string | undefined }
  | { outcome: "refused"; reason: VerifyReason };

/** Headers of a fetch request, or of Node's `request.headers`. */
export type WebhookHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

/** One signature that the sender claims, and what it is made over. */
interface Claim {
  scheme: "documented" | "standard";
  timestamp: string;
  signedPrefix: string;
  signature: Bytes | undefined;
}

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Whether a request comes from the server that has one of these secrets: by `X-Webhook-Signature`, or by the headers
 * of Standard Webhooks. Compared in constant time.
 *
 * @param request.body     as it came: JSON that was read and written again has other bytes
 * @param request.secrets  several while one is being replaced
 * @param request.now      Unix milliseconds
 */
export async function verifyWebhook(request: {
  body: string | Uint8Array;
  headers: WebhookHeaders;
  secrets: readonly string[];
  toleranceSeconds?: number;
  now?: number;
}): Promise<VerifyResult> {
  const { secrets, toleranceSeconds = 300, now = Date.now() } = request;
  if (secrets.length === 0 || secrets.includes("")) throw new TypeError("A secret is required");
  const header = headerReader(request.headers);
  const claims = [...documentedClaims(header), ...standardClaims(header)];
  if (claims.length === 0) return { outcome: "refused", reason: "missing-headers" };
  const inTime = claims.filter(({ timestamp }) => isInTime(timestamp, toleranceSeconds, now));
  if (inTime.length === 0) return { outcome: "refused", reason: "too-old" };
  const body = toBytes(request.body);
  const checks = inTime.flatMap((claim) => secrets.map((secret) => isGenuine(claim, secret, body)));
  if (!(await Promise.all(checks)).includes(true)) return { outcome: "refused", reason: "wrong-signature" };
  const event = readEvent(body);
  if (!event) return { outcome: "refused", reason: "invalid-body" };
  return { outcome: "genuine", event, id: header("webhook-id") ?? header("x-webhook-id") };
}

type HeaderReader = (name: string) => string | undefined;

function headerReader(headers: WebhookHeaders): HeaderReader {
  if (headers instanceof Headers) return (name) => headers.get(name) ?? undefined;
  const values = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return (name) => {
    const value = values.get(name);
    return typeof value === "object" ? value[0] : value;
  };
}

function documentedClaims(header: HeaderReader): Claim[] {
  const timestamp = header("x-webhook-timestamp");
  if (timestamp === undefined) return [];
  return ["x-webhook-signature", "x-webhook-signature-previous"].flatMap((name) => {
    const value = header(name);
    if (value === undefined) return [];
    const signature = fromHex(value.replace(/^sha256=/, ""));
    return [{ scheme: "documented", timestamp, signedPrefix: `${timestamp}.`, signature }] satisfies Claim[];
  });
}

function standardClaims(header: HeaderReader): Claim[] {
  const id = header("webhook-id");
  const timestamp = header("webhook-timestamp");
  const signatures = header("webhook-signature");
  if (id === undefined || timestamp === undefined || signatures === undefined) return [];
  const signedPrefix = `${id}.${timestamp}.`;
  return signatures.split(" ").flatMap((versioned) => {
    const [version, value = ""] = versioned.split(",");
    if (version !== "v1") return [];
    return [{ scheme: "standard", timestamp, signedPrefix, signature: fromBase64(value) }] satisfies Claim[];
  });
}

function isInTime(timestamp: string, toleranceSeconds: number, now: number): boolean {
  return /^\d+$/.test(timestamp) && Math.abs(now / 1_000 - Number(timestamp)) <= toleranceSeconds;
}

async function isGenuine(claim: Claim, secret: string, body: Bytes): Promise<boolean> {
  const { scheme, signature } = claim;
  const key = scheme === "standard" ? standardKey(secret) : toBytes(secret);
  if (!signature || !key || key.length === 0) return false;
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const hmac = await crypto.subtle.importKey("raw", key, algorithm, false, ["verify"]);
  return crypto.subtle.verify("HMAC", hmac, signature, concat(toBytes(claim.signedPrefix), body));
}

/** `whsec_…` is the key in base64, as the libraries of Standard Webhooks read it; the documented scheme does not. */
function standardKey(secret: string): Bytes | undefined {
  return secret.startsWith("whsec_") ? fromBase64(secret.slice("whsec_".length)) : toBytes(secret);
}

function readEvent(body: Bytes): WebhookEvent | undefined {
  try {
    const { message } = JSON.parse(new TextDecoder().decode(body)) as { message?: WebhookEvent };
    return typeof message?.type === "string" ? message : undefined;
  } catch {
    return undefined;
  }
}

function toBytes(text: string | Uint8Array): Bytes {
  return typeof text === "string" ? new TextEncoder().encode(text) : new Uint8Array(text);
}

function concat(first: Bytes, second: Bytes): Bytes {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

function fromHex(text: string): Bytes | undefined {
  if (!/^([0-9a-f]{2})+$/.test(text)) return undefined;
  return Uint8Array.from({ length: text.length / 2 }, (_, index) =>
    Number.parseInt(text.slice(index * 2, index * 2 + 2), 16),
  );
}

function fromBase64(text: string): Bytes | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.codePointAt(0)!);
  } catch {
    return undefined;
  }
}
