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
  return async (input, init) => {
    const startedMs = clock.monotonicMs();
    const isFast = () => clock.monotonicMs() - startedMs < FAST_FAILURE_MS;
    let response: Response | undefined;
    try {
      response = await fetchHead(clock, patience, input, init);
      if (!WORTH_ANOTHER_TRY.has(response.status) || !isFast()) return response;
    } catch (error) {
      if (init?.signal?.aborted || !isFast()) throw error;
    }
    await response?.body?.cancel();
    await new Promise<void>((resolve) => clock.after(patience.retryAfterMs, resolve));
    init?.signal?.throwIfAborted();
    return fetchHead(clock, patience, input, init);
  };
}

/**
 * The same `fetch`, whose requests end with the conversation they belong to. The session that makes them is told too,
 * but a session that hangs would leave them open at the provider, and be billed for them.
 */
export function fetchUntil(over: AbortSignal, inner: typeof fetch): typeof fetch {
  return (input, init) =>
    inner(input, { ...init, signal: init?.signal ? AbortSignal.any([init.signal, over]) : over });
}

async function fetchHead(
  clock: Clock,
  patience: Patience,
  input: Parameters<typeof fetch>[0],
  init: Parameters<typeof fetch>[1],
): Promise<Response> {
  const limit = new AbortController();
  const cancel = clock.after(patience.headWithinMs, () =>
    limit.abort(new Error(`no answer within ${patience.headWithinMs} ms`)),
  );
  const signal = init?.signal ? AbortSignal.any([init.signal, limit.signal]) : limit.signal;
  try {
    const response = await fetch(input, { ...init, signal });
    if (!response.body) return response;
    const { status, statusText, headers } = response;
    return new Response(inTime(clock, patience.partWithinMs, response.body), { status, statusText, headers });
  } finally {
    cancel();
  }
}

/** The same body, which fails when its next part does not come in time. */
function inTime(
  clock: Clock,
  partWithinMs: number,
  body: ReadableStream<Uint8Array>,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { promise: stalled, reject } = Promise.withResolvers<never>();
      const cancel = clock.after(partWithinMs, () =>
        reject(new Error(`the answer stopped for ${partWithinMs} ms`)),
      );
      try {
        const part = await Promise.race([reader.read(), stalled]);
        if (part.done) controller.close();
        else controller.enqueue(part.value);
      } catch (error) {
        controller.error(error);
        await reader.cancel().catch(() => undefined);
      } finally {
        cancel();
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
