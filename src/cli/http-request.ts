import { request as requestHttp, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";
import type { Clock } from "../clock.ts";
import { toError } from "../errors.ts";
import { pause } from "./command-context.ts";

/** What became of one HTTP request; the caller's switch decides what that means. */
export type HttpAnswer = { durationMs: number } & (
  | {
      outcome: "answered";
      status: number;
      headers: IncomingHttpHeaders;
      body: Buffer;
      /** the answer is longer than `maxAnswerBytes`; `body` is its beginning */
      isTruncated: boolean;
    }
  | { outcome: "timeout"; deadlineMs: number }
  | { outcome: "aborted" }
  | { outcome: "failed"; code: string | undefined; error: string }
);

export interface HttpRequest {
  url: string;
  method: string;
  headers: Record<string, string>;
  body?: Buffer | undefined;
  /** sends the body in this many parts with pauses between them */
  pace?: { parts: number; pauseMs: number } | undefined;
  /** from the call of this function to the last byte of the answer */
  deadlineMs: number;
  signal?: AbortSignal | undefined;
}

const MAX_ANSWER_BYTES = 8_388_608;

/**
 * Node's own HTTP client rather than `fetch`, which adds headers of its own: a receiver gets what it would get from
 * the server. One connection a request, redirects are not followed, and it never rejects.
 */
export async function sendRequest(
  clock: Clock,
  what: HttpRequest & { maxAnswerBytes?: number },
): Promise<HttpAnswer> {
  const startedMs = clock.monotonicMs();
  const abort = new AbortController();
  const stop = () => abort.abort();
  const cancelDeadline = clock.after(what.deadlineMs, stop);
  what.signal?.addEventListener("abort", stop, { once: true });
  if (what.signal?.aborted) stop();
  const durationMs = () => clock.monotonicMs() - startedMs;
  try {
    const response = await openRequest(clock, what, abort.signal);
    const answer = await readBody(response, what.maxAnswerBytes ?? MAX_ANSWER_BYTES);
    const { statusCode: status = 0, headers } = response;
    return { outcome: "answered", status, headers, ...answer, durationMs: durationMs() };
  } catch (thrown) {
    if (what.signal?.aborted) return { outcome: "aborted", durationMs: durationMs() };
    if (abort.signal.aborted)
      return { outcome: "timeout", deadlineMs: what.deadlineMs, durationMs: durationMs() };
    return { outcome: "failed", ...explainNetworkError(thrown), durationMs: durationMs() };
  } finally {
    cancelDeadline();
    // An answer may come before the whole body is sent: what is still being sent stops here.
    stop();
    what.signal?.removeEventListener("abort", stop);
  }
}

/** Resolves with the answer's head. @throws what the network throws, also when aborted */
export function openRequest(
  clock: Clock,
  what: Omit<HttpRequest, "deadlineMs" | "signal">,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const { url, method, body, pace } = what;
  const headers = body ? { ...what.headers, "Content-Length": String(body.length) } : what.headers;
  const open = url.startsWith("https:") ? requestHttps : requestHttp;
  const request = open(url, { method, headers, agent: false, signal });
  request.once("response", resolve).on("error", reject);
  if (body && pace) void sendSlowly(body, pace);
  else request.end(body);
  return promise;

  async function sendSlowly(bytes: Buffer, { parts, pauseMs }: { parts: number; pauseMs: number }) {
    const size = Math.ceil(bytes.length / parts);
    for (let sent = 0; sent < bytes.length && !request.destroyed; sent += size) {
      if (sent > 0) await pause(clock, pauseMs, signal);
      if (!request.destroyed) request.write(bytes.subarray(sent, sent + size));
    }
    request.end();
  }
}

async function readBody(response: IncomingMessage, maxBytes: number) {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    sizeBytes += chunk.length;
    // Leaving the loop destroys the response, and with it the connection.
    if (sizeBytes > maxBytes) break;
  }
  return { body: Buffer.concat(chunks).subarray(0, maxBytes), isTruncated: sizeBytes > maxBytes };
}

/** Short, for people. Where several addresses were tried, the first failure speaks for all. */
export function explainNetworkError(thrown: unknown): { code: string | undefined; error: string } {
  const outer = toError(thrown);
  const error = outer instanceof AggregateError ? toError(outer.errors[0] ?? outer) : outer;
  const { code } = error as NodeJS.ErrnoException;
  return { code, error: (code && MEANINGS[code]) || error.message || error.name };
}

const SELF_SIGNED = "its TLS certificate is self-signed (NODE_EXTRA_CA_CERTS names one to trust)";
const MEANINGS: Partial<Record<string, string>> = {
  ECONNREFUSED: "connection refused",
  ECONNRESET: "the connection was closed without an answer",
  EPIPE: "the connection was closed without an answer",
  ENOTFOUND: "there is no host of that name",
  EAI_AGAIN: "the host's name cannot be looked up at the moment",
  ETIMEDOUT: "no connection",
  EHOSTUNREACH: "the host cannot be reached",
  DEPTH_ZERO_SELF_SIGNED_CERT: SELF_SIGNED,
  SELF_SIGNED_CERT_IN_CHAIN: SELF_SIGNED,
  CERT_HAS_EXPIRED: "its TLS certificate has expired",
  ERR_TLS_CERT_ALTNAME_INVALID: "its TLS certificate is for another host name",
  EPROTO: "it does not speak TLS; is it http:// rather than https://?",
  HPE_INVALID_CONSTANT: "what answers there is not an HTTP server",
};
