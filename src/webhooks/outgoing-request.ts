import { request, type Dispatcher } from "undici";
import type { Clock } from "../clock.ts";

/** One request to a service's API, on nobody's telephone time. */
export interface OutgoingRequest {
  method: "GET" | "POST" | "DELETE";
  url: string;
  headers: Record<string, string>;
  body?: string | undefined;
  /** hard: from the call of this function to the last byte of the answer */
  timeoutMs: number;
  signal?: AbortSignal | undefined;
}

export interface OutgoingResponse {
  status: number;
  header(name: string): string | undefined;
  text: string;
}

/** Sends through the dialer that vets addresses. @throws when there is no whole answer in time */
export type SendRequest = (what: OutgoingRequest) => Promise<OutgoingResponse>;

const MAX_RESPONSE_BYTES = 4_194_304;

/** For other services than webhooks: the same way out, without signatures and attempts. Redirects are not followed. */
export function createSendRequest(dispatcher: Dispatcher, clock: Clock): SendRequest {
  return async (what) => {
    const abort = new AbortController();
    const ended = Promise.withResolvers<never>();
    function end(error: Error): void {
      ended.reject(error);
      abort.abort(error);
    }
    const cancel = clock.after(what.timeoutMs, () => end(new Error(`no answer within ${what.timeoutMs} ms`)));
    const onAbort = () => end(new Error("aborted"));
    what.signal?.addEventListener("abort", onAbort, { once: true });
    try {
      what.signal?.throwIfAborted();
      // The race makes the limit hold also while a connection is being dialled.
      return await Promise.race([answerTo(dispatcher, what, abort.signal), ended.promise]);
    } finally {
      cancel();
      what.signal?.removeEventListener("abort", onAbort);
    }
  };
}

async function answerTo(
  dispatcher: Dispatcher,
  what: OutgoingRequest,
  signal: AbortSignal,
): Promise<OutgoingResponse> {
  const { statusCode, headers, body } = await request(what.url, {
    dispatcher,
    method: what.method,
    headers: what.headers,
    ...(what.body !== undefined && { body: what.body }),
    signal,
  });
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    sizeBytes += chunk.length;
    if (sizeBytes > MAX_RESPONSE_BYTES) {
      body.destroy();
      throw new Error(`the answer is longer than ${MAX_RESPONSE_BYTES} bytes`);
    }
  }
  return {
    status: statusCode,
    header(name) {
      const value = headers[name];
      return Array.isArray(value) ? value[0] : value;
    },
    text: Buffer.concat(chunks).toString(),
  };
}
