import { isIP, isIPv6 } from "node:net";

/** Where a trunk's SIP server is. */
export interface TrunkAddress {
  /** a name, or an IP address without brackets */
  host: string;
  port: number;
}

/** 5060, and 5061 over TLS (RFC 3261, 19.1.2). */
const DEFAULT_PORT = { udp: 5_060, tcp: 5_060, tls: 5_061 } as const;
export type TrunkTransport = keyof typeof DEFAULT_PORT;

const HOST_NAME =
  /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*\.?$/i;

/** Reads `sip.example.com`, `10.0.0.1:5080`, `[fd00::1]:5060`; `sip:` in front does no harm. Pure. */
export function readTrunkAddress(text: string, transport: TrunkTransport): TrunkAddress | undefined {
  const bare = text.replace(/^sips?:/i, "");
  if (isIPv6(bare)) return { host: bare, port: DEFAULT_PORT[transport] };
  const match = /^(?:\[([^\]]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(bare);
  if (!match) return undefined;
  const [, ipv6, name] = match;
  const host = ipv6 ?? name!;
  const port = match[3] === undefined ? DEFAULT_PORT[transport] : Number(match[3]);
  if (port < 1 || port > 65_535) return undefined;
  if (ipv6 !== undefined) return isIPv6(ipv6) ? { host, port } : undefined;
  // Digits and dots that are no address would be looked up as a name, and mean something else to some resolvers.
  const isAddress = isIP(host) !== 0;
  if (!isAddress && (/^[\d.]+$/.test(host) || !HOST_NAME.test(host))) return undefined;
  return { host, port };
}
