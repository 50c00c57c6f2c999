import type { Clock } from "../clock.ts";
import { toError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import type { CallSource, Carrier, InboundTrunk, LegMedia, OutboundLeg } from "../telephony/carrier.ts";
import { failedLeg } from "../telephony/sip/place-call.ts";

export interface CallPacePorts {
  /** @returns in how many milliseconds the call may begin; undefined: not within `mostMs` */
  takeSlot(trunkId: string, direction: "inbound" | "outbound", mostMs: number): Promise<number | undefined>;
  /** @returns undefined: it answers, or nobody knows */
  downSince(trunkId: string): Promise<Date | undefined>;
  placeCall: Carrier<LegMedia>["placeCall"];
  clock: Clock;
  logger: Logger;
}

/** Who starts a burst of calls would rather have them a little later than not at all; much later it is another call. */
const LONGEST_WAIT_MS = 5_000;
const RETRY_AFTER_SECONDS = 1;

/**
 * Places calls no faster than the trunk takes them, and says so when it was the trunk that failed them. One that is down
 * is tried all the same: that it answers no OPTIONS is no proof that it takes no calls.
 */
export function createPacedPlaceCall(ports: CallPacePorts): Carrier<LegMedia>["placeCall"] {
  async function waitForSlot(
    trunkId: string,
    callsPerSecond: number,
  ): Promise<OutboundLeg<LegMedia> | undefined> {
    const waitMs = await ports.takeSlot(trunkId, "outbound", LONGEST_WAIT_MS);
    if (waitMs === undefined) {
      return failedLeg({
        statusCode: 503,
        detail: `The trunk takes ${callsPerSecond} calls a second (calls_per_second), and more are waiting already`,
      });
    }
    if (waitMs > 0) await new Promise<void>((resolve) => ports.clock.after(waitMs, resolve));
    return undefined;
  }

  return async (call) => {
    const { id, callsPerSecond } = call.trunk;
    try {
      const refused = id && callsPerSecond ? await waitForSlot(id, callsPerSecond) : undefined;
      if (refused) return refused;
    } catch (error) {
      // Fails open: the limit is a courtesy to the trunk, and the trunk refuses what is too much for it.
      ports.logger.error({ err: toError(error) }, "a trunk's pace could not be kept");
    }
    const leg = await ports.placeCall(call);
    if (id === undefined) return leg;
    // On the leg, not a copy of it: what a leg tells of itself (`takesTransfers`) changes as the call goes on.
    return Object.create(leg, { answered: { value: explainFailure(leg, id, ports) } }) as typeof leg;
  };
}

async function explainFailure(leg: OutboundLeg<LegMedia>, trunkId: string, ports: CallPacePorts) {
  const pickUp = await leg.answered;
  if (pickUp.outcome === "answered" || ![408, 503].includes(pickUp.statusCode)) return pickUp;
  const since = await ports.downSince(trunkId).catch(() => undefined);
  if (!since) return pickUp;
  const { detail = "The call could not be connected" } = pickUp;
  return { ...pickUp, detail: `${detail}; the trunk has not answered since ${since.toISOString()}` };
}

export type Admittance =
  | { outcome: "admitted"; trunk: InboundTrunk | undefined }
  | { outcome: "refused"; statusCode: number; reason: string; retryAfterSeconds?: number };

/**
 * Whether a call may reach a number of this organization. To a source that may not, the number is one that does not
 * exist: whose numbers are here is nobody else's business.
 */
export async function admitCall(
  source: CallSource,
  organizationId: string,
  takeSlot: CallPacePorts["takeSlot"],
): Promise<Admittance> {
  const trunk = source.trunks.find((one) => one.organizationId === organizationId);
  if (!trunk) {
    return source.isAllowed
      ? { outcome: "admitted", trunk }
      : { outcome: "refused", statusCode: 404, reason: "Not Found" };
  }
  // A second's worth may come at once: who calls in does not space its calls evenly.
  const { callsPerSecond } = trunk;
  const burstMs = callsPerSecond ? 1_000 - 1_000 / callsPerSecond : 0;
  if (callsPerSecond && (await takeSlot(trunk.id, "inbound", burstMs)) === undefined) {
    const retryAfterSeconds = RETRY_AFTER_SECONDS;
    return { outcome: "refused", statusCode: 503, reason: "Too Many Calls", retryAfterSeconds };
  }
  return { outcome: "admitted", trunk };
}
