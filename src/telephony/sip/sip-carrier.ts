import type { IncomingInviteRequest } from "sip.js/lib/core/index.js";
import type { PortRange } from "../../config.ts";
import type { Clock } from "../../clock.ts";
import { toError } from "../../errors.ts";
import type { Logger } from "../../logger.ts";
import type { Carrier, InboundLeg } from "../carrier.ts";
import { createPacer } from "../rtp/pacer.ts";
import { createRtpPorts } from "../rtp/rtp-ports.ts";
import { openDialogMedia } from "./call-media.ts";
import { createInboundLeg } from "./inbound-leg.ts";
import { readSdp } from "./sdp.ts";
import { createSipEndpoint, type Flow, type SipCounters, type TraceSip } from "./sip-endpoint.ts";

export interface SipCarrier extends Carrier {
  /** known once started; SIP_PORT may be 0 */
  readonly port: number;
  readonly counters: SipCounters;
}

/** Brings calls in over SIP: UDP and TCP on one port, RTP from a range of ports. */
export function createSipCarrier(options: {
  host: string;
  port: number;
  rtpPorts: PortRange;
  clock: Clock;
  logger: Logger;
  onLeg: (leg: InboundLeg) => void;
  trace?: TraceSip | undefined;
}): SipCarrier {
  const { clock, logger } = options;
  const pacer = createPacer(clock);
  const ports = createRtpPorts(options.rtpPorts);
  let isStopping = false;
  const legs = new Set<InboundLeg>();
  const endpoint = createSipEndpoint({
    host: options.host,
    port: options.port,
    clock,
    logger,
    trace: options.trace,
    onInvite: (request, flow) => {
      invite(request, flow).catch((error: unknown) => {
        logger.error({ err: toError(error) }, "an INVITE could not be handled");
        request.reject({ statusCode: 500 });
      });
    },
  });

  async function invite(request: IncomingInviteRequest, flow: Flow): Promise<void> {
    if (isStopping) {
      request.reject({ statusCode: 503, extraHeaders: ["Retry-After: 10"] });
      return;
    }
    request.trying();
    const offer = readSdp(request.message.body ?? "");
    if (offer.outcome === "unusable") {
      // An INVITE without an offer ends here too: we would have to offer in the 200 and wait for the ACK.
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
    let onMediaTimeout: () => void = () => undefined;
    const media = await openDialogMedia({
      ports,
      pacer,
      bindAddress: options.host === "localhost" ? "127.0.0.1" : options.host,
      localAddress: flow.localAddress,
      onTimeout: () => onMediaTimeout(),
    });
    if (!media) {
      logger.warn("no RTP port is free; the call was refused");
      if (!isCancelled) request.reject({ statusCode: 503 });
      return;
    }
    if (isCancelled) {
      media.close();
      return;
    }
    const leg = createInboundLeg({
      request,
      media,
      clock,
      onMediaTimeout: (listener) => (onMediaTimeout = listener),
      bindCall: () => endpoint.bindCall(request.message.callId, flow),
      onEnded: () => legs.delete(leg),
    });
    legs.add(leg);
    options.onLeg(leg);
  }

  return {
    start: () => endpoint.start(),
    async stop() {
      isStopping = true;
      await Promise.all([...legs].map((leg) => leg.hangUp()));
      await endpoint.stop();
    },
    get port() {
      return endpoint.port;
    },
    get counters() {
      return endpoint.counters;
    },
  };
}
