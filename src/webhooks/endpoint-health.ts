/**
 * Whether a receiver is worth a request, and how many at once. Pure: time and chance are passed in.
 *
 *   closed ──5 failures in a row──▶ open ──its time is over──▶ half-open ──success──▶ closed
 *                                     ▲                            │
 *                                     └────────────failure─────────┘
 *
 * The window is how many requests may be in flight. It begins small and grows with each success, at the very beginning
 * as after an outage: a receiver that comes back is not knocked over by its backlog, and two hundred dead ones that
 * nobody knows to be dead yet hold two places each and not all of them.
 */
export interface EndpointHealth {
  breaker: "closed" | "open" | "half-open";
  /** while open */
  openUntil: Date | undefined;
  /** how often in a row it has opened */
  opens: number;
  consecutiveFailures: number;
  /** since when there has been nothing but failures */
  failingSince: Date | undefined;
  window: number;
}

/** What an attempt says of the receiver as a whole. */
export type Observation =
  | { kind: "success" }
  /** not there, or not able to: no connection, no answer in time, 5xx, 429 */
  | { kind: "unavailable"; retryAfterMs: number | undefined }
  /** there, and not content with this event: another status */
  | { kind: "refusal" };

export const FIRST_WINDOW = 2;
export const LARGEST_WINDOW = 32;
const OPEN_AFTER_FAILURES = 5;
const FIRST_OPEN_MS = 5_000;
const LONGEST_OPEN_MS = 5 * 60_000;
/** A pause that a receiver asks for holds for all of its events, up to this; for the event itself up to a day. */
const LONGEST_PAUSE_MS = 10 * 60_000;
/** Five days of nothing but failures, as the big senders have it. */
const DISABLE_AFTER_MS = 5 * 86_400_000;

export function newHealth(): EndpointHealth {
  return {
    breaker: "closed",
    openUntil: undefined,
    opens: 0,
    consecutiveFailures: 0,
    failingSince: undefined,
    window: FIRST_WINDOW,
  };
}

/** How many requests may be in flight now, all in all. An open breaker whose time is over lets one through: the probe. */
export function placesOf(health: EndpointHealth, now: Date): number {
  if (health.breaker === "closed") return health.window;
  if (health.breaker === "half-open") return 1;
  return health.openUntil && health.openUntil > now ? 0 : 1;
}

/** @param random  from 0 (inclusive) to 1: probes of many breakers are spread */
export function observe(
  health: EndpointHealth,
  observation: Observation,
  now: Date,
  random: number,
): EndpointHealth {
  switch (observation.kind) {
    case "success":
      return {
        ...newHealth(),
        // After an outage from one, else one more each time.
        window: health.breaker === "closed" ? Math.min(health.window + 1, LARGEST_WINDOW) : 1,
      };
    case "refusal":
      // It answers, so it is there: a probe has found what it was sent for. But nothing arrives, and that clock runs.
      return {
        ...health,
        breaker: "closed",
        openUntil: undefined,
        opens: 0,
        consecutiveFailures: 0,
        failingSince: health.failingSince ?? now,
        window: health.breaker === "closed" ? health.window : 1,
      };
    case "unavailable": {
      const consecutiveFailures = health.consecutiveFailures + 1;
      const failed = { ...health, consecutiveFailures, failingSince: health.failingSince ?? now };
      const pauseMs = observation.retryAfterMs && Math.min(observation.retryAfterMs, LONGEST_PAUSE_MS);
      const isOver = health.breaker !== "closed" || consecutiveFailures >= OPEN_AFTER_FAILURES;
      if (!isOver && !pauseMs) return { ...failed, window: Math.max(1, Math.floor(health.window / 2)) };
      // What was in flight when it opened fails as well; only the first of them and a failed probe open it further.
      if (health.breaker === "open" && health.openUntil && health.openUntil > now) return failed;
      const backoffMs = Math.min(FIRST_OPEN_MS * 2 ** health.opens, LONGEST_OPEN_MS) * (0.5 + random / 2);
      const openMs = pauseMs ?? backoffMs;
      return {
        ...failed,
        breaker: "open",
        openUntil: new Date(now.getTime() + openMs),
        opens: health.opens + 1,
        window: 1,
      };
    }
  }
}

export function isWorn(health: EndpointHealth, now: Date): boolean {
  return (
    health.failingSince !== undefined && now.getTime() - health.failingSince.getTime() >= DISABLE_AFTER_MS
  );
}

export function isKnownDead(health: EndpointHealth, now: Date): boolean {
  return placesOf(health, now) === 0;
}
