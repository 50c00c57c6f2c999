import { useSyncExternalStore } from "react";
import { useFormats } from "../language/use-formats.ts";

// One clock for all that says "3 minutes ago": a list of a hundred rows has one timer, not a hundred.

const TICK_MS = 10_000;
const listeners = new Set<() => void>();
let now = new Date();
let timer: number | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= window.setInterval(() => {
    now = new Date();
    for (const each of listeners) each();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    window.clearInterval(timer);
    timer = undefined;
  };
}

/** How long ago; the exact time on hover, in the reader's zone. */
export function TimeAgo({ at }: { at: string }) {
  const formats = useFormats();
  const current = useSyncExternalStore(subscribe, () => now);
  const instant = new Date(at);
  // An instant just after the last tick is not in the future.
  const from = instant > current ? instant : current;
  return (
    <time dateTime={at} title={formats.dateTime(instant)}>
      {formats.relative(instant, from)}
    </time>
  );
}

/** The exact time, in the reader's zone. `short`: without year and seconds. */
export function DateTime({ at, short = false }: { at: string; short?: boolean }) {
  const formats = useFormats();
  const instant = new Date(at);
  return (
    <time dateTime={at} title={short ? formats.dateTime(instant) : undefined}>
      {short ? formats.shortDateTime(instant) : formats.dateTime(instant)}
    </time>
  );
}

/** 1:12 */
export function Duration({ seconds }: { seconds: number | null }) {
  const formats = useFormats();
  return seconds === null ? <span aria-hidden>–</span> : <span>{formats.duration(seconds)}</span>;
}
