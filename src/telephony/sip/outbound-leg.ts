import { URI } from "sip.js/lib/grammar/index.js";
import type { AckableIncomingResponseWithSession, Session } from "sip.js/lib/core/index.js";
import type { Clock } from "../../clock.ts";
import type { CallMedia, LegEnd } from "../carrier.ts";
import type { DialogMedia } from "./call-media.ts";
import { sdpBody, sendBye, serveDialog } from "./dialog-requests.ts";
import type { Flow } from "./sip-flow.ts";

export type OutboundResult =
  | { outcome: "answered"; media: CallMedia }
  /** refused, or nobody there: 408 no answer from the network, 503 no connection (RFC 3261, 8.1.3.1) */
  | { outcome: "failed"; statusCode: number };

/** A call that we placed. */
export interface OutboundLeg {
  readonly callId: string;
  /** Settles once: picked up, or refused with a SIP status. */
  readonly answered: Promise<OutboundResult>;
  readonly ended: Promise<LegEnd>;
  /** CANCEL before the answer, BYE after it. Resolves when the far end has confirmed or the protocol's timer has run out. */
  hangUp(): Promise<void>;
}

export interface OutboundCall {
  to: string;
  from: string;
  remote: { address: string; port: number; protocol: "UDP" | "TCP" };
  /** the far end says that it rings (180), or that something else goes on (183) */
  onRinging?: () => void;
}

/** 64 × T1: an INVITE that was cancelled and still has no final answer is over (RFC 3261, 9.1) */
const CANCEL_WAIT_MS = 32_000;

/**
 * The client side of one INVITE:
 *
 *   calling ──2xx──▶ answered ──BYE, either way──▶ ended
 *      ├──3xx-6xx, timeout──▶ ended
 *      └──hangUp()──▶ cancelling ──487──▶ ended; a 2xx that crosses the CANCEL is acknowledged and hung up
 */
export function createOutboundLeg(options: {
  call: OutboundCall;
  flow: Flow;
  media: DialogMedia;
  clock: Clock;
  onEnded: () => void;
}): OutboundLeg & { abandon(): void; mediaIsLost(): void } {
  const { flow, media, clock, call } = options;
  let state: "calling" | "cancelling" | "answered" | "ended" = "calling";
  let isProceeding = false;
  let session: Session | undefined;
  let stopWaiting: (() => void) | undefined;
  const ended = Promise.withResolvers<LegEnd>();
  const answered = Promise.withResolvers<OutboundResult>();

  function end(reason: LegEnd, statusCode = 487): void {
    if (state === "ended") return;
    state = "ended";
    stopWaiting?.();
    media.close();
    answered.resolve({ outcome: "failed", statusCode });
    ended.resolve(reason);
    options.onEnded();
  }

  async function endSession(reason: LegEnd): Promise<void> {
    if (state === "ended" || !session) return;
    const over = sendBye(session, clock);
    end(reason);
    await over;
  }

  /** Any provisional answer. Before the first one a CANCEL is not allowed (9.1), so one that is due waits for it. */
  function proceed(isRinging: boolean): void {
    if (!isProceeding && state === "cancelling") request.cancel();
    isProceeding = true;
    if (isRinging && state === "calling") call.onRinging?.();
  }

  function accept(response: AckableIncomingResponseWithSession): void {
    const hasMedia = state === "calling" && media.takeAnswer(response.message.body);
    response.ack();
    if (!hasMedia) {
      // A fork's second answer, an answer that crosses our CANCEL, or one that we cannot use: it is up, so it is hung up.
      const isUnusable = state === "calling";
      void sendBye(response.session, clock);
      if (isUnusable) end({ cause: "local" }, 488);
      else if (state === "cancelling") end({ cause: "local" });
      return;
    }
    session = response.session;
    state = "answered";
    serveDialog({
      session,
      media,
      onAckTimeout: () => undefined,
      onBye: () => end({ cause: "remote-hangup" }),
    });
    answered.resolve({ outcome: "answered", media: media.start().media });
  }

  const { address, port, protocol } = call.remote;
  const host = address.includes(":") ? `[${address}]` : address;
  const localHost = flow.localAddress.includes(":") ? `[${flow.localAddress}]` : flow.localAddress;
  const message = flow.core.makeOutgoingRequestMessage(
    "INVITE",
    new URI("sip", call.to, host, port, protocol === "TCP" ? { transport: "tcp" } : {}),
    new URI("sip", call.from, localHost),
    new URI("sip", call.to, host),
    {},
    [`Contact: ${flow.core.configuration.contact.toString()}`],
    sdpBody(media.offer()),
  );
  const request = flow.core.invite(message, {
    onTrying: () => proceed(false),
    onProgress: () => proceed(true),
    onAccept: accept,
    onReject: (response) => end({ cause: "local" }, response.message.statusCode ?? 500),
    // Nothing is followed: who may send our calls elsewhere is a question of trust that has no answer yet.
    onRedirect: (response) => end({ cause: "local" }, response.message.statusCode ?? 302),
  });

  return {
    callId: message.callId,
    answered: answered.promise,
    ended: ended.promise,
    async hangUp() {
      if (state === "answered") return endSession({ cause: "local" });
      if (state === "calling") {
        state = "cancelling";
        stopWaiting = clock.after(CANCEL_WAIT_MS, () => end({ cause: "local" }));
        if (isProceeding) request.cancel();
      }
      await ended.promise;
    },
    abandon: () => end({ cause: "local" }),
    mediaIsLost: () => void endSession({ cause: "lost", detail: "no audio came" }),
  };
}
