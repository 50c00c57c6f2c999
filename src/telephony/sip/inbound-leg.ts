import type { IncomingInviteRequest, Session } from "sip.js/lib/core/index.js";
import type { Clock } from "../../clock.ts";
import type {
  AnswerResult,
  CallSource,
  CarrierTrunk,
  InboundLeg,
  InboundTrunk,
  LegEnd,
  LegMedia,
} from "../carrier.ts";
import type { DialogMedia } from "./call-media.ts";
import { sdpBody, sendBye, serveDialog } from "./dialog-requests.ts";
import { allowsRefer, sendRefer, type Referral } from "./refer.ts";
import { calledNumberOf, callerNumberOf } from "./sip-numbers.ts";

/** More is "for ever", and more than a timer can hold. */
const LONGEST_EXPIRES_SECONDS = 86_400;

/**
 * The server side of one INVITE:
 *
 *   ringing ──answer()──▶ answering ──ACK──▶ answered ──BYE, either way──▶ ended
 *      │                      ├──no ACK for 64 × T1──▶ ended (lost)
 *      │                      └──hangUp()──▶ ended; the BYE follows the ACK
 *      └──CANCEL, reject(), Expires──▶ ended
 *
 * `ended` settles once; what arrives after it changes nothing.
 */
export function createInboundLeg<M extends LegMedia>(options: {
  request: IncomingInviteRequest;
  source: CallSource;
  /** May be on its way still: the caller hears that it rings before a port is open. undefined: there is none to be had */
  media: Promise<DialogMedia<M> | undefined>;
  clock: Clock;
  /** where the INVITE came from */
  peer: CarrierTrunk;
  /** once, when the leg is over */
  onEnded: (end: LegEnd) => void;
}): InboundLeg<M> & { mediaIsLost: (detail: string) => void } {
  const { request, clock } = options;
  const { message } = request;
  let state: "ringing" | "answering" | "answered" | "ended" = "ringing";
  let session: Session | undefined;
  let referral: Referral | undefined;
  let trunk: InboundTrunk | undefined;
  let takesTransfers = allowsRefer(message.getHeaders("allow"));
  const ended = Promise.withResolvers<LegEnd>();
  const answered = Promise.withResolvers<AnswerResult<M>>();
  /** the ACK is here, or will never be: from then on a BYE is allowed */
  const mayBye = Promise.withResolvers<void>();

  function end(reason: LegEnd): void {
    if (state === "ended") return;
    state = "ended";
    cancelExpiry?.();
    referral?.legEnded();
    answered.resolve({ outcome: "gone" });
    ended.resolve(reason);
    options.onEnded(reason);
  }

  function endRinging(
    statusCode: number,
    reason: LegEnd,
    more: { reasonPhrase?: string; extraHeaders?: string[] } = {},
  ): void {
    if (state !== "ringing") return;
    try {
      request.reject({ statusCode, ...more });
    } catch {
      // Its transaction is over already, and nobody is left to be told. The leg ends all the same: it holds a port.
    }
    end(reason);
  }

  /** Our audio stops now; the dialog is closed by the answer to BYE. */
  async function endSession(reason: LegEnd): Promise<void> {
    if (state === "ended" || !session) return;
    const over = sendBye(session, clock, {
      mayBye: mayBye.promise,
      credentials: trunk?.credentials,
    });
    end(reason);
    await over;
  }

  void options.media.then((media) => {
    if (!media) endRinging(503, { cause: "lost", detail: "there was no port for its audio" });
  });
  request.delegate = { onCancel: () => endRinging(487, { cause: "cancelled" }) };
  // How long the caller is willing to let it ring (RFC 3261, 13.3.1).
  const expiresSeconds = Number(message.getHeader("expires") ?? 0);
  const cancelExpiry =
    expiresSeconds > 0 && expiresSeconds <= LONGEST_EXPIRES_SECONDS
      ? clock.after(expiresSeconds * 1_000, () => endRinging(487, { cause: "cancelled" }))
      : undefined;

  /** The answer is written when the call is picked up, not when it rings: a port is described only once it is used. */
  function accept(media: DialogMedia<M>): void {
    const body = message.body ? media.answer(message.body) : media.offer();
    if (body === undefined) {
      // The carrier has looked at the offer before; only a bug gets here.
      endRinging(488, { cause: "lost", detail: "the offer became unusable" });
      return;
    }
    // Agreed with the trunk: no call of its in clear. Where the offer is ours, nothing is agreed yet, and it offers no keys.
    if (trunk?.srtp === "require" && !media.isSecure) {
      endRinging(488, { cause: "lost", detail: "the trunk requires encrypted audio, and offered none" });
      return;
    }
    try {
      session = request.accept({ statusCode: 200, body: sdpBody(body) }).session;
    } catch {
      // No dialog can be made of it: its Contact is missing or of no use (RFC 3261, 8.1.1.8), or its transaction is over.
      endRinging(400, { cause: "lost", detail: "the INVITE could not be answered" });
      return;
    }
    state = "answering";
    // Before the ACK: the caller may speak at once, and its first packets open our NAT binding. Where the offer is
    // ours, the ACK brings the other half and there is nobody to send to yet.
    if (message.body) media.start();
    serveDialog({
      session,
      media,
      onAck(hasMedia) {
        mayBye.resolve();
        if (state !== "answering") return;
        if (!hasMedia) {
          void endSession({ cause: "lost", detail: "our offer was not answered" });
          return;
        }
        state = "answered";
        answered.resolve({ outcome: "answered", media: media.start() });
      },
      onAckTimeout() {
        // RFC 3261, 13.3.1.4: the dialog is confirmed and the session should be ended with BYE.
        mayBye.resolve();
        void endSession({ cause: "lost", detail: "the answer was never acknowledged" });
      },
      onBye: () => end({ cause: "remote-hangup" }),
      onNotify: (sipfrag) => referral?.notified(sipfrag),
    });
  }

  const headers = {
    requestUri: /^\S+ (\S+)/.exec(message.data)?.[1] ?? "",
    to: message.getHeader("to") ?? "",
    from: message.getHeader("from") ?? "",
    assertedIdentity: message.getHeader("p-asserted-identity"),
  };
  return {
    carrier: "sip",
    carrierCallId: message.callId,
    calledNumber: calledNumberOf(headers),
    callerNumber: callerNumberOf(headers),
    ended: ended.promise,
    source: options.source,
    setTrunk(itsTrunk) {
      trunk = itsTrunk;
    },
    get peer() {
      return trunk ?? options.peer;
    },
    get takesTransfers() {
      return takesTransfers;
    },
    ring() {
      if (state !== "ringing") return;
      try {
        const early = request.progress({ statusCode: 180 }).session;
        // The caller may give up by BYE as well (RFC 3261, 15): SIP.js answers it, and would leave the INVITE open.
        early.delegate = {
          onBye(bye) {
            bye.accept();
            endRinging(487, { cause: "cancelled" });
          },
        };
      } catch {
        // As with the answer: SIP.js makes the dialog now, and finds that it cannot.
        endRinging(400, { cause: "lost", detail: "the INVITE could not be answered" });
      }
    },
    async answer() {
      const media = await options.media;
      if (media && state === "ringing") accept(media);
      return answered.promise;
    },
    reject: (statusCode, reasonPhrase, retryAfterSeconds) =>
      endRinging(
        statusCode,
        { cause: "local" },
        {
          reasonPhrase,
          ...(retryAfterSeconds !== undefined && { extraHeaders: [`Retry-After: ${retryAfterSeconds}`] }),
        },
      ),
    async transfer(destination) {
      if (state !== "answered" || !session || referral) return { outcome: "failed", detail: "not in a call" };
      const { host } = session.remoteURI;
      referral = sendRefer({ session, clock, destination, host, credentials: trunk?.credentials });
      const result = await referral.result;
      referral = undefined;
      if (result.outcome === "refused") takesTransfers = false;
      return result;
    },
    async hangUp() {
      endRinging(480, { cause: "local" });
      await endSession({ cause: "local" });
    },
    mediaIsLost: (detail) => void endSession({ cause: "lost", detail }),
  };
}
