import { request, type Dispatcher } from "undici";
import type { Clock } from "../clock.ts";
import { toError } from "../errors.ts";
import { keptHeaders } from "./answer-headers.ts";
import { traceRequest, type ConnectionTrace } from "./connection-trace.ts";
import { AddressRefusedError } from "./dial.ts";
import type { AttemptTimings } from "./attempt-store.ts";
import type { Observation } from "./endpoint-health.ts";
import type { WebhookEventType } from "./event.ts";
import { webhookHeaders } from "./signature.ts";

/** One signed HTTP request, whatever became of it. */
export type PostResult = {
  durationMs: number;
  timings: AttemptTimings;
  /** undefined: it never came to sending */
  connection: "cold" | "warm" | undefined;
  remoteAddress: string | undefined;
  /** the request's first byte went out: a second try could be a second execution */
  isSent: boolean;
  statusCode?: number;
  retryAfter?: string;
  /** undefined: there was no answer */
  responseHeaders?: Record<string, string> | undefined;
  responseBody: Buffer;
} & (
  | { outcome: "completed"; statusCode: number }
  /** the deadline passed before the last byte of the answer was here */
  | { outcome: "timeout" }
  /** the signal was aborted */
  | { outcome: "aborted" }
  /** the answer is longer than it may be; `responseBody` is its beginning */
  | { outcome: "too-large"; statusCode: number }
  /** the guard refused the address; nothing was sent */
  | { outcome: "refused"; error: string }
  | { outcome: "connection-failed"; error: string }
);

export interface Post {
  eventId: string;
  type: WebhookEventType;
  url: string;
  /** in clear, the current one first */
  secrets: readonly string[];
  body: Buffer;
  /** hard: from the call of this function to the last byte of the answer */
  deadlineMs: number;
  /** more than this of an answer is not read */
  maxResponseBytes: number;
  signal?: AbortSignal | undefined;
  /** a caller waits for the answer: the receiver is told how long it may take */
  isSynchronous?: boolean;
}

/**
 * Posts one event and settles by its deadline, whatever the server does. The timer is ours: undici's header timer is
 * up to half a second late, and its body timer starts anew with every chunk. A redirect is a completed request with
 * a 3xx status, never followed: it would go where nobody vetted.
 */
export async function post(dispatcher: Dispatcher, clock: Clock, what: Post): Promise<PostResult> {
  const startedMs = clock.monotonicMs();
  const abort = new AbortController();
  let isLate = false;
  const cancelDeadline = clock.after(what.deadlineMs, () => {
    isLate = true;
    abort.abort();
  });
  const onAbort = () => abort.abort();
  what.signal?.addEventListener("abort", onAbort, { once: true });
  if (what.signal?.aborted) abort.abort();

  let statusCode: number | undefined;
  let responseHeaders: Record<string, string> | undefined;
  let responseBody: Buffer = Buffer.alloc(0);
  let firstByteMs: number | undefined;
  // An object of its own over the same bytes: by it the connection of this very attempt is known.
  const body = what.body.subarray();
  const trace = traceRequest(body);
  const settled = () => ({
    durationMs: clock.monotonicMs() - startedMs,
    responseHeaders,
    responseBody,
    ...traced(trace, firstByteMs),
  });
  try {
    // The race makes the deadline hold also where undici is slow to give a request up (a connection being dialled).
    const response = await untilAborted(
      request(what.url, {
        dispatcher,
        method: "POST",
        headers: headersOf(what, clock),
        body,
        signal: abort.signal,
      }),
      abort.signal,
    );
    firstByteMs = clock.monotonicMs() - startedMs;
    statusCode = response.statusCode;
    responseHeaders = keptHeaders(response.headers);
    const retryAfter = firstOf(response.headers["retry-after"]);
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    for await (const chunk of response.body as AsyncIterable<Buffer>) {
      const room = what.maxResponseBytes - sizeBytes;
      chunks.push(chunk.length > room ? chunk.subarray(0, room) : chunk);
      sizeBytes += chunk.length;
      if (sizeBytes > what.maxResponseBytes) {
        response.body.destroy();
        responseBody = Buffer.concat(chunks);
        return { outcome: "too-large", statusCode, ...settled() };
      }
    }
    responseBody = Buffer.concat(chunks);
    return {
      outcome: "completed",
      statusCode,
      ...(retryAfter !== undefined && { retryAfter }),
      ...settled(),
    };
  } catch (thrown) {
    const status = statusCode === undefined ? {} : { statusCode };
    if (isLate) return { outcome: "timeout", ...status, ...settled() };
    if (what.signal?.aborted) return { outcome: "aborted", ...status, ...settled() };
    const error = toError(thrown);
    if (error instanceof AddressRefusedError)
      return { outcome: "refused", error: error.message, ...settled() };
    return { outcome: "connection-failed", error: describe(error), ...status, ...settled() };
  } finally {
    cancelDeadline();
    what.signal?.removeEventListener("abort", onAbort);
  }
}

function headersOf(what: Post, clock: Clock): Record<string, string> {
  const timestampSeconds = Math.floor(clock.now().getTime() / 1_000);
  const { eventId: id, type, body } = what;
  const deadlineMs = what.isSynchronous ? what.deadlineMs : undefined;
  return webhookHeaders({ id, type, body }, what.secrets, timestampSeconds, deadlineMs);
}

function traced({ isSent, connection, timings, remoteAddress }: ConnectionTrace, firstByteMs?: number) {
  return { isSent, connection, remoteAddress, timings: { ...timings, firstByteMs } };
}

/** A request that could not even be tried. */
export function notPosted(error: string): PostResult {
  return {
    outcome: "connection-failed",
    error,
    durationMs: 0,
    responseBody: Buffer.alloc(0),
    timings: {},
    connection: undefined,
    remoteAddress: undefined,
    isSent: false,
  };
}

function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) reject(new Error("aborted"));
    else signal.addEventListener("abort", () => reject(new Error("aborted")), { once: true });
    promise.then(resolve, reject);
  });
}

function firstOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

/** Short, for people: "connect ECONNREFUSED 127.0.0.1:3000". A system error's code comes first where the text lacks it. */
function describe(error: Error): string {
  const { code } = error as NodeJS.ErrnoException;
  const text = error.message || error.name;
  return code === undefined || text.includes(code) ? text : `${code}: ${text}`;
}

/**
 * What a request says of its receiver as a whole. An answer that we did not read to its end, or that is no use to us,
 * still shows that it is there.
 *
 * @param retryAfterMs  what the answer's `Retry-After` asked for
 */
export function observationOf(result: PostResult, retryAfterMs?: number): Observation | undefined {
  const { outcome, statusCode } = result;
  // The caller hung up, or an address of ours to allow: neither says anything of it.
  if (outcome === "aborted" || outcome === "refused") return undefined;
  if (statusCode === undefined || outcome === "timeout" || outcome === "connection-failed") {
    return { kind: "unavailable", retryAfterMs: undefined };
  }
  if (statusCode >= 200 && statusCode < 300) return { kind: "success" };
  // Whose pause it is: the receiver's when it is too busy, else this event's alone.
  if (statusCode === 429 || statusCode === 503) return { kind: "unavailable", retryAfterMs };
  return statusCode >= 500 ? { kind: "unavailable", retryAfterMs: undefined } : { kind: "refusal" };
}
