import {
  SessionState,
  type IncomingInfoRequest,
  type IncomingInviteRequest,
  type Session,
} from "sip.js/lib/core/index.js";
import type { Clock } from "../../clock.ts";
import type { Digit } from "../carrier.ts";
import { isDigit } from "../rtp/telephone-event.ts";
import type { DialogMedia } from "./call-media.ts";
import { answerChallenges } from "./digest-client.ts";
import type { DigestCredentials } from "./digest.ts";

export const SDP = "application/sdp";

/** A SIP.js body. */
export function sdpBody(content: string) {
  return { contentDisposition: "session", contentType: SDP, content };
}

/** What both ends of a call do with requests inside the dialog: re-INVITE, INFO, BYE. */
export function serveDialog(options: {
  session: Session;
  media: DialogMedia;
  /** @param hasMedia  false: the answer to our offer should have come with it, and is not there or is of no use */
  onAck?: (hasMedia: boolean) => void;
  onAckTimeout: () => void;
  onBye: () => void;
  /** how a REFER of ours goes on: the body, a status line (RFC 3515, 2.4.5) */
  onNotify?: (body: string) => void;
}): void {
  const { session, media } = options;
  session.delegate = {
    onAck: ({ message }) => options.onAck?.(media.takeAnswer(message.body)),
    onAckTimeout: () => options.onAckTimeout(),
    onBye(request) {
      request.accept();
      options.onBye();
    },
    onInvite(request) {
      // Our answer to the first one is not acknowledged yet. SIP.js keeps one timer for both, and would repeat that
      // answer for ever; nobody who keeps to RFC 3261, 14.1 asks now.
      if (session.sessionState === SessionState.AckWait) request.reject({ statusCode: 491 });
      else answerReinvite(request, media);
    },
    onInfo: (request) => takeInfo(request, media),
    onNotify(request) {
      request.accept();
      options.onNotify?.(request.message.body ?? "");
    },
  };
}

/** Hold, resume, another codec or another address (RFC 3261, 14). What cannot be used is refused and changes nothing. */
function answerReinvite(request: IncomingInviteRequest, media: DialogMedia): void {
  const offer = request.message.body;
  // Without an offer the peer asks for ours and answers it in its ACK; some PBXes do it to resume.
  const answer = offer ? media.answer(offer) : media.offer();
  if (answer === undefined) request.reject({ statusCode: 488 });
  else request.accept({ statusCode: 200, body: sdpBody(answer) });
}

/** Digits by INFO, as older trunks send them: application/dtmf-relay (`Signal=5`) or application/dtmf (`5`). */
function takeInfo(request: IncomingInfoRequest, media: DialogMedia): void {
  const isRelay = /^application\/dtmf(-relay)?\s*(;|$)/i.test(
    request.message.getHeader("content-type") ?? "",
  );
  if (!isRelay) {
    request.reject({ statusCode: 415, extraHeaders: ["Accept: application/dtmf-relay, application/dtmf"] });
    return;
  }
  request.accept();
  const digit = readInfoDigit(request.message.body ?? "");
  if (digit) media.injectDigit(digit);
}

/** Pure. Some gateways write `10` and `11` for star and hash, as RFC 4733 numbers them. */
export function readInfoDigit(body: string): Digit | undefined {
  const written = (/^\s*signal\s*=\s*(\S+)/im.exec(body)?.[1] ?? body.trim()).toUpperCase();
  const digit = written === "10" ? "*" : written === "11" ? "#" : written;
  return isDigit(digit) ? digit : undefined;
}

/** How long a hang-up waits for its 200 before the call is taken for over; the BYE itself is repeated for longer. */
const BYE_WAIT_MS = 2_000;

/**
 * Sends BYE. Resolves when it is answered, or after a while.
 * @param options.mayBye  when BYE is allowed: the called side must wait for the ACK, or for its timer (RFC 3261, 15)
 */
export function sendBye(
  session: Session,
  clock: Clock,
  options: { mayBye?: Promise<void>; credentials?: DigestCredentials | undefined } = {},
): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.after(BYE_WAIT_MS, resolve);
    const done = () => {
      cancel();
      resolve();
    };
    void (options.mayBye ?? Promise.resolve()).then(() => {
      try {
        const request = session.bye({ onAccept: done, onReject: done, onRedirect: done });
        answerChallenges(request, options.credentials);
      } catch {
        // The dialog is gone already: the peer's BYE crossed ours.
        done();
      }
    });
  });
}
