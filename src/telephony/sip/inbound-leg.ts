import type { IncomingInviteRequest, Session } from "sip.js/lib/core/index.js";
import type { Clock } from "../../clock.ts";
import type { AnswerResult, InboundLeg, LegEnd } from "../carrier.ts";
import type { DialogMedia } from "./call-media.ts";
import { sdpBody, sendBye, serveDialog } from "./dialog-requests.ts";
import { calledNumberOf, callerNumberOf } from "./sip-numbers.ts";

/**
 * The server side of one INVITE:
 *
 *   ringing ──answer()──▶ answering ──ACK──▶ answered ──BYE, either way──▶ ended
 *      │                      └──no ACK for 64 × T1──▶ ended (lost)
 *      └──CANCEL, reject()──▶ ended
 *
 * `ended` settles once; what arrives after it changes nothing.
 */
export function createInboundLeg(options: {
  request: IncomingInviteRequest;
  media: DialogMedia;
  clock: Clock;
  /** the media's timeout, wired by the carrier */
  onMediaTimeout: (listener: () => void) => void;
  /** binds the Call-ID to the flow; the returned function undoes it */
  bindCall: () => () => void;
  onEnded: () => void;
}): InboundLeg {
  const { request, media, clock } = options;
  const { message } = request;
  let state: "ringing" | "answering" | "answered" | "ended" = "ringing";
  let session: Session | undefined;
  let unbindCall: () => void = () => undefined;
  let settleEnded: (end: LegEnd) => void = () => undefined;
  let settleAnswer: (result: AnswerResult) => void = () => undefined;
  const ended = new Promise<LegEnd>((resolve) => (settleEnded = resolve));

  function end(reason: LegEnd): void {
    if (state === "ended") return;
    state = "ended";
    media.close();
    unbindCall();
    settleAnswer({ outcome: "gone" });
    settleEnded(reason);
    options.onEnded();
  }

  request.delegate = {
    onCancel: () => {
      if (state !== "ringing") return;
      request.reject({ statusCode: 487 });
      end({ cause: "cancelled" });
    },
  };
  options.onMediaTimeout(() => {
    if (state === "ended") return;
    if (session) void sendBye(session, clock);
    end({ cause: "lost", detail: "no audio came for 30 s" });
  });

  /** The answer is written when the call is picked up, not when it rings: a port is described only once it is used. */
  function accept(): AnswerResult | undefined {
    const answer = media.answer(message.body);
    if (answer === undefined) {
      // The carrier has looked at the offer before; only a bug gets here.
      request.reject({ statusCode: 488 });
      end({ cause: "lost", detail: "the offer became unusable" });
      return { outcome: "gone" };
    }
    const accepted = request.accept({ statusCode: 200, body: sdpBody(answer) });
    session = accepted.session;
    state = "answering";
    unbindCall = options.bindCall();
    // Before the ACK: the caller may speak at once, and its first packets open our NAT binding.
    const rtp = media.start();
    serveDialog({
      session,
      media,
      onAck() {
        if (state !== "answering") return;
        state = "answered";
        settleAnswer({ outcome: "answered", media: rtp.media });
      },
      onAckTimeout() {
        // RFC 3261, 13.3.1.4: the dialog is confirmed and the session should be ended with BYE.
        if (session) void sendBye(session, clock);
        end({ cause: "lost", detail: "the answer was never acknowledged" });
      },
      onBye: () => end({ cause: "remote-hangup" }),
    });
    return undefined;
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
    ended,
    ring() {
      if (state === "ringing") request.progress({ statusCode: 180 });
    },
    answer() {
      if (state !== "ringing") return Promise.resolve({ outcome: "gone" });
      return new Promise((resolve) => {
        settleAnswer = resolve;
        const failed = accept();
        if (failed) resolve(failed);
      });
    },
    reject(statusCode, reasonPhrase) {
      if (state !== "ringing") return;
      request.reject({ statusCode, reasonPhrase });
      end({ cause: "local" });
    },
    async hangUp() {
      if (state === "ringing") {
        request.reject({ statusCode: 480 });
      } else if (state !== "ended" && session) {
        const over = sendBye(session, clock);
        // Our audio stops now; the dialog is closed by the answer to BYE.
        end({ cause: "local" });
        await over;
        return;
      }
      end({ cause: "local" });
    },
  };
}
