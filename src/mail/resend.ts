import { toError } from "../errors.ts";
import { readRetryAfter } from "../webhooks/retry-schedule.ts";
import type { SendRequest } from "../webhooks/outgoing-request.ts";

/**
 * Resend's HTTP API. Not their npm package: it calls the global `fetch` and takes no other, so what it sends would not
 * pass the one dialer.
 */
export interface Resend {
  /** @param key  of the organization; goes into this one request and nowhere else */
  call(
    key: string,
    method: "GET" | "POST" | "DELETE",
    path: string,
    more?: { body?: object; idempotencyKey?: string; signal?: AbortSignal },
  ): Promise<ResendAnswer>;
}

export type ResendAnswer =
  | { outcome: "ok"; value: Record<string, unknown> }
  /** their words, for people */
  | { outcome: "refused"; status: number; message: string }
  /** no answer in time, too many requests, or a fault of theirs: later may be better */
  | { outcome: "unavailable"; message: string; retryAfterMs: number | undefined };

const ANSWER_WITHIN_MS = 10_000;
const LONGEST_MESSAGE = 500;

export function createResend(options: {
  request: SendRequest;
  /** without a slash at its end */
  baseUrl: string;
  now: () => Date;
}): Resend {
  return {
    async call(key, method, path, { body, idempotencyKey, signal } = {}) {
      let response;
      try {
        response = await options.request({
          method,
          url: `${options.baseUrl}${path}`,
          headers: {
            authorization: `Bearer ${key}`,
            "user-agent": "switchhook",
            ...(body && { "content-type": "application/json" }),
            ...(idempotencyKey !== undefined && { "idempotency-key": idempotencyKey }),
          },
          body: body && JSON.stringify(body),
          timeoutMs: ANSWER_WITHIN_MS,
          signal,
        });
      } catch (error) {
        return { outcome: "unavailable", message: toError(error).message, retryAfterMs: undefined };
      }
      const { status, text } = response;
      const value = readObject(text);
      if (status >= 200 && status < 300 && value) return { outcome: "ok", value };
      const message = messageOf(value, status, key);
      if (status >= 400 && status < 500 && status !== 408 && status !== 429) {
        return { outcome: "refused", status, message };
      }
      const retryAfterMs = readRetryAfter(response.header("retry-after"), options.now());
      return { outcome: "unavailable", message, retryAfterMs };
    },
  };
}

function readObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    // A proxy's page of HTML, say. The status is what is left to tell.
    return undefined;
  }
}

function messageOf(value: Record<string, unknown> | undefined, status: number, key: string): string {
  const { message } = value ?? {};
  const text = typeof message === "string" && message !== "" ? message : `HTTP ${status}`;
  return text.replaceAll(key, "[key]").slice(0, LONGEST_MESSAGE);
}
