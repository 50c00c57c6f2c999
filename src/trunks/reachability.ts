import type { TrunkAnswer } from "../telephony/sip/trunk-requests.ts";

/** What is known of whether a trunk is there. */
export interface Reachability {
  state: "up" | "down" | "unknown";
  since: Date | null;
  checkedAt: Date | null;
  latencyMs: number | null;
  lastStatus: number | null;
  lastError: string | null;
  /** checks without success since the last success */
  failures: number;
}

export const UNKNOWN: Reachability = {
  state: "unknown",
  since: null,
  checkedAt: null,
  latencyMs: null,
  lastStatus: null,
  lastError: null,
  failures: 0,
};

const CHECK_EVERY_MS = 30_000;
/** One datagram may be lost: a first failure is looked at again soon, and only the second one counts. */
const CHECK_AGAIN_MS = 5_000;
const FAILURES_UNTIL_DOWN = 2;

/**
 * What the answer to an OPTIONS says. Any answer shows that somebody is there, also that it does not know the method;
 * 408 and 503 are said by something in front of a trunk that is not. Pure.
 *
 * @param random  0 to 1, so that a thousand trunks are not asked at the same moment
 */
export function nextReachability(
  before: Reachability,
  answer: TrunkAnswer,
  { now, random }: { now: Date; random: number },
): { reachability: Reachability; againInMs: number } {
  const isThere = answer.outcome === "answered" && answer.statusCode !== 503 && answer.statusCode !== 408;
  const failures = isThere ? 0 : before.failures + 1;
  const state = isThere ? "up" : failures >= FAILURES_UNTIL_DOWN ? "down" : before.state;
  return {
    reachability: {
      state,
      since: state === before.state ? before.since : now,
      checkedAt: now,
      latencyMs: answer.outcome === "answered" ? answer.latencyMs : null,
      lastStatus: answer.outcome === "answered" ? answer.statusCode : null,
      lastError: answer.outcome === "silent" ? answer.detail : isThere ? null : `SIP ${answer.statusCode}`,
      failures,
    },
    againInMs:
      failures > 0 && failures < FAILURES_UNTIL_DOWN ? CHECK_AGAIN_MS : CHECK_EVERY_MS * (0.9 + 0.2 * random),
  };
}

/** What was written longer ago than this nobody has looked at since: its keeper is gone. */
const OUTDATED_MS = 120_000;

export function isOutdated(checkedAt: Date | null, now: Date): boolean {
  return checkedAt === null || now.getTime() - checkedAt.getTime() > OUTDATED_MS;
}
