import type { CallFigures } from "./stats-store.ts";

const NONE: CallFigures = {
  calls: 0,
  completed: 0,
  failed: 0,
  rejected: 0,
  unreached: 0,
  running: 0,
  inbound: 0,
  outbound: 0,
  web: 0,
  answered: 0,
  talked_seconds: 0,
};

/** Of a whole period from its parts. Pure. */
export function sumOf(parts: readonly CallFigures[]): CallFigures {
  const sum = { ...NONE };
  for (const part of parts)
    for (const name of Object.keys(sum) as (keyof CallFigures)[]) sum[name] += part[name];
  return sum;
}
