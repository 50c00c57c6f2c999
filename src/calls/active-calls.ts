/**
 * The calls that this process carries, so that a shutdown can end them and wait for their reports.
 */
export interface ActiveCalls {
  /** Runs a call's whole way; `stop` is aborted when the process shuts down. Failures are the call's own to report. */
  carry(run: (stop: AbortSignal) => Promise<void>): void;
  readonly count: number;
  /** Tells every call to end, and waits until each has written its report or `limitMs` has passed. */
  endAll(limitMs: number): Promise<void>;
  readonly isEnding: boolean;
}

export function createActiveCalls(onFailure: (error: unknown) => void): ActiveCalls {
  const running = new Set<Promise<void>>();
  const stopping = new AbortController();
  return {
    carry(run) {
      const call = run(stopping.signal)
        .catch(onFailure)
        .finally(() => running.delete(call));
      running.add(call);
    },
    get count() {
      return running.size;
    },
    get isEnding() {
      return stopping.signal.aborted;
    },
    async endAll(limitMs) {
      stopping.abort();
      let timer: NodeJS.Timeout | undefined;
      const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, limitMs)));
      await Promise.race([Promise.all(running), limit]);
      clearTimeout(timer);
    },
  };
}
