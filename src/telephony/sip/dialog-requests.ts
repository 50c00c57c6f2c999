import type { IncomingInfoRequest, IncomingInviteRequest, Session } from "sip.js/lib/core/index.js";
import type { Clock } from "../../clock.ts";
import type { Digit } from "../carrier.ts";
import type { DialogMedia } from "./call-media.ts";

export const SDP = "application/sdp";

/** A SIP.js body. */
export function sdpBody(content: string) {
  return { contentDisposition: "session", contentType: SDP, content };
}

/** What both ends of a call do with requests inside the dialog: re-INVITE, INFO, BYE. */
export function serveDialog(options: {
  session: Session;
  media: DialogMedia;
  onAck: () => void;
  onAckTimeout: () => void;
  onBye: () => void;
}): void {
  const { session, media } = options;
  session.delegate = {
    onAck: () => options.onAck(),
    onAckTimeout: () => options.onAckTimeout(),
    onBye(request) {
      request.accept();
      options.onBye();
    },
    onInvite: (request) => answerReinvite(request, media),
    onInfo: (request) => takeInfo(request, media),
    // Transfers by REFER and the rest are not taken; the peer is told so.
    onRefer: (request) => request.reject({ statusCode: 603 }),
    onNotify: (request) => request.accept(),
    onMessage: (request) => request.reject({ statusCode: 415 }),
    onPrack: (request) => request.accept(),
  };
}

/** Hold, resume, another codec or another address (RFC 3261, 14). What cannot be used is refused and changes nothing. */
function answerReinvite(request: IncomingInviteRequest, media: DialogMedia): void {
  const offer = request.message.body;
  // Without an offer the peer asks for ours; some PBXes do it to resume.
  const answer = offer ? media.answer(offer) : media.offer();
  if (answer === undefined) request.reject({ statusCode: 488 });
  else request.accept({ statusCode: 200, body: sdpBody(answer) });
}

/** Digits by INFO (application/dtmf-relay: `Signal=5`), as older trunks send them. */
function takeInfo(request: IncomingInfoRequest, media: DialogMedia): void {
  const isRelay = /^application\/dtmf(-relay)?$/i.test(request.message.getHeader("content-type") ?? "");
  if (!isRelay) {
    request.reject({ statusCode: 415 });
    return;
  }
  request.accept();
  const digit = /^(?:\s*signal\s*=\s*)?([0-9*#A-D])\b/im.exec(request.message.body ?? "")?.[1]?.toUpperCase();
  const star = /signal\s*=\s*([*#])/i.exec(request.message.body ?? "")?.[1];
  const found = digit ?? star;
  if (found) media.session?.injectDigit(found as Digit);
}

/** How long a hang-up waits for its 200 before the call is taken for over; the BYE itself is repeated for longer. */
const BYE_WAIT_MS = 2_000;

/** Sends BYE. Resolves when it is answered, or after a while. */
export function sendBye(session: Session, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.after(BYE_WAIT_MS, resolve);
    const done = () => {
      cancel();
      resolve();
    };
    try {
      session.bye({ onAccept: done, onReject: done, onRedirect: done });
    } catch {
      // The dialog is gone already: the peer's BYE crossed ours.
      done();
    }
  });
}
