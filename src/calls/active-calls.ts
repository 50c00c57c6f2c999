/**
 * The calls that this process carries, so that a shutdown can let them finish, or end them and wait for their reports.
 *
 *   open ──close()──▶ closed: no new ones ──endAll()──▶ ending: those that run are told to end
 */
export interface ActiveCalls {
  /** Runs a call's whole way; `stop` is aborted when the process shuts down. Failures are the call's own to report. */
  carry(run: (stop: AbortSignal) => Promise<void>): void;
  readonly count: number;
  /** No new calls from now on; those that run go on. */
  close(): void;
  readonly isClosed: boolean;
  /** Settles when no call runs, or after `limitMs`. @param limitMs  Infinity: however long it takes */
  untilIdle(limitMs: number): Promise<void>;
  /** Tells every call to end, and waits until each has written its report or `limitMs` has passed. */
  endAll(limitMs: number): Promise<void>;
}

export function createActiveCalls(onFailure: (error: unknown) => void): ActiveCalls {
  /** each with a signal of its own: what a call hangs on one that lives as long as the process would be kept as long */
  const running = new Map<Promise<void>, AbortController>();
  let isEnding = false;
  let isClosed = false;

  async function untilIdle(limitMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<"limit">((resolve) => {
      if (Number.isFinite(limitMs)) timer = setTimeout(() => resolve("limit"), limitMs);
    });
    // A call that began just before the doors were closed may have been added meanwhile.
    while (running.size > 0)
      if ((await Promise.race([Promise.all(running.keys()), limit])) === "limit") break;
    clearTimeout(timer);
  }

  return {
    carry(run) {
      const stopping = new AbortController();
      if (isEnding) stopping.abort();
      const call = run(stopping.signal)
        .catch(onFailure)
        .finally(() => running.delete(call));
      running.set(call, stopping);
    },
    get count() {
      return running.size;
    },
    close: () => void (isClosed = true),
    get isClosed() {
      return isClosed;
    },
    untilIdle,
    async endAll(limitMs) {
      isClosed = true;
      isEnding = true;
      for (const stopping of running.values()) stopping.abort();
      await untilIdle(limitMs);
    },
  };
}
