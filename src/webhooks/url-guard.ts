import { BlockList, isIP, isIPv6 } from "node:net";
import type { AllowedRange } from "../config.ts";

/**
 * Where webhooks may go: public addresses, and what the operator allowed. Pure; the dialer asks it about every
 * address it is about to connect to, so that a name that resolves to two addresses, or to another one a moment
 * later, gains nothing.
 *
 * The ranges are the special-purpose registries of IANA (RFC 6890 and its updates). Fails closed: what cannot be
 * read as an address is refused.
 */
const REFUSED_V4: readonly [string, number, string][] = [
  ["0.0.0.0", 8, "this network"],
  ["10.0.0.0", 8, "private"],
  ["100.64.0.0", 10, "carrier-grade NAT"],
  ["127.0.0.0", 8, "loopback"],
  ["169.254.0.0", 16, "link-local, cloud metadata"],
  ["172.16.0.0", 12, "private"],
  ["192.0.0.0", 24, "protocol assignments"],
  ["192.0.2.0", 24, "documentation"],
  ["192.88.99.0", 24, "6to4 relay"],
  ["192.168.0.0", 16, "private"],
  ["198.18.0.0", 15, "benchmarking"],
  ["198.51.100.0", 24, "documentation"],
  ["203.0.113.0", 24, "documentation"],
  ["224.0.0.0", 4, "multicast"],
  ["240.0.0.0", 4, "reserved, broadcast"],
];

/** Of IPv6 only 2000::/3 is given out to the public; these are the special parts of it. */
const REFUSED_V6: readonly [string, number, string][] = [
  ["2001::", 23, "Teredo and protocol assignments"],
  ["2001:db8::", 32, "documentation"],
  ["2002::", 16, "6to4"],
  ["3fff::", 20, "documentation"],
];

const toRule = ([network, prefixLength, rule]: readonly [string, number, string]) => ({
  list: listOf(network, prefixLength),
  rule,
});
const RULES_V4 = REFUSED_V4.map(toRule);
const RULES_V6 = REFUSED_V6.map(toRule);
const PUBLIC_V6 = listOf("2000::", 3);

/** Names that mean an address of ours, or the cloud's metadata, wherever they are resolved. */
const TELLING_NAMES: readonly [RegExp, string][] = [
  [/^(?:[^.]+\.)*localhost$/, "127.0.0.1"],
  [/^(?:ip6-)?(?:localhost|loopback)$/, "127.0.0.1"],
  [/^metadata(?:\.google\.internal)?$/, "169.254.169.254"],
  [/^instance-data(?:\.ec2\.internal)?$/, "169.254.169.254"],
];

export type UrlCheck = { outcome: "ok"; url: URL } | { outcome: "refused"; reason: string };
export type AddressCheck = { outcome: "ok" } | { outcome: "refused"; reason: string };

/** What can be said of a URL before any name is resolved: at the time it is configured, and again when it is used. */
export function checkUrl(text: string, allowed: readonly AllowedRange[]): UrlCheck {
  if (!URL.canParse(text)) return { outcome: "refused", reason: "is not a URL" };
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    return { outcome: "refused", reason: "must begin with http:// or https://" };
  }
  if (url.username || url.password) {
    return { outcome: "refused", reason: "must not carry a user name or password" };
  }
  // WHATWG parsing has turned every spelling of an IPv4 literal (0x7f.1, 2130706433, 017700000001) into four numbers.
  const host = hostOf(url);
  const address = isIP(host) === 0 ? meaningOf(host) : host;
  if (address !== undefined) {
    const check = checkAddress(address, portOf(url), allowed);
    if (check.outcome === "refused") return check;
  }
  return { outcome: "ok", url };
}

/** @param address  an IPv4 or IPv6 address, as the resolver or the socket names it */
export function checkAddress(address: string, port: number, allowed: readonly AllowedRange[]): AddressCheck {
  const bare = address.split("%", 1)[0]!;
  const embedded = mappedV4(bare);
  const effective = embedded ?? bare;
  if (isIP(effective) === 0) return { outcome: "refused", reason: `${address} is not an address` };
  if (address.includes("%")) return { outcome: "refused", reason: `${address} has a zone` };
  for (const range of allowed) {
    if (
      (range.port === undefined || range.port === port) &&
      contains(range.address, range.prefixLength, effective)
    ) {
      return { outcome: "ok" };
    }
  }
  const rule = refusalOf(effective);
  return rule === undefined
    ? { outcome: "ok" }
    : { outcome: "refused", reason: explain(address, port, rule) };
}

function meaningOf(host: string): string | undefined {
  // A dot at the end is the same name to a resolver.
  const name = host.toLowerCase().replace(/\.$/, "");
  return TELLING_NAMES.find(([pattern]) => pattern.test(name))?.[1];
}

export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, "$1");
}

export function portOf(url: URL): number {
  return url.port ? Number(url.port) : url.protocol === "https:" ? 443 : 80;
}

function refusalOf(address: string): string | undefined {
  if (!isIPv6(address)) return RULES_V4.find(({ list }) => list.check(address, "ipv4"))?.rule;
  if (!PUBLIC_V6.check(address, "ipv6")) return "not a public IPv6 address";
  const rule = RULES_V6.find(({ list }) => list.check(address, "ipv6"))?.rule;
  return rule ?? (isIsatap(address) ? "ISATAP, an IPv4 address in disguise" : undefined);
}

/** RFC 5214, 6.1: the last 64 bits of an ISATAP address are 0000:5efe or 0200:5efe, then the IPv4 address. */
function isIsatap(address: string): boolean {
  return /:(?:0|200|0200|0000)?:5efe:[0-9a-f]{1,4}:[0-9a-f]{1,4}$/.test(canonicalV6(address));
}

function canonicalV6(address: string): string {
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}

function explain(address: string, port: number, rule: string): string {
  const cidr = isIPv6(address) ? `[${address}/128]:${port}` : `${address}/32:${port}`;
  return `${address} is not public (${rule}); the operator can allow it with SWITCHHOOK_ALLOW_PRIVATE_WEBHOOKS=${cidr}`;
}

/** `::ffff:a.b.c.d` is that IPv4 address to the socket, however it is spelt; other embeddings are refused as IPv6. */
function mappedV4(address: string): string | undefined {
  if (!isIPv6(address)) return undefined;
  const match = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonicalV6(address));
  if (!match) return undefined;
  const [high, low] = [Number.parseInt(match[1]!, 16), Number.parseInt(match[2]!, 16)];
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
}

/** Made once for each range: a list takes longer to make than to ask. */
const lists = new Map<string, BlockList>();
const MOST_LISTS = 1_000;

function contains(network: string, prefixLength: number, address: string): boolean {
  const family = isIPv6(network) ? "ipv6" : "ipv4";
  if ((isIPv6(address) ? "ipv6" : "ipv4") !== family) return false;
  const name = `${network}/${prefixLength}`;
  let list = lists.get(name);
  if (!list) {
    list = listOf(network, prefixLength);
    if (lists.size < MOST_LISTS) lists.set(name, list);
  }
  return list.check(address, family);
}

function listOf(network: string, prefixLength: number): BlockList {
  const list = new BlockList();
  list.addSubnet(network, prefixLength, isIPv6(network) ? "ipv6" : "ipv4");
  return list;
}
