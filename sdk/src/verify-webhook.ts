import type { WebhookMessage } from "./webhook-events.ts";

/** Headers as `fetch` has them, or as Node's `request.headers`. */
export type WebhookHeaders = Headers | Record<string, string | string[] | undefined>;

export interface VerifyOptions {
  /** the body as it came, not parsed and written again: the signature is over its bytes */
  body: string | Uint8Array;
  headers: WebhookHeaders;
  /** several while a secret is being replaced */
  secrets: string | readonly string[];
  /** how old or new a request may be; default 300, which is what the server signs for */
  toleranceSeconds?: number;
  now?: Date;
}

export type VerifyResult =
  | {
      outcome: "genuine";
      message: WebhookMessage;
      /** the event's id, the same for every attempt */ eventId: string | undefined;
    }
  | { outcome: "refused"; reason: "no-signature" | "wrong-signature" | "too-old" | "not-json" };

/**
 * Whether a request came from your server, by either of the two signatures that it carries: the documented one, or that of
 * Standard Webhooks. Compares in constant time. Never throws for what a stranger may send.
 */
export async function verifyWebhook(options: VerifyOptions): Promise<VerifyResult> {
  const { toleranceSeconds = 300, now = new Date() } = options;
  const header = readerOf(options.headers);
  const body = typeof options.body === "string" ? new TextEncoder().encode(options.body) : options.body;
  const secrets = typeof options.secrets === "string" ? [options.secrets] : options.secrets;
  const timestamp = header("x-webhook-timestamp") ?? header("webhook-timestamp");
  const given = [header("x-webhook-signature"), header("x-webhook-signature-previous")].filter(
    (signature) => signature !== undefined,
  );
  const standard = (header("webhook-signature") ?? "").split(" ").filter((part) => part.startsWith("v1,"));
  if (timestamp === undefined || given.length + standard.length === 0) return refused("no-signature");

  let isGenuine = false;
  for (const secret of secrets) {
    const documented = `sha256=${hex(await hmac(bytesOf(secret), [`${timestamp}.`, body]))}`;
    for (const signature of given) isGenuine = isEqual(signature, documented) || isGenuine;
    const eventId = header("webhook-id");
    if (eventId === undefined) continue;
    const expected = `v1,${base64(await hmac(standardKey(secret), [`${eventId}.${timestamp}.`, body]))}`;
    for (const signature of standard) isGenuine = isEqual(signature, expected) || isGenuine;
  }
  if (!isGenuine) return refused("wrong-signature");
  // After the signature: the time of a forgery is nobody's business.
  const ageSeconds = Math.abs(now.getTime() / 1_000 - Number(timestamp));
  if (!(ageSeconds <= toleranceSeconds)) return refused("too-old");
  const message = readMessage(body);
  if (!message) return refused("not-json");
  return { outcome: "genuine", message, eventId: header("x-webhook-id") ?? header("webhook-id") };
}

function refused(reason: Extract<VerifyResult, { outcome: "refused" }>["reason"]): VerifyResult {
  return { outcome: "refused", reason };
}

function readMessage(body: Uint8Array): WebhookMessage | undefined {
  try {
    const { message } = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body)) as {
      message?: WebhookMessage;
    };
    return typeof message?.type === "string" ? message : undefined;
  } catch {
    // Signed, and still no event: whoever has the secret may send what he likes.
    return undefined;
  }
}

function readerOf(headers: WebhookHeaders): (name: string) => string | undefined {
  if (headers instanceof Headers) return (name) => headers.get(name) ?? undefined;
  const lowered = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return (name) => {
    const value = lowered.get(name);
    return Array.isArray(value) ? value[0] : value;
  };
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** `whsec_…` is the key in base64, as Standard Webhooks has it; any other secret is taken as it is written. */
function standardKey(secret: string): Uint8Array {
  if (!secret.startsWith("whsec_")) return bytesOf(secret);
  try {
    return Uint8Array.from(atob(secret.slice("whsec_".length)), (character) => character.charCodeAt(0));
  } catch {
    // No base64 after all: then it signs nothing of that kind.
    return bytesOf(secret);
  }
}

async function hmac(key: Uint8Array, parts: readonly (string | Uint8Array)[]): Promise<Uint8Array> {
  // An empty key is refused by some runtimes, and is no key.
  const material = (key.length > 0 ? key : new Uint8Array(1)) as Uint8Array<ArrayBuffer>;
  const imported = await crypto.subtle.importKey("raw", material, { name: "HMAC", hash: "SHA-256" }, false, [
    "sign",
  ]);
  const chunks = parts.map((part) => (typeof part === "string" ? bytesOf(part) : part));
  const whole = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, whole));
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

/** Looks at every character, whatever it finds on the way. */
function isEqual(given: string, expected: string): boolean {
  let difference = given.length ^ expected.length;
  for (let index = 0; index < expected.length; index++) {
    difference |= expected.charCodeAt(index) ^ (given.charCodeAt(index) || 0);
  }
  return difference === 0;
}
