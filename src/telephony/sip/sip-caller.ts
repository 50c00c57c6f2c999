import type { PortRange } from "../../config.ts";
import type { Clock } from "../../clock.ts";
import { toError } from "../../errors.ts";
import type { Logger } from "../../logger.ts";
import { createPacer } from "../rtp/pacer.ts";
import { createRtpPorts } from "../rtp/rtp-ports.ts";
import { MEDIA_TIMEOUT_MS, openDialogMedia, type MediaPorts } from "./call-media.ts";
import { createOutboundLeg, type OutboundCall, type OutboundLeg } from "./outbound-leg.ts";
import { createSipEndpoint, type Flow, type TraceSip } from "./sip-endpoint.ts";

export type { OutboundLeg } from "./outbound-leg.ts";

export interface SipCaller {
  start(): Promise<void>;
  /** Hangs up what is up, and closes the sockets. */
  stop(): Promise<void>;
  /** Rejects when no RTP port is free; everything that the far end can cause is in the leg. */
  placeCall(call: OutboundCall): Promise<OutboundLeg>;
}

/** How long `stop` waits for the far ends; then their calls are left to their own timers. */
const STOP_WAIT_MS = 2_000;

/** The calling side on the same transports and media as the carrier; the demo's caller is one. */
export function createSipCaller(options: {
  host: string;
  rtpPorts: PortRange;
  mediaTimeoutMs?: number | undefined;
  clock: Clock;
  logger: Logger;
  trace?: TraceSip | undefined;
}): SipCaller {
  const { clock, logger } = options;
  const mediaPorts: MediaPorts = {
    ports: createRtpPorts(options.rtpPorts),
    pacer: createPacer(clock, (error) => logger.error({ err: toError(error) }, "a call's audio tick failed")),
    clock,
    bindAddress: options.host,
    mediaTimeoutMs: options.mediaTimeoutMs ?? MEDIA_TIMEOUT_MS,
  };
  const endpoint = createSipEndpoint({
    host: options.host,
    port: 0,
    clock,
    logger,
    trace: options.trace,
    onInvite: (request) => request.reject({ statusCode: 486 }),
  });
  const legs = new Set<ReturnType<typeof createOutboundLeg>>();

  async function placeCall(call: OutboundCall): Promise<OutboundLeg> {
    let flow: Flow;
    try {
      flow = await endpoint.openFlow(call.remote.protocol, call.remote);
    } catch (error) {
      logger.debug({ err: toError(error) }, "no connection for a call of ours");
      return unreachable();
    }
    const media = await openDialogMedia({
      ...mediaPorts,
      localAddress: flow.localAddress,
      onTimeout: () => leg.mediaIsLost(),
    });
    if (!media) throw new Error("no RTP port is free for a call of ours");
    const leg = createOutboundLeg({
      call,
      flow,
      media,
      clock,
      onEnded() {
        unbindCall();
        legs.delete(leg);
      },
    });
    const unbindCall = endpoint.bindCall(leg.callId, flow);
    legs.add(leg);
    return leg;
  }

  return {
    start: () => endpoint.start(),
    async stop() {
      let cancelWait: (() => void) | undefined;
      const longest = new Promise<void>((resolve) => (cancelWait = clock.after(STOP_WAIT_MS, resolve)));
      await Promise.race([Promise.all([...legs].map((leg) => leg.hangUp())), longest]);
      cancelWait?.();
      for (const leg of legs) leg.abandon();
      await endpoint.stop();
    },
    placeCall,
  };
}

/** RFC 3261, 8.1.3.1: no connection counts as 503. */
function unreachable(): OutboundLeg {
  return {
    callId: "",
    answered: Promise.resolve({ outcome: "failed", statusCode: 503 }),
    ended: Promise.resolve({ cause: "local" }),
    hangUp: () => Promise.resolve(),
  };
}
