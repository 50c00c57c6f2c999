import type { Clock } from "../../clock.ts";

/** How long a caller can be left waiting for a provider. All in milliseconds. */
export interface Patience {
  /** from the request to the head of the response */
  headWithinMs: number;
  /** from one part of the body to the next: a stream that stops is as dead as one that never began */
  partWithinMs: number;
  /** before the one more try after a failure that came fast */
  retryAfterMs: number;
}

export const PATIENCE: Patience = { headWithinMs: 8_000, partWithinMs: 4_000, retryAfterMs: 200 };

/** A failure that took longer has used up the caller's patience: no second try. */
const FAST_FAILURE_MS = 2_000;
const WORTH_ANOTHER_TRY = new Set([408, 429, 500, 502, 503, 504]);

/**
 * `fetch` for a provider while a caller waits: it settles in time whatever the server does, body included, and tries
 * once more where that can help. The client libraries have a limit for the head alone, and wait out a `Retry-After` of
 * a minute.
 */
export function createPatientFetch(clock: Clock, patience: Patience = PATIENCE): typeof fetch {
  return async (input, given) => {
    given?.signal?.throwIfAborted();
    const init = await inOnePiece(given);
    const startedMs = clock.monotonicMs();
    const isFast = () => clock.monotonicMs() - startedMs < FAST_FAILURE_MS;
    const first = new AbortController();
    try {
      const response = await fetchHead(clock, patience, first, input, init);
      if (!WORTH_ANOTHER_TRY.has(response.status) || !isFast()) return response;
    } catch (error) {
      if (init?.signal?.aborted || !isFast()) throw error;
    }
    first.abort(new Error("another try is made"));
    await new Promise<void>((resolve) => clock.after(patience.retryAfterMs, resolve));
    init?.signal?.throwIfAborted();
    return fetchHead(clock, patience, new AbortController(), input, init);
  };
}

/**
 * A form becomes its bytes. Node's `fetch` reads a form while it sends it, and one that is given up meanwhile (the caller
 * hangs up) rejects where nobody can catch it.
 */
async function inOnePiece(init: Parameters<typeof fetch>[1]): Promise<Parameters<typeof fetch>[1]> {
  if (!(init?.body instanceof FormData)) return init;
  const encoded = new Response(init.body);
  const headers = new Headers(init.headers);
  headers.set("content-type", encoded.headers.get("content-type") ?? "multipart/form-data");
  return { ...init, headers, body: new Uint8Array(await encoded.arrayBuffer()) };
}

/**
 * The same `fetch`, whose requests end with the conversation they belong to. The session that makes them is told too,
 * but a session that hangs would leave them open at the provider, and be billed for them.
 */
export function fetchUntil(over: AbortSignal, inner: typeof fetch): typeof fetch {
  return (input, init) =>
    inner(input, { ...init, signal: init?.signal ? AbortSignal.any([init.signal, over]) : over });
}

/**
 * @param limit  ends the request, body included. A body is never cancelled by its reader: where a part of it arrives
 *   between the cancel and the end of the connection, Node's `fetch` rejects where nobody can catch it, and that would
 *   end the process with all its calls.
 */
async function fetchHead(
  clock: Clock,
  patience: Patience,
  limit: AbortController,
  input: Parameters<typeof fetch>[0],
  init: Parameters<typeof fetch>[1],
): Promise<Response> {
  const cancel = clock.after(patience.headWithinMs, () =>
    limit.abort(new Error(`no answer within ${patience.headWithinMs} ms`)),
  );
  const signal = init?.signal ? AbortSignal.any([init.signal, limit.signal]) : limit.signal;
  try {
    const response = await fetch(input, { ...init, signal });
    if (!response.body) return response;
    const { status, statusText, headers } = response;
    // A proxy's page with status 200. The client libraries find nothing in it, and take it for nothing said.
    if (response.ok && headers.get("content-type")?.startsWith("text/html")) {
      const error = new Error("the service answered with a page of HTML");
      limit.abort(error);
      throw error;
    }
    const body = inTime(clock, patience.partWithinMs, limit, response.body);
    return new Response(body, { status, statusText, headers });
  } finally {
    cancel();
  }
}

/** The same body, which fails when its next part does not come in time. */
function inTime(
  clock: Clock,
  partWithinMs: number,
  limit: AbortController,
  body: ReadableStream<Uint8Array>,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { promise: stalled, reject } = Promise.withResolvers<never>();
      const cancel = clock.after(partWithinMs, () =>
        reject(new Error(`the answer stopped for ${partWithinMs} ms`)),
      );
      // Both sides of the race may fail; the one that comes second has no listener of its own.
      const read = reader.read();
      read.catch(() => undefined);
      try {
        const part = await Promise.race([read, stalled]);
        if (part.done) controller.close();
        else controller.enqueue(part.value);
      } catch (error) {
        limit.abort(error);
        controller.error(error);
      } finally {
        cancel();
      }
    },
    cancel: (reason) => limit.abort(reason ?? new Error("nobody reads the answer any more")),
  });
}
