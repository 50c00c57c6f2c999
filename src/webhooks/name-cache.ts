import { lookup } from "node:dns/promises";
import type { Clock } from "../clock.ts";

/** Resolves a host name to all of its addresses; passed in, so that tests can answer as a hostile name server would. */
/** The machine's own resolver, hosts file included. */
export const resolveName: Resolve = (hostname) => lookup(hostname, { all: true, verbatim: true });

export type Resolve = (hostname: string) => Promise<{ address: string; family: number }[]>;

/** The system's resolver does not say how long an answer holds. Short enough to follow a move, long enough for a call. */
const FRESH_MS = 30_000;
/** Part of every deadline: a name server that is silent must not use all of a caller's five seconds. */
const ANSWER_WITHIN_MS = 2_000;
const MOST_NAMES = 1_000;

/**
 * Remembers addresses for half a minute, and asks once for however many want to know. Only answers are remembered,
 * never failures. What comes out is still vetted address by address at each connection.
 */
export function cacheNames(resolve: Resolve, clock: Clock): Resolve {
  const known = new Map<string, { answer: ReturnType<Resolve>; atMs: number }>();
  return (hostname) => {
    const nowMs = clock.monotonicMs();
    const entry = known.get(hostname);
    if (entry && nowMs - entry.atMs < FRESH_MS) return entry.answer;
    const answer = inTime(resolve(hostname), hostname, clock);
    if (known.size >= MOST_NAMES) known.clear();
    known.set(hostname, { answer, atMs: nowMs });
    answer.catch(() => {
      if (known.get(hostname)?.answer === answer) known.delete(hostname);
    });
    return answer;
  };
}

function inTime<T>(answer: Promise<T>, hostname: string, clock: Clock): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(ANSWER_WITHIN_MS, () =>
      reject(new Error(`the name server did not answer for ${hostname} within ${ANSWER_WITHIN_MS} ms`)),
    );
    answer.then(resolve, reject).finally(cancel);
  });
}
