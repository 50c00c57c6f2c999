import { ConnectionError, errorOf, SwitchhookError, type ErrorBody } from "./errors.ts";
import type { Answer, Body, Method, Path, Query } from "./operations.ts";

export interface ClientOptions {
  /** `fl_…` */
  apiKey: string;
  /** with or without `/api/v1`; default: a server on this machine */
  baseUrl?: string;
  /** for one try, from its beginning to the last byte; default 30,000 */
  timeoutMs?: number;
  /** how many times a request that failed by no fault of its own is sent again; default 2 */
  maxRetries?: number;
  fetch?: typeof fetch;
}

export interface CallOptions {
  signal?: AbortSignal;
  /** POST: a request that is sent again with the same key is not carried out twice. One is made where none is given. */
  idempotencyKey?: string;
}

export interface RequestOptions<P extends Path, M extends Method> extends CallOptions {
  params?: Record<string, string>;
  query?: Query<P, M>;
  body?: Body<P, M>;
}

const DEFAULT_BASE_URL = "http://127.0.0.1:4000";
const LONGEST_WAIT_MS = 8_000;
const LONGEST_RETRY_AFTER_MS = 30_000;

/** Sends requests, and sends them again where that is safe. */
export class Client {
  readonly #apiKey: string;
  readonly #origin: string;
  readonly #timeoutMs: number;
  readonly #maxRetries: number;
  readonly #fetch: typeof fetch;

  constructor(options: ClientOptions) {
    if (!options.apiKey)
      throw new SwitchhookError("An API key is required; the server prints one at its first start");
    this.#apiKey = options.apiKey;
    this.#origin = (options.baseUrl ?? DEFAULT_BASE_URL).replace(/\/+$/, "").replace(/\/api\/v1$/, "");
    this.#timeoutMs = options.timeoutMs ?? 30_000;
    this.#maxRetries = options.maxRetries ?? 2;
    this.#fetch = options.fetch ?? fetch;
  }

  /** Any operation of the server, typed by its path. */
  async request<P extends Path, M extends Method>(
    method: M,
    path: P,
    options: RequestOptions<P, M> = {},
  ): Promise<Answer<P, M>> {
    const url = `${this.#origin}${fill(path, options.params ?? {})}${queryString(options.query)}`;
    const headers: Record<string, string> = {
      Authorization: `Bearer ${this.#apiKey}`,
      "Content-Type": "application/json",
    };
    // With a key a POST may be sent again like any other: the server carries it out once.
    if (method === "post") headers["Idempotency-Key"] = options.idempotencyKey ?? crypto.randomUUID();
    const body = options.body === undefined ? undefined : JSON.stringify(options.body);
    for (let tried = 0; ; tried++) {
      const outcome = await this.#try(method, url, headers, body, options.signal);
      if ("answer" in outcome) return outcome.answer as Answer<P, M>;
      const { error, isTransient, retryAfterMs } = outcome;
      const maySendAgain = isTransient && (method !== "patch" || retryAfterMs !== undefined);
      if (!maySendAgain || tried >= this.#maxRetries || options.signal?.aborted) throw error;
      await pause(retryAfterMs ?? Math.min(LONGEST_WAIT_MS, 1_000 * 2 ** tried), options.signal);
    }
  }

  async #try(
    method: string,
    url: string,
    headers: Record<string, string>,
    body: string | undefined,
    signal: AbortSignal | undefined,
  ): Promise<{ answer: unknown } | { error: SwitchhookError; isTransient: boolean; retryAfterMs?: number }> {
    const limit = AbortSignal.timeout(this.#timeoutMs);
    let response: Response;
    let text: string;
    try {
      response = await this.#fetch(url, {
        method: method.toUpperCase(),
        headers,
        ...(body !== undefined && { body }),
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
      });
      text = await response.text();
    } catch (cause) {
      if (signal?.aborted) throw signal.reason;
      const what = limit.aborted ? `No answer within ${this.#timeoutMs} ms` : "The server cannot be reached";
      return { error: new ConnectionError(`${what}: ${url}`, { cause }), isTransient: true };
    }
    if (response.ok) return { answer: text === "" ? undefined : JSON.parse(text) };
    const error = errorOf(response.status, readErrorBody(text), response.statusText);
    // Ours, and still being carried out: its answer comes. An answer that is kept would only be given again.
    const isRunning = response.status === 409 && error.code === "idempotency_key_in_use";
    const isKept = response.headers.has("idempotency-replayed");
    if (response.status !== 429 && !isRunning)
      return { error, isTransient: response.status >= 500 && !isKept };
    return { error, isTransient: true, retryAfterMs: retryAfterOf(response) };
  }
}

function readErrorBody(text: string): ErrorBody | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === "object" && body !== null ? (body as ErrorBody) : undefined;
  } catch {
    // A page of some proxy's: the status says what there is to say.
    return undefined;
  }
}

/** Seconds, or a date (RFC 9110, 10.2.3). */
function retryAfterOf(response: Response): number {
  const header = response.headers.get("retry-after") ?? "";
  const seconds = Number(header);
  const ms = header !== "" && !Number.isNaN(seconds) ? seconds * 1_000 : Date.parse(header) - Date.now();
  return Math.min(LONGEST_RETRY_AFTER_MS, Math.max(0, Number.isNaN(ms) ? 1_000 : ms));
}

function fill(path: string, params: Record<string, string>): string {
  return path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = params[name];
    // `..` would lead to another resource than the one that was meant.
    if (!value || value === "." || value === "..") throw new TypeError(`Invalid path parameter: ${name}`);
    return encodeURIComponent(value);
  });
}

function queryString(query: object | undefined): string {
  const pairs = Object.entries(query ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [`${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`],
  );
  return pairs.length > 0 ? `?${pairs.join("&")}` : "";
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      signal?.removeEventListener("abort", aborted);
      resolve();
    }
    function aborted(): void {
      clearTimeout(timer);
      reject(signal!.reason);
    }
    signal?.addEventListener("abort", aborted, { once: true });
  });
}
