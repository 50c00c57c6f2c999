import { createHash } from "node:crypto";
import { headersOf, stampVia } from "./sip-text.ts";

/** What a stateless answer repeats of its request (RFC 3261, 8.2.6.2). */
const REPEATED = /^(?:via|v|from|f|to|t|call-id|i|cseq)[ \t]*:/i;

/**
 * The answer to a request of which nothing is to be remembered: no flow, no transaction, no parser. The tag in To is
 * made from the request, so that a repeat gets the same one (RFC 3261, 8.2.7). Pure.
 *
 * @param status  `403 Forbidden`
 */
export function statelessAnswer(
  request: string,
  from: { address: string; port: number },
  answer: { status: string; headers?: readonly string[] },
): string {
  const stamped = headersOf(stampVia(request, from)).replaceAll(/\r\n[ \t]+/g, " ");
  const repeated = stamped.split("\r\n").filter((line) => REPEATED.test(line));
  const withTag = repeated.map((line) =>
    /^(?:to|t)[ \t]*:/i.test(line) && !/;[ \t]*tag=/i.test(line) ? `${line};tag=${tagOf(repeated)}` : line,
  );
  return [
    `SIP/2.0 ${answer.status}`,
    ...withTag,
    ...(answer.headers ?? []),
    "Content-Length: 0",
    "",
    "",
  ].join("\r\n");
}

function tagOf(lines: readonly string[]): string {
  return createHash("sha256").update(lines.join("\n")).digest("hex").slice(0, 12);
}
