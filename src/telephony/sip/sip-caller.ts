import { URI } from "sip.js/lib/grammar/index.js";
import type { OutgoingInviteRequest, Session } from "sip.js/lib/core/index.js";
import type { PortRange } from "../../config.ts";
import type { Clock } from "../../clock.ts";
import type { Logger } from "../../logger.ts";
import type { CallMedia, LegEnd } from "../carrier.ts";
import { createPacer } from "../rtp/pacer.ts";
import { createRtpPorts } from "../rtp/rtp-ports.ts";
import { openDialogMedia } from "./call-media.ts";
import { SDP, sdpBody, sendBye, serveDialog } from "./dialog-requests.ts";
import { createSipEndpoint, type TraceSip } from "./sip-endpoint.ts";

/** A call that we placed. */
export interface OutboundLeg {
  readonly callId: string;
  /** Settles once: picked up, or refused with a SIP status. */
  readonly answered: Promise<
    { outcome: "answered"; media: CallMedia } | { outcome: "failed"; statusCode: number }
  >;
  readonly ended: Promise<LegEnd>;
  /** CANCEL before the answer, BYE after it. */
  hangUp(): Promise<void>;
}

export interface PlaceCall {
  to: string;
  from: string;
  remote: { address: string; port: number; protocol: "UDP" | "TCP" };
}

export interface SipCaller {
  start(): Promise<void>;
  stop(): Promise<void>;
  placeCall(call: PlaceCall): Promise<OutboundLeg>;
}

/** The calling side on the same transports and media as the carrier; the demo's caller is one. */
export function createSipCaller(options: {
  host: string;
  rtpPorts: PortRange;
  clock: Clock;
  logger: Logger;
  trace?: TraceSip | undefined;
}): SipCaller {
  const { clock } = options;
  const pacer = createPacer(clock);
  const ports = createRtpPorts(options.rtpPorts);
  const endpoint = createSipEndpoint({
    host: options.host,
    port: 0,
    clock,
    logger: options.logger,
    trace: options.trace,
    onInvite: (request) => request.reject({ statusCode: 486 }),
  });
  const legs = new Set<OutboundLeg>();

  async function placeCall({ to, from, remote }: PlaceCall): Promise<OutboundLeg> {
    const flow = await endpoint.openFlow(remote.protocol, remote);
    let settleEnded: (end: LegEnd) => void = () => undefined;
    let settleAnswered: (result: Awaited<OutboundLeg["answered"]>) => void = () => undefined;
    const ended = new Promise<LegEnd>((resolve) => (settleEnded = resolve));
    const answered = new Promise<Awaited<OutboundLeg["answered"]>>((resolve) => (settleAnswered = resolve));
    const media = await openDialogMedia({
      ports,
      pacer,
      bindAddress: options.host,
      localAddress: flow.localAddress,
      onTimeout: () => end({ cause: "lost", detail: "no audio came for 30 s" }),
    });
    if (!media) throw new Error("no RTP port is free for a call of ours");
    let session: Session | undefined;
    let unbindCall: () => void = () => undefined;
    let isOver = false;

    function end(reason: LegEnd): void {
      if (isOver) return;
      isOver = true;
      media?.close();
      unbindCall();
      legs.delete(leg);
      settleEnded(reason);
    }

    const target = new URI(
      "sip",
      to,
      remote.address,
      remote.port,
      remote.protocol === "TCP" ? { transport: "tcp" } : {},
    );
    const toUri = new URI("sip", to, remote.address);
    const fromUri = new URI("sip", from, flow.localAddress);
    const message = flow.core.makeOutgoingRequestMessage(
      "INVITE",
      target,
      fromUri,
      toUri,
      {},
      [`Contact: ${flow.core.configuration.contact.toString()}`],
      sdpBody(media.offer()),
    );
    const invite: OutgoingInviteRequest = flow.core.invite(message, {
      onAccept(response) {
        const answer = response.message.body;
        session = response.session;
        unbindCall = endpoint.bindCall(message.callId, flow);
        const isUsable =
          response.message.getHeader("content-type")?.toLowerCase() === SDP && media.takeAnswer(answer);
        response.ack();
        serveDialog({
          session,
          media,
          onAck: () => undefined,
          onAckTimeout: () => undefined,
          onBye: () => end({ cause: "remote-hangup" }),
        });
        if (!isUsable) {
          void sendBye(session, clock);
          settleAnswered({ outcome: "failed", statusCode: 488 });
          end({ cause: "local" });
          return;
        }
        settleAnswered({ outcome: "answered", media: media.start().media });
      },
      onReject(response) {
        settleAnswered({ outcome: "failed", statusCode: response.message.statusCode ?? 500 });
        end({ cause: "local" });
      },
      onRedirect() {
        settleAnswered({ outcome: "failed", statusCode: 302 });
        end({ cause: "local" });
      },
    });

    const leg: OutboundLeg = {
      callId: message.callId,
      answered,
      ended,
      async hangUp() {
        if (isOver) return;
        if (session) {
          const over = sendBye(session, clock);
          end({ cause: "local" });
          await over;
        } else {
          invite.cancel();
          await answered;
        }
      },
    };
    legs.add(leg);
    return leg;
  }

  return {
    start: () => endpoint.start(),
    async stop() {
      await Promise.all([...legs].map((leg) => leg.hangUp()));
      await endpoint.stop();
    },
    placeCall,
  };
}
