/**
 * The little that has to be known of a SIP message before a parser sees it: whether it repeats another, and where
 * its answer goes. Pure.
 */
export interface SipSummary {
  /** the method of a request; undefined: a response */
  method: string | undefined;
  /** undefined: a request */
  statusCode: number | undefined;
  /** top Via: what tells one transaction from another (RFC 3261, 17.1.3 and 17.2.3) */
  transaction: string;
  /** the method in CSeq: that of the request which a response answers */
  cseqMethod: string;
  callId: string;
}

/** A method is a token (RFC 3261, 25.1); one that nobody has is answered with 501. */
const REQUEST_LINE = /^([\w.!%*+`'~-]+) \S+ SIP\/2\.0\r\n/;
const STATUS_LINE = /^SIP\/2\.0 ([1-6]\d\d) [^\r\n]*\r\n/;
const TOP_VIA = /^(?:via|v)[ \t]*:[ \t]*([^\r\n,]+)/im;
const CSEQ = /^cseq[ \t]*:[ \t]*(\d+)[ \t]+([\w.!%*+`'~-]+)/im;
const CONTENT_LENGTH = /^(?:content-length|l)[ \t]*:[ \t]*(\d{1,9})[ \t]*$/im;
const CALL_ID = /^(?:call-id|i)[ \t]*:[ \t]*(\S+)/im;

/** A header may go on in the next line, which then begins with white space (RFC 3261, 7.3.1). The body stays as it is. */
export function unfold(text: string): string {
  const end = text.indexOf("\r\n\r\n");
  const headers = end === -1 ? text : text.slice(0, end);
  // Most messages have none.
  if (!/\r\n[ \t]/.test(headers)) return text;
  return headers.replace(/[ \t]*\r\n[ \t]+/g, " ") + text.slice(headers.length);
}

/** @returns undefined for what is not a SIP message */
export function summarize(text: string): SipSummary | undefined {
  const method = REQUEST_LINE.exec(text)?.[1];
  const statusText = STATUS_LINE.exec(text)?.[1];
  const via = TOP_VIA.exec(text)?.[1];
  const [, cseqNumber, cseqMethod] = CSEQ.exec(text) ?? [];
  const callId = CALL_ID.exec(text)?.[1];
  if ((!method && !statusText) || !via || !cseqMethod || !callId) return undefined;
  const branch = /;[ \t]*branch[ \t]*=[ \t]*([^;\s,]+)/i.exec(via)?.[1];
  const sentBy = via.split(";", 1)[0]!.trim().split(/\s+/).at(-1)!;
  return {
    method,
    statusCode: statusText === undefined ? undefined : Number(statusText),
    // Peers from before RFC 3261 have no unique branch; Call-ID and CSeq then have to do (17.2.3).
    transaction: `${/^z9hG4bK./.test(branch ?? "") ? branch : `${callId}|${cseqNumber}`}|${sentBy.toLowerCase()}`,
    cseqMethod,
    callId,
  };
}

/**
 * Whether a datagram ends before its body does (RFC 3261, 18.3): half an offer must not be answered as if it were one.
 * @param sizeBytes of the datagram
 */
export function isTruncated(text: string, sizeBytes: number): boolean {
  const headersEnd = text.indexOf("\r\n\r\n");
  const headers = headersEnd === -1 ? text : text.slice(0, headersEnd);
  const length = CONTENT_LENGTH.exec(headers)?.[1];
  return length !== undefined && Number(length) > sizeBytes - Buffer.byteLength(headers) - 4;
}

/** The tags of both ends (RFC 3261, 12): with the Call-ID they name a dialog. */
export function readTags(text: string): { toTag: string | undefined; fromTag: string | undefined } {
  return {
    toTag: /^(?:to|t)[ \t]*:[^\r\n]*;[ \t]*tag=([^\s;,>]+)/im.exec(text)?.[1],
    fromTag: /^(?:from|f)[ \t]*:[^\r\n]*;[ \t]*tag=([^\s;,>]+)/im.exec(text)?.[1],
  };
}

/** Where a request of ours goes when the connection it would take is gone: the first Route, else its URI (RFC 3261, 8.1.2). */
export function nextHopOf(request: string): { address: string; port: number } | undefined {
  const uri = /^route[ \t]*:[ \t]*<([^>]+)>/im.exec(request)?.[1] ?? /^[A-Z]+ (\S+) SIP/.exec(request)?.[1];
  const match = /^sips?:(?:[^@]*@)?(\[[^\]]+\]|[^:;?]+)(?::(\d{1,5}))?/i.exec(uri ?? "");
  if (!match) return undefined;
  return { address: match[1]!.replace(/^\[|\]$/g, ""), port: Number(match[2] ?? 5_060) };
}

/** Notes in the top Via where a request really came from, so that its responses go there (RFC 3261, 18.2.1; RFC 3581, 4). */
export function stampVia(text: string, from: { address: string; port: number }): string {
  return text.replace(TOP_VIA, (line) => {
    const bare = line.replace(/;[ \t]*received[ \t]*=[^;,\r\n]*/i, "");
    const withPort = bare.replace(/;[ \t]*rport(?:[ \t]*=[^;,\r\n]*)?(?=;|$)/i, `;rport=${from.port}`);
    return `${withPort};received=${from.address}`;
  });
}

/** The value of a header's first line, lines that continue it included (RFC 3261, 7.3.1). @param names  long and short form */
export function headerOf(text: string, ...names: string[]): string | undefined {
  return headerLinesOf(text, ...names)[0];
}

/** The values of all of a header's lines, in their order. */
export function headerLinesOf(text: string, ...names: string[]): string[] {
  const pattern = new RegExp(`^(?:${names.join("|")})[ \\t]*:[ \\t]*((?:[^\\r\\n]|\\r\\n[ \\t])*)`, "gim");
  return [...headersOf(text).matchAll(pattern)].map(([, value]) =>
    value!.replaceAll(/\r\n[ \t]+/g, " ").trim(),
  );
}

/** All of a message but its body, in which lines could look like headers. */
export function headersOf(text: string): string {
  const end = text.indexOf("\r\n\r\n");
  return end === -1 ? text : text.slice(0, end + 2);
}

export const MAX_MESSAGE_BYTES = 65_535;

export type FrameResult =
  | { outcome: "message"; text: string; rest: Buffer }
  | { outcome: "incomplete" }
  /** keep-alive: two line ends, to be answered with one (RFC 5626, 3.5.1) */
  | { outcome: "ping"; rest: Buffer }
  | { outcome: "malformed"; problem: string };

/** Cuts the next message out of a stream: headers up to the empty line, then as many bytes as Content-Length says (RFC 3261, 18.3). */
export function frameMessage(buffer: Buffer): FrameResult {
  if (buffer.length === 0) return { outcome: "incomplete" };
  if (buffer[0] === 13 || buffer[0] === 10) {
    if (buffer.subarray(0, 4).toString("latin1") === "\r\n\r\n")
      return { outcome: "ping", rest: buffer.subarray(4) };
    if (buffer.length < 4 && "\r\n\r\n".startsWith(buffer.toString("latin1")))
      return { outcome: "incomplete" };
    let skip = 0;
    while (skip < buffer.length && (buffer[skip] === 13 || buffer[skip] === 10)) skip++;
    return frameMessage(buffer.subarray(skip));
  }
  const headersEnd = buffer.indexOf("\r\n\r\n");
  if (headersEnd === -1) {
    return buffer.length > MAX_MESSAGE_BYTES
      ? { outcome: "malformed", problem: "headers without an end" }
      : { outcome: "incomplete" };
  }
  const headers = unfold(buffer.subarray(0, headersEnd).toString("utf8"));
  const length = CONTENT_LENGTH.exec(headers)?.[1];
  // Over a stream the length is mandatory (RFC 3261, 20.14): without it nobody knows where the next message begins.
  if (length === undefined) return { outcome: "malformed", problem: "no Content-Length" };
  const end = headersEnd + 4 + Number(length);
  if (end > MAX_MESSAGE_BYTES) return { outcome: "malformed", problem: "message too long" };
  if (buffer.length < end) return { outcome: "incomplete" };
  return { outcome: "message", text: buffer.subarray(0, end).toString("utf8"), rest: buffer.subarray(end) };
}
