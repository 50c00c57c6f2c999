import type { IncomingInviteRequest } from "sip.js/lib/core/index.js";
import type { URI } from "sip.js/lib/grammar/index.js";
import type { Clock } from "../../clock.ts";
import { toError } from "../../errors.ts";
import type { Logger } from "../../logger.ts";
import type { CallMedia, CallSource, Carrier, CarrierTrunk, InboundLeg, LegMedia } from "../carrier.ts";
import type { MediaEngine } from "../media-engine.ts";
import { openDialogMedia } from "./call-media.ts";
import type { PublicAddress } from "../nat/public-address-loop.ts";
import type { Admission } from "./admission.ts";
import { createInboundLeg } from "./inbound-leg.ts";
import { createCallPlacer } from "./place-call.ts";
import { readSdp } from "./sdp.ts";
import { createSipEndpoint, type Flow, type SipCounters, type TraceSip } from "./sip-endpoint.ts";
import type { TlsSettings } from "./sip-transport.ts";
import { createTrunkRequests, type TrunkRequests } from "./trunk-requests.ts";

/** How long a shutdown waits for the far ends of calls that we placed; then they are left to their own timers. */
const STOP_WAIT_MS = 2_000;

export interface SipCarrier<M extends LegMedia = CallMedia> extends Carrier<M> {
  /** known once started; SIP_PORT may be 0 */
  readonly port: number;
  /** undefined: nothing listens for TLS */
  readonly tlsPort: number | undefined;
  readonly counters: SipCounters;
  /** requests to trunks that belong to no call */
  readonly requests: TrunkRequests;
  /** peers that are remembered: calls, transactions, and what was heard from in the last minute */
  readonly flows: number;
}

/** Brings calls in and out over SIP: UDP and TCP on one port, TLS on another. */
export function createSipCarrier<M extends LegMedia>(options: {
  host: string;
  port: number;
  /** what Contact, Via and SDP say, where it is not the address of ours that the peer reaches (behind NAT) */
  publicAddress?: PublicAddress | undefined;
  mediaEngine: MediaEngine<M>;
  tls?: TlsSettings | undefined;
  /** who may call in; @default everybody */
  admission?: Admission | undefined;
  clock: Clock;
  logger: Logger;
  onLeg: (leg: InboundLeg<M>) => void;
  trace?: TraceSip | undefined;
}): SipCarrier<M> {
  const { clock, logger, mediaEngine } = options;
  let isStopping = false;
  const legs = new Set<InboundLeg<M>>();
  const endpoint = createSipEndpoint({
    host: options.host,
    port: options.port,
    advertise: options.publicAddress?.towards,
    tls: options.tls,
    admission: options.admission,
    clock,
    logger,
    trace: options.trace,
    onInvite: (request, flow, source) => {
      try {
        invite(request, flow, source);
      } catch (error) {
        logger.error({ err: toError(error) }, "an INVITE could not be handled");
        try {
          request.reject({ statusCode: 500 });
        } catch {
          // It has its final response already.
        }
      }
    },
  });

  function invite(request: IncomingInviteRequest, flow: Flow, source: CallSource): void {
    // More than can be carried well is refused here, so that the calls that run do not suffer.
    if (isStopping || !mediaEngine.hasRoom()) {
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
    const unbindCall = endpoint.bindCall(callId, flow);
    const media = openDialogMedia(mediaEngine, {
      localAddress: flow.localAddress,
      onLost: (detail) => leg.mediaIsLost(detail),
    }).catch((error: unknown) => {
      logger.error({ err: toError(error) }, "a port for a call's audio could not be opened");
      return undefined;
    });
    const leg = createInboundLeg({
      request,
      source,
      media,
      clock,
      peer: peerOf(request, flow),
      onEnded(end) {
        unbindCall();
        legs.delete(leg);
        void media
          .then((opened) => opened?.close())
          .then((rtp) => logger.debug({ carrier_call_id: callId, end, rtp }, "a SIP leg ended"));
      },
    });
    legs.add(leg);
    options.onLeg(leg);
  }

  const calls = createCallPlacer({ endpoint, mediaEngine, clock, logger });
  return {
    async start() {
      await endpoint.start();
      await options.publicAddress?.start();
    },
    placeCall: calls.placeCall,
    async stop() {
      isStopping = true;
      options.publicAddress?.stop();
      await Promise.all([...[...legs].map((leg) => leg.hangUp()), calls.stop(STOP_WAIT_MS)]);
      await endpoint.stop();
    },
    get port() {
      return endpoint.port;
    },
    get tlsPort() {
      return endpoint.tlsPort;
    },
    requests: createTrunkRequests({ endpoint, clock }),
    get counters() {
      return endpoint.counters;
    },
    get flows() {
      return endpoint.flows;
    },
  };
}

/**
 * Where calls go that are to take the same way back. Over TCP the peer's port is one of the moment, and its Contact says
 * where it listens; its address is the one that we see, whatever it says of itself behind a NAT.
 */
function peerOf({ message }: IncomingInviteRequest, { path }: Flow): CarrierTrunk {
  const { protocol, remote } = path;
  const contact = protocol === "TCP" ? message.parseHeader("contact")?.uri : undefined;
  const port = protocol === "UDP" ? remote.port : ((contact as URI | undefined)?.port ?? 5_060);
  return { address: remote.address, port, protocol };
}
