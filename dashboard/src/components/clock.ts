import { useCallback, useSyncExternalStore } from "react";

// One timer for all that shows how time passes: a list of a hundred rows has one, not a hundred.

interface Clock {
  now: Date;
  listeners: Set<() => void>;
  timer: number | undefined;
}
const clocks = new Map<number, Clock>();

/**
 * The time, told anew every so often.
 *
 * @param everyMs  undefined: it stands still
 */
export function useNow(everyMs: number | undefined): Date {
  const subscribe = useCallback(
    (listener: () => void) => (everyMs === undefined ? () => undefined : listen(everyMs, listener)),
    [everyMs],
  );
  return useSyncExternalStore(subscribe, () => clockOf(everyMs ?? 0).now);
}

function clockOf(everyMs: number): Clock {
  let clock = clocks.get(everyMs);
  if (!clock) clocks.set(everyMs, (clock = { now: new Date(), listeners: new Set(), timer: undefined }));
  return clock;
}

function listen(everyMs: number, listener: () => void): () => void {
  const clock = clockOf(everyMs);
  clock.listeners.add(listener);
  if (clock.timer === undefined) {
    clock.now = new Date();
    clock.timer = window.setInterval(() => {
      clock.now = new Date();
      for (const each of clock.listeners) each();
    }, everyMs);
  }
  return () => {
    clock.listeners.delete(listener);
    if (clock.listeners.size > 0) return;
    window.clearInterval(clock.timer);
    clock.timer = undefined;
  };
}
