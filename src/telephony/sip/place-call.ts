import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import type { Clock } from "../../clock.ts";
import { toError } from "../../errors.ts";
import type { Logger } from "../../logger.ts";
import type { OutboundCall, OutboundLeg } from "../carrier.ts";
import { openDialogMedia, type MediaPorts } from "./call-media.ts";
import { createOutboundLeg } from "./outbound-leg.ts";
import type { Flow, SipEndpoint } from "./sip-endpoint.ts";

export interface CallPlacer {
  placeCall(call: OutboundCall): Promise<OutboundLeg>;
  /** Hangs up what is up; what has not confirmed after `waitMs` is left to its own timers. */
  stop(waitMs: number): Promise<void>;
}

/** Places calls through an endpoint; never rejects, because everything that can go wrong is a leg that failed. */
export function createCallPlacer(options: {
  endpoint: SipEndpoint;
  mediaPorts: MediaPorts;
  clock: Clock;
  logger: Logger;
}): CallPlacer {
  const { endpoint, mediaPorts, clock, logger } = options;
  const legs = new Set<ReturnType<typeof createOutboundLeg>>();

  async function open({ trunk }: OutboundCall): Promise<{ flow: Flow; address: string } | undefined> {
    try {
      const address = isIP(trunk.address) ? trunk.address : (await lookup(trunk.address)).address;
      const flow = await endpoint.openFlow(trunk.protocol, { address, port: trunk.port });
      return { flow, address };
    } catch (error) {
      logger.warn({ err: toError(error), trunk: trunk.address }, "there is no way to a trunk");
      return undefined;
    }
  }

  return {
    async placeCall(call) {
      const way = await open(call);
      if (!way) return failedLeg(503);
      const { flow, address } = way;
      const media = await openDialogMedia({
        ...mediaPorts,
        localAddress: flow.localAddress,
        onTimeout: () => leg.mediaIsLost(),
      });
      if (!media) {
        logger.error("no RTP port is free; a call could not be placed");
        return failedLeg(500);
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
      let cancelWait: (() => void) | undefined;
      const longest = new Promise<void>((resolve) => (cancelWait = clock.after(waitMs, resolve)));
      await Promise.race([Promise.all([...legs].map((leg) => leg.hangUp())), longest]);
      cancelWait?.();
      for (const leg of legs) leg.abandon();
    },
  };
}

/** A call that got nowhere. No connection counts as 503 (RFC 3261, 8.1.3.1). */
function failedLeg(statusCode: number): OutboundLeg {
  return {
    carrierCallId: "",
    answered: Promise.resolve({ outcome: "failed", statusCode }),
    ended: Promise.resolve({ cause: "local" }),
    hangUp: () => Promise.resolve(),
    transfer: () => Promise.resolve({ outcome: "failed", detail: "not in a call" }),
    takesTransfers: false,
    peer: undefined,
  };
}
