/** What a call needs and no more. UPDATE is not in it: SIP.js does not know it, and a re-INVITE does the same. */
export const ALLOW = "INVITE, ACK, BYE, CANCEL, OPTIONS, INFO, NOTIFY";
const ACCEPT = "application/sdp, application/dtmf-relay, application/dtmf";

const ALLOWED = new Set(ALLOW.split(", "));
/** the rest of the methods that have a meaning (IANA, SIP parameters) */
const KNOWN = new Set(["MESSAGE", "PRACK", "PUBLISH", "REFER", "REGISTER", "SUBSCRIBE", "UPDATE"]);

/**
 * Requests that are answered before SIP.js sees them, which would accept a MESSAGE that nobody reads, promise methods
 * that we do not have, and overlook `Require`. Pure. @returns undefined: it is SIP.js's
 */
export function answerOutright(request: {
  method: string;
  toTag: string | undefined;
  require: string | undefined;
}): { statusCode: number; extraHeaders: string[] } | undefined {
  const { method, require } = request;
  if (!ALLOWED.has(method)) {
    // RFC 3261, 8.2.1 and 21.5.2
    return { statusCode: KNOWN.has(method) ? 405 : 501, extraHeaders: [`Allow: ${ALLOW}`] };
  }
  // How a REFER of ours goes on is told inside its call; nothing else was subscribed to (RFC 6665, 4.1.3).
  if (method === "NOTIFY" && !request.toTag) return { statusCode: 481, extraHeaders: [] };
  // RFC 3261, 8.2.2.3: we have no extension, and those that ask for one must hear it; ACK and CANCEL never do.
  if (require && method !== "ACK" && method !== "CANCEL") {
    return { statusCode: 420, extraHeaders: [`Unsupported: ${require}`] };
  }
  if (method === "OPTIONS" && !request.toTag) {
    return {
      statusCode: 200,
      extraHeaders: [`Allow: ${ALLOW}`, `Accept: ${ACCEPT}`, "Accept-Encoding: identity"],
    };
  }
  return undefined;
}
