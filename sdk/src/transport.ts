import { ConnectionError, TimeoutError, toApiError } from "./errors.ts";
import { readRetryAfter, retryDelay } from "./retry.ts";

export interface RequestOptions {
  /** ends the request and its retries; the promise is rejected with the signal's reason */
  signal?: AbortSignal;
  /** for one attempt */
  timeoutMs?: number;
  maxRetries?: number;
  /** POST only. Without it each POST gets one of its own, the same on all its attempts. */
  idempotencyKey?: string;
}

export interface ApiRequest {
  method: string;
  path: string;
  query?: object;
  body?: unknown;
  options?: RequestOptions;
}

/** @returns the answer's JSON; undefined for 204 */
export type Transport = (request: ApiRequest) => Promise<unknown>;

export interface TransportOptions {
  apiKey: string;
  baseUrl: string;
  timeoutMs: number;
  maxRetries: number;
  fetch: typeof globalThis.fetch;
  wait(delayMs: number, signal: AbortSignal | undefined): Promise<void>;
}

const VERSION = "0.1.0";

export function createTransport(defaults: TransportOptions): Transport {
  return async (request) => {
    const { method, options = {} } = request;
    const { maxRetries = defaults.maxRetries, signal } = options;
    const url = urlOf(defaults.baseUrl, request);
    const init = initOf(defaults.apiKey, request);
    for (let attempt = 1; ; attempt++) {
      const result = await send(url, init, options);
      if (result.outcome === "answer") return result.body;
      const delayMs = attempt <= maxRetries ? retryDelay(method, result.failure, attempt) : undefined;
      if (delayMs === undefined) throw result.error;
      await defaults.wait(delayMs, signal);
    }
  };

  async function send(url: string, init: RequestInit, options: RequestOptions) {
    const { signal, timeoutMs = defaults.timeoutMs } = options;
    signal?.throwIfAborted();
    const timeout = AbortSignal.timeout(timeoutMs);
    let response: Response;
    let text: string;
    try {
      const any = signal ? AbortSignal.any([signal, timeout]) : timeout;
      response = await defaults.fetch(url, { ...init, signal: any });
      text = await response.text();
    } catch (cause) {
      signal?.throwIfAborted();
      const error = timeout.aborted
        ? new TimeoutError(`No answer within ${timeoutMs} ms`, { cause })
        : new ConnectionError("Connection failed", { cause });
      return { outcome: "failed", failure: { kind: "no-answer" }, error } as const;
    }
    if (response.ok) return { outcome: "answer", body: readAnswer(text) } as const;
    const { status, headers } = response;
    const retryAfterMs = readRetryAfter(headers.get("retry-after"), Date.now());
    const retryAfter = retryAfterMs === undefined ? undefined : retryAfterMs / 1_000;
    const error = toApiError(response, readRefusal(text), retryAfter);
    const isReplayed = headers.get("idempotency-replayed") === "true";
    const failure = { kind: "refused", status, code: error.code, retryAfterMs, isReplayed } as const;
    return { outcome: "failed", failure, error } as const;
  }
}

/** Waits, unless the signal ends it. */
export function wait(delayMs: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", abort);
      resolve();
    }, delayMs);
    signal?.addEventListener("abort", abort, { once: true });
    if (signal?.aborted) abort();
  });
}

function urlOf(baseUrl: string, { path, query = {} }: ApiRequest): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  const text = search.toString();
  return baseUrl + path + (text && `?${text}`);
}

function initOf(apiKey: string, { method, body, options = {} }: ApiRequest): RequestInit {
  const headers = new Headers({ Authorization: `Bearer ${apiKey}`, "Content-Type": "application/json" });
  // A browser names itself, and would ask the server's leave for a header like this.
  if (!("document" in globalThis)) headers.set("User-Agent", `switchhook-sdk/${VERSION}`);
  if (method === "POST") headers.set("Idempotency-Key", options.idempotencyKey ?? crypto.randomUUID());
  return { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
}

function readAnswer(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new ConnectionError("The answer is not JSON", { cause });
  }
}

/** A refusal may come from a proxy, with a page of its own. */
function readRefusal(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text === "" ? undefined : text;
  }
}
