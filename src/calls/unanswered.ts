import type { PickUp } from "../telephony/carrier.ts";
import type { EndReason } from "./call-state.ts";

/** How a call ended that nobody answered. */
export interface Failed {
  status: "failed";
  reason: EndReason;
  error: string;
}

export type Unanswered = Extract<PickUp, { outcome: "failed" }>;

export const NO_ANSWER: Failed = { status: "failed", reason: "no_answer", error: "Nobody answered" };

export function endOfFailed(pickUp: Unanswered): Failed {
  const { reason, words } = explain(pickUp);
  return { status: "failed", reason, error: pickUp.isSilent ? words : `${words} (SIP ${pickUp.statusCode})` };
}

/**
 * What a SIP status says of a call that was not answered (RFC 3261, 21; RFC 3398, 8.2.6.1, for what networks mean by it).
 * Pure.
 */
export function explain({ statusCode, detail, isSilent }: Unanswered): { reason: EndReason; words: string } {
  if (detail !== undefined) return { reason: "unreachable", words: detail };
  if (isSilent) return { reason: "unreachable", words: "The trunk does not answer" };
  switch (statusCode) {
    case 486:
    case 600:
      return { reason: "busy", words: "The line is busy" };
    case 408:
    case 480:
    case 487:
      return { reason: "no_answer", words: "Nobody answered" };
    case 403:
    case 603:
    case 607:
    case 608:
      return { reason: "declined", words: "The call was refused" };
    case 401:
    case 407:
      return { reason: "unreachable", words: "The trunk did not accept its user name and password" };
    case 404:
    case 410:
    case 416:
    case 484:
    case 485:
    case 604:
      return { reason: "unreachable", words: "There is no such number" };
    case 488:
    case 606:
      return { reason: "unreachable", words: "The called side takes no audio that this server can send" };
    case 300:
    case 301:
    case 302:
    case 305:
    case 380:
      return {
        reason: "unreachable",
        words: "The trunk redirects the call elsewhere, which is not followed",
      };
    default:
      return { reason: "unreachable", words: "The call could not be connected" };
  }
}
