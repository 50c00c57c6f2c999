import type { Session } from "sip.js/lib/core/index.js";
import type { Clock } from "../../clock.ts";
import type { TransferResult } from "../carrier.ts";
import { answerChallenges } from "./digest-client.ts";
import type { DigestCredentials } from "./digest.ts";

/** A REFER of ours that is under way (RFC 3515). */
export interface Referral {
  readonly result: Promise<TransferResult>;
  /** a NOTIFY came. @param body  `SIP/2.0 180 Ringing`, up to a final status */
  notified(body: string): void;
  /** the far end hung up: it has somebody else to talk to */
  legEnded(): void;
}

/** How long the new destination may ring; then the call stays with us. */
const TRANSFER_WITHIN_MS = 60_000;
/** A far end that knows REFER says so at once; SIP's own timer would leave the caller waiting for 32 s. */
const ANSWER_WITHIN_MS = 8_000;

/**
 * Asks the far end to call the destination. Done is it when a NOTIFY says 2xx, or when the far end hangs up after it
 * has accepted, as many do without another word.
 *
 * @param host  where a number lives that is given without one: the far end itself
 */
export function sendRefer(options: {
  session: Session;
  clock: Clock;
  destination: string;
  host: string;
  /** of the trunk, should it ask */
  credentials?: DigestCredentials | undefined;
}): Referral {
  const { session, clock, destination } = options;
  const { promise, resolve } = Promise.withResolvers<TransferResult>();
  let isAccepted = false;
  let isSettled = false;
  const fail = (detail: string) => settle({ outcome: "failed", detail });
  const refuse = (detail: string) => settle({ outcome: "refused", detail });
  let cancelLimit = clock.after(ANSWER_WITHIN_MS, () => refuse("the transfer was not answered"));

  function settle(result: TransferResult): void {
    isSettled = true;
    cancelLimit();
    resolve(result);
  }

  function accept(): void {
    if (isAccepted || isSettled) return;
    isAccepted = true;
    cancelLimit();
    cancelLimit = clock.after(TRANSFER_WITHIN_MS, () => fail("the destination did not answer in time"));
  }

  const request = session.refer(
    {
      onAccept: accept,
      onReject: (response) => refuse(`the transfer was refused with ${response.message.statusCode}`),
      onRedirect: (response) => refuse(`the transfer was refused with ${response.message.statusCode}`),
    },
    {
      extraHeaders: [
        `Refer-To: <${referTo(destination, options.host)}>`,
        `Referred-By: <${session.localURI.toString()}>`,
      ],
    },
  );
  answerChallenges(request, options.credentials, session);

  return {
    result: promise,
    notified(body) {
      // It can overtake the 202 (RFC 3515, 2.4.4).
      accept();
      const statusCode = readSipfrag(body);
      if (statusCode === undefined || statusCode < 200) return;
      if (statusCode < 300) settle({ outcome: "transferred" });
      else fail(`the destination answered ${statusCode}`);
    },
    legEnded: () => (isAccepted ? settle({ outcome: "transferred" }) : fail("the caller hung up")),
  };
}

/**
 * Whether a far end takes REFER, by the Allow header of its INVITE or its 200. Without one nothing is known (RFC 3261,
 * 20.5), and asking costs one round trip. Pure.
 */
export function allowsRefer(allow: readonly string[]): boolean {
  return allow.length === 0 || allow.some((line) => /(?:^|[,\s])REFER(?:[,\s]|$)/i.test(line));
}

/** The status of a message/sipfrag body. */
export function readSipfrag(body: string): number | undefined {
  const status = /^SIP\/2\.0 (\d{3})/.exec(body)?.[1];
  return status === undefined ? undefined : Number(status);
}

export function referTo(destination: string, host: string): string {
  return /^sips?:/i.test(destination) ? destination : `sip:${destination}@${host}`;
}
