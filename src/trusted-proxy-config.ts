import { readAddressRange } from "./trunks/address-range.ts";

/**
 * config.ts's share of who is believed when they say for whom they ask (decision 0049), as Fastify takes it. Names and
 * its other words are left out: a name can come to mean somebody else, and whole private ranges are rarely all proxies.
 *
 * @throws Error whose message says what is allowed
 */
export function trustedProxies(text: string): string[] {
  return text
    .split(/[\s,]+/)
    .filter((part) => part.length > 0)
    .map(trustedProxy);
}

function trustedProxy(text: string): string {
  if (text === "loopback") return text;
  const range = readAddressRange(text);
  if (!range) {
    throw new Error(
      `must be a list of addresses and networks, such as 10.0.0.5, 172.16.0.0/12, fd00::/8, or the word loopback; ${text} is none of these`,
    );
  }
  if (range.prefixLength === 0) throw new Error(`must name the proxies alone; ${text} is everybody`);
  return text;
}
