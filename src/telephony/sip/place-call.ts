import { within, type Clock } from "../../clock.ts";
import { toError } from "../../errors.ts";
import type { Logger } from "../../logger.ts";
import type { LegMedia, OutboundCall, OutboundLeg } from "../carrier.ts";
import type { MediaEngine } from "../media-engine.ts";
import { openDialogMedia } from "./call-media.ts";
import { openTrunkFlow } from "./trunk-flow.ts";
import { createOutboundLeg } from "./outbound-leg.ts";
import type { Flow, SipEndpoint } from "./sip-endpoint.ts";

export interface CallPlacer<M extends LegMedia> {
  placeCall(call: OutboundCall): Promise<OutboundLeg<M>>;
  /** Hangs up what is up; what has not confirmed after `waitMs` is left to its own timers. */
  stop(waitMs: number): Promise<void>;
}

/** Places calls through an endpoint; never rejects, because everything that can go wrong is a leg that failed. */
export function createCallPlacer<M extends LegMedia>(options: {
  endpoint: SipEndpoint;
  mediaEngine: MediaEngine<M>;
  clock: Clock;
  logger: Logger;
}): CallPlacer<M> {
  const { endpoint, mediaEngine, clock, logger } = options;
  const legs = new Set<ReturnType<typeof createOutboundLeg<M>>>();

  async function open({
    trunk,
  }: OutboundCall): Promise<{ flow: Flow; address: string } | { problem: string }> {
    try {
      return await openTrunkFlow(endpoint, trunk);
    } catch (error) {
      logger.warn({ err: toError(error), trunk: trunk.address }, "there is no way to a trunk");
      return { problem: toError(error).message };
    }
  }

  return {
    async placeCall(call) {
      const way = await open(call);
      if ("problem" in way) {
        return failedLeg({ statusCode: 503, detail: `The trunk cannot be reached: ${way.problem}` });
      }
      const { flow, address } = way;
      const media = await openDialogMedia(mediaEngine, {
        localAddress: flow.localAddress,
        // The carrier that placed that leg is this one, so its audio is of our kind.
        near: call.near as M | undefined,
        srtp: call.trunk.srtp,
        onLost: (detail) => leg.mediaIsLost(detail),
      });
      if (!media) {
        logger.error("no RTP port is free; a call could not be placed");
        return failedLeg({ statusCode: 500 });
      }
      const leg = createOutboundLeg({
        call,
        address,
        flow,
        media,
        clock,
        onEnded() {
          unbindCall();
          legs.delete(leg);
        },
      });
      const unbindCall = endpoint.bindCall(leg.carrierCallId, flow);
      legs.add(leg);
      return leg;
    },
    async stop(waitMs) {
      await within(clock, waitMs, Promise.all([...legs].map((leg) => leg.hangUp())), () => undefined);
      for (const leg of legs) leg.abandon();
    },
  };
}

/** A call that got nowhere. No connection counts as 503 (RFC 3261, 8.1.3.1). */
export function failedLeg(failure: { statusCode: number; detail?: string }): OutboundLeg<never> {
  return {
    carrierCallId: "",
    answered: Promise.resolve({ outcome: "failed", ...failure }),
    ended: Promise.resolve({ cause: "local" }),
    hangUp: () => Promise.resolve(),
    transfer: () => Promise.resolve({ outcome: "failed", detail: "not in a call" }),
    takesTransfers: false,
    peer: undefined,
  };
}
