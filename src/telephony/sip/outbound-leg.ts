import { Grammar, URI } from "sip.js/lib/grammar/index.js";
import type { AckableIncomingResponseWithSession, Session } from "sip.js/lib/core/index.js";
import type { Clock } from "../../clock.ts";
import type { LegEnd, LegMedia, OutboundCall, OutboundLeg, PickUp } from "../carrier.ts";
import type { DialogMedia } from "./call-media.ts";
import { sdpBody, sendBye, serveDialog } from "./dialog-requests.ts";
import { answerChallenges } from "./digest-client.ts";
import { allowsRefer, sendRefer, type Referral } from "./refer.ts";
import { transportParameter, type Flow } from "./sip-flow.ts";

/** 64 × T1: an INVITE that was cancelled and still has no final answer is over (RFC 3261, 9.1) */
const CANCEL_WAIT_MS = 32_000;

/**
 * The client side of one INVITE:
 *
 *   calling ──2xx──▶ answered ──BYE, either way──▶ ended
 *      ├──3xx-6xx, timeout──▶ ended
 *      └──hangUp()──▶ cancelling ──487──▶ ended; a 2xx that crosses the CANCEL is acknowledged and hung up
 */
export function createOutboundLeg<M extends LegMedia>(options: {
  call: OutboundCall;
  /** of the trunk, resolved */
  address: string;
  flow: Flow;
  media: DialogMedia<M>;
  clock: Clock;
  onEnded: () => void;
}): OutboundLeg<M> & { abandon(): void; mediaIsLost(detail: string): void } {
  const { flow, media, clock, call } = options;
  let state: "calling" | "cancelling" | "answered" | "ended" = "calling";
  let isProceeding = false;
  let session: Session | undefined;
  let referral: Referral | undefined;
  let takesTransfers = true;
  let stopWaiting: (() => void) | undefined;
  const ended = Promise.withResolvers<LegEnd>();
  const answered = Promise.withResolvers<PickUp<M>>();

  function end(reason: LegEnd, statusCode = 487, isSilent = false): void {
    if (state === "ended") return;
    state = "ended";
    stopWaiting?.();
    referral?.legEnded();
    void media.close();
    answered.resolve({ outcome: "failed", statusCode, ...(isSilent && { isSilent }) });
    ended.resolve(reason);
    options.onEnded();
  }

  async function endSession(reason: LegEnd): Promise<void> {
    if (state === "ended" || !session) return;
    const over = sendBye(session, clock, { credentials });
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
    response.ack({ extraHeaders: authorization() });
    if (!hasMedia) {
      // A fork's second answer, an answer that crosses our CANCEL, or one that we cannot use: it is up, so it is hung up.
      const isUnusable = state === "calling";
      void sendBye(response.session, clock, { credentials });
      if (isUnusable) end({ cause: "local" }, 488);
      else if (state === "cancelling") end({ cause: "local" });
      return;
    }
    session = response.session;
    takesTransfers = allowsRefer(response.message.getHeaders("allow"));
    state = "answered";
    serveDialog({
      session,
      media,
      onAckTimeout: () => undefined,
      onBye: () => end({ cause: "remote-hangup" }),
      onNotify: (sipfrag) => referral?.notified(sipfrag),
    });
    answered.resolve({ outcome: "answered", media: media.start() });
  }

  const { address } = options;
  const { port, protocol, credentials } = call.trunk;
  const host = address.includes(":") ? `[${address}]` : address;
  const localHost = flow.localAddress.includes(":") ? `[${flow.localAddress}]` : flow.localAddress;
  // A URI goes to the trunk as it is, for it to route: the trunk is who we trust, not who is named.
  const uri = /^sips?:/i.test(call.to) ? Grammar.URIParse(call.to) : undefined;
  const message = flow.core.makeOutgoingRequestMessage(
    "INVITE",
    uri ?? new URI("sip", call.to, host, port, transportParameter(protocol)),
    new URI("sip", call.from, localHost),
    uri ?? new URI("sip", call.to, host),
    {},
    [`Contact: ${flow.core.configuration.contact.toString()}`],
    sdpBody(media.offer()),
  );
  const request = flow.core.invite(message, {
    onTrying: () => proceed(false),
    onProgress: () => proceed(true),
    onAccept: accept,
    // SIP.js makes a 408 of its own when its timer B runs out; one that came by the wire has headers.
    onReject: ({ message: { statusCode = 500, callId } }) =>
      end({ cause: "local" }, statusCode, statusCode === 408 && !callId),
    // Nothing is followed: who may send our calls elsewhere is a question of trust that has no answer yet.
    onRedirect: (response) => end({ cause: "local" }, response.message.statusCode ?? 302),
  });

  const authorization = answerChallenges(request, credentials);

  return {
    carrierCallId: message.callId,
    peer: call.trunk,
    get takesTransfers() {
      return takesTransfers;
    },
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
    async transfer(destination) {
      if (state !== "answered" || !session || referral) return { outcome: "failed", detail: "not in a call" };
      referral = sendRefer({ session, clock, destination, host, credentials });
      const result = await referral.result;
      referral = undefined;
      if (result.outcome === "refused") takesTransfers = false;
      return result;
    },
    abandon: () => end({ cause: "local" }),
    mediaIsLost: (detail) => void endSession({ cause: "lost", detail }),
  };
}
