import { stampVia } from "./sip-text.ts";

/**
 * Requests that cannot be read. Who sent one is told (RFC 3261, 8.1.3.5 and 21.4.1), instead of repeating it for half a
 * minute into silence; there is no transaction, since a repeat gets the same words again. Pure.
 */

const REQUEST_START = /^[ \t]*(\S+)[ \t].*[ \t](SIP\/\d+\.\d+)[ \t]*\r\n/i;
const ECHOED: [name: string, pattern: RegExp][] = [
  ["From", /^(?:from|f)[ \t]*:[ \t]*([^\r\n]*)/im],
  ["To", /^(?:to|t)[ \t]*:[ \t]*([^\r\n]*)/im],
  ["Call-ID", /^(?:call-id|i)[ \t]*:[ \t]*([^\r\n]*)/im],
  ["CSeq", /^cseq[ \t]*:[ \t]*([^\r\n]*)/im],
];
const VIA = /^(?:via|v)[ \t]*:[ \t]*([^\r\n]*)/gim;
/** The same for every repeat of it, as without a transaction it must be (8.2.7); nobody comes back to it. */
const TAG = "malformed";

/** @returns undefined for what is no request, for an ACK, and where there is too little in it to answer to */
export function answerToMalformed(text: string, from: { address: string; port: number }): string | undefined {
  const [, method, version] = REQUEST_START.exec(text) ?? [];
  if (!method || !version || method === "ACK" || method.toUpperCase().startsWith("SIP/")) return undefined;
  const end = text.indexOf("\r\n\r\n");
  const headers = stampVia(end === -1 ? text : text.slice(0, end), from);
  const vias = [...headers.matchAll(VIA)].map(([, value]) => `Via: ${value}`);
  const echoed = ECHOED.map(([name, pattern]) => [name, pattern.exec(headers)?.[1]] as const);
  if (vias.length === 0 || echoed.some(([, value]) => !value)) return undefined;
  return [
    version.toUpperCase() === "SIP/2.0" ? "SIP/2.0 400 Bad Request" : "SIP/2.0 505 Version Not Supported",
    ...vias,
    ...echoed.map(([name, value]) =>
      name === "To" && !/;[ \t]*tag[ \t]*=/i.test(value!) ? `To: ${value};tag=${TAG}` : `${name}: ${value}`,
    ),
    "Content-Length: 0",
    "",
    "",
  ].join("\r\n");
}

const SINGLE = /^(from|f|to|t|call-id|i|cseq|max-forwards|content-length|l)[ \t]*:[ \t]*([^\r\n]*)/gim;
const LONG_NAMES: Record<string, string> = { f: "from", t: "to", i: "call-id", l: "content-length" };

/**
 * Whether a header that may be there once is there twice and says two things: two readers would take it for two
 * different requests (RFC 3261, 7.3.1), and one of them may be the firewall.
 */
export function contradictsItself(text: string): boolean {
  const end = text.indexOf("\r\n\r\n");
  const values = new Map<string, string>();
  for (const [, written, value] of text.slice(0, end === -1 ? undefined : end).matchAll(SINGLE)) {
    const name = LONG_NAMES[written!.toLowerCase()] ?? written!.toLowerCase();
    if (values.has(name) && values.get(name) !== value!.trim()) return true;
    values.set(name, value!.trim());
  }
  return false;
}
