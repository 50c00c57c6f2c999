/** What a call needs and no more. UPDATE is not in it: SIP.js does not know it, and a re-INVITE does the same. */
export const ALLOW = "INVITE, ACK, BYE, CANCEL, OPTIONS, INFO, NOTIFY";
const ACCEPT = "application/sdp, application/dtmf-relay, application/dtmf";

/** Gateways put the offer beside their own signalling in one body (RFC 3204); the reader of SDP finds it there. */
const OFFER_TYPE = /^\s*(application\/sdp|multipart\/[a-z]+)\s*(;|$)/i;

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
  /** of the request's URI, in small letters */
  scheme?: string | undefined;
  /** of a body; undefined: there is none, or it does not say */
  contentType?: string | undefined;
}): { statusCode: number; extraHeaders: string[] } | undefined {
  const { method, require } = request;
  if (!ALLOWED.has(method)) {
    // RFC 3261, 8.2.1 and 21.5.2
    return { statusCode: KNOWN.has(method) ? 405 : 501, extraHeaders: [`Allow: ${ALLOW}`] };
  }
  // RFC 3261, 8.2.2.1
  if (request.scheme !== undefined && !/^(sips?|tel)$/.test(request.scheme)) {
    return { statusCode: 416, extraHeaders: [] };
  }
  // How a REFER of ours goes on is told inside its call; nothing else was subscribed to (RFC 6665, 4.1.3).
  if (method === "NOTIFY" && !request.toTag) return { statusCode: 481, extraHeaders: [] };
  // RFC 3261, 8.2.2.3: we have no extension, and those that ask for one must hear it; ACK and CANCEL never do.
  if (require && method !== "ACK" && method !== "CANCEL") {
    return { statusCode: 420, extraHeaders: [`Unsupported: ${require}`] };
  }
  // RFC 3261, 8.2.3. A body that does not say what it is, is taken for what such a body usually is.
  if (method === "INVITE" && request.contentType && !OFFER_TYPE.test(request.contentType)) {
    return { statusCode: 415, extraHeaders: [`Accept: ${ACCEPT}`] };
  }
  if (method === "OPTIONS" && !request.toTag) {
    return {
      statusCode: 200,
      extraHeaders: [`Allow: ${ALLOW}`, `Accept: ${ACCEPT}`, "Accept-Encoding: identity"],
    };
  }
  return undefined;
}
