/**
 * The timers of the whole process, SIP.js's own included, on a clock that moves only when told to: half a minute of
 * transaction timers passes in a moment, and what is still pending can be counted.
 */
export interface VirtualTime {
  readonly nowMs: number;
  /** timers that would fire some time */
  readonly pending: number;
  /** Moves on, running what falls due in order. */
  advance(ms: number): void;
  /** Gives the real timers back. */
  restore(): void;
}

interface Timer {
  atMs: number;
  order: number;
  everyMs: number | undefined;
  run: () => void;
  isCancelled: boolean;
}

export function installVirtualTime(): VirtualTime {
  const real = {
    setTimeout: globalThis.setTimeout,
    clearTimeout: globalThis.clearTimeout,
    setInterval: globalThis.setInterval,
    clearInterval: globalThis.clearInterval,
  };
  /** by the millisecond they are due in: timers are made and cancelled by the thousand */
  const due = new Map<number, Set<Timer>>();
  const timers = new Map<unknown, Timer>();
  let nowMs = 0;
  let made = 0;

  function add(timer: Timer): void {
    const set = due.get(timer.atMs) ?? new Set();
    set.add(timer);
    due.set(timer.atMs, set);
  }

  function remove(handle: unknown): void {
    const timer = timers.get(handle);
    if (!timer) return;
    timers.delete(handle);
    timer.isCancelled = true;
    const set = due.get(timer.atMs);
    set?.delete(timer);
    if (set?.size === 0) due.delete(timer.atMs);
  }

  function make(
    run: (...args: unknown[]) => void,
    delayMs: number | undefined,
    args: unknown[],
    repeats: boolean,
  ) {
    const everyMs = Math.max(1, Math.round(delayMs ?? 1));
    const handle = { unref: () => handle, ref: () => handle, hasRef: () => true, order: made };
    const timer: Timer = {
      atMs: nowMs + everyMs,
      order: made++,
      isCancelled: false,
      everyMs: repeats ? everyMs : undefined,
      run: () => {
        if (!repeats) timers.delete(handle);
        run(...args);
      },
    };
    timers.set(handle, timer);
    add(timer);
    return handle;
  }

  Object.assign(globalThis, {
    setTimeout: (run: () => void, delayMs?: number, ...args: unknown[]) => make(run, delayMs, args, false),
    clearTimeout: remove,
    setInterval: (run: () => void, delayMs?: number, ...args: unknown[]) => make(run, delayMs, args, true),
    clearInterval: remove,
  });

  return {
    get nowMs() {
      return nowMs;
    },
    get pending() {
      return timers.size;
    },
    advance(ms) {
      for (const untilMs = nowMs + ms; nowMs < untilMs;) {
        nowMs++;
        const set = due.get(nowMs);
        if (!set) continue;
        due.delete(nowMs);
        for (const timer of set) {
          // One that is due in the same moment has cancelled it.
          if (timer.isCancelled) continue;
          if (timer.everyMs !== undefined) add(Object.assign(timer, { atMs: nowMs + timer.everyMs }));
          timer.run();
        }
      }
    },
    restore: () => void Object.assign(globalThis, real),
  };
}
