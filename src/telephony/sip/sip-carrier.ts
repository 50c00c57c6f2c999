import type { IncomingInviteRequest } from "sip.js/lib/core/index.js";
import type { PortRange } from "../../config.ts";
import type { Clock } from "../../clock.ts";
import { toError } from "../../errors.ts";
import type { Logger } from "../../logger.ts";
import type { Carrier, InboundLeg } from "../carrier.ts";
import { createPacer } from "../rtp/pacer.ts";
import { createRtpPorts } from "../rtp/rtp-ports.ts";
import { MEDIA_TIMEOUT_MS, openDialogMedia, type MediaPorts } from "./call-media.ts";
import { createInboundLeg } from "./inbound-leg.ts";
import { createCallPlacer } from "./place-call.ts";
import { readSdp } from "./sdp.ts";
import { createSipEndpoint, type Flow, type SipCounters, type TraceSip } from "./sip-endpoint.ts";

/** How long a shutdown waits for the far ends of calls that we placed; then they are left to their own timers. */
const STOP_WAIT_MS = 2_000;

export interface SipCarrier extends Carrier {
  /** known once started; SIP_PORT may be 0 */
  readonly port: number;
  readonly counters: SipCounters;
  /** peers that are remembered: calls, transactions, and what was heard from in the last minute */
  readonly flows: number;
}

/** Brings calls in and out over SIP: UDP and TCP on one port, RTP from a range of ports. */
export function createSipCarrier(options: {
  host: string;
  port: number;
  /** what Contact and SDP say, where it is not the address of ours that the peer reaches (behind NAT) */
  advertisedHost?: string | undefined;
  rtpPorts: PortRange;
  mediaTimeoutMs?: number | undefined;
  clock: Clock;
  logger: Logger;
  onLeg: (leg: InboundLeg) => void;
  trace?: TraceSip | undefined;
}): SipCarrier {
  const { clock, logger } = options;
  const mediaPorts: MediaPorts = {
    ports: createRtpPorts(options.rtpPorts),
    pacer: createPacer(clock, (error) => logger.error({ err: toError(error) }, "a call's audio tick failed")),
    clock,
    bindAddress: options.host === "localhost" ? "127.0.0.1" : options.host,
    mediaTimeoutMs: options.mediaTimeoutMs ?? MEDIA_TIMEOUT_MS,
  };
  let isStopping = false;
  const legs = new Set<InboundLeg>();
  const endpoint = createSipEndpoint({
    host: options.host,
    port: options.port,
    advertisedHost: options.advertisedHost,
    clock,
    logger,
    trace: options.trace,
    onInvite: (request, flow) => {
      invite(request, flow).catch((error: unknown) => {
        logger.error({ err: toError(error) }, "an INVITE could not be handled");
        try {
          request.reject({ statusCode: 500 });
        } catch {
          // It has its final response already.
        }
      });
    },
  });

  async function invite(request: IncomingInviteRequest, flow: Flow): Promise<void> {
    if (isStopping) {
      request.reject({ statusCode: 503, extraHeaders: ["Retry-After: 10"] });
      return;
    }
    request.trying();
    const { body, callId } = request.message;
    // Without an offer, ours goes into the 200 and the ACK answers it (RFC 3261, 13.3.1).
    if (body && readSdp(body).outcome === "unusable") {
      request.reject({ statusCode: 488 });
      return;
    }
    let isCancelled = false;
    // Until the leg exists, a CANCEL is ours to answer.
    request.delegate = {
      onCancel: () => {
        isCancelled = true;
        request.reject({ statusCode: 487 });
      },
    };
    const media = await openDialogMedia({
      ...mediaPorts,
      localAddress: flow.localAddress,
      onTimeout: () => leg.mediaIsLost(`no audio came for ${mediaPorts.mediaTimeoutMs / 1_000} s`),
    });
    if (isCancelled || isStopping) {
      media?.close();
      if (!isCancelled) request.reject({ statusCode: 503 });
      return;
    }
    if (!media) {
      logger.warn("no RTP port is free; the call was refused");
      request.reject({ statusCode: 503 });
      return;
    }
    const unbindCall = endpoint.bindCall(callId, flow);
    const leg = createInboundLeg({
      request,
      media,
      clock,
      onEnded(end) {
        unbindCall();
        legs.delete(leg);
        logger.debug({ carrier_call_id: callId, end, rtp: media.session?.counters }, "a SIP leg ended");
      },
    });
    legs.add(leg);
    options.onLeg(leg);
  }

  const calls = createCallPlacer({ endpoint, mediaPorts, clock, logger });
  return {
    start: () => endpoint.start(),
    placeCall: calls.placeCall,
    async stop() {
      isStopping = true;
      await Promise.all([...[...legs].map((leg) => leg.hangUp()), calls.stop(STOP_WAIT_MS)]);
      await endpoint.stop();
    },
    get port() {
      return endpoint.port;
    },
    get counters() {
      return endpoint.counters;
    },
    get flows() {
      return endpoint.flows;
    },
  };
}
