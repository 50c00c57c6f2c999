import { BlockList, isIPv6 } from "node:net";
import type { InboundTrunk } from "../telephony/carrier.ts";
import type { InboundTrunks } from "../telephony/sip/admission.ts";
import { readAddressRange } from "./address-range.ts";
import { toCarrierTrunk, type Trunk } from "./trunk.ts";

/** A trunk together with the addresses that its name means now. */
export interface ResolvedTrunk {
  trunk: Trunk;
  addresses: readonly string[];
}

/**
 * Which trunks a call may come by: one look into a table for an address, and one at each range that somebody gave.
 * Pure. Ports keep nobody out, as a provider calls from any, and every connection does; where the port is a trunk's
 * own it says which of several it is, such as of a PBX' two instances.
 */
export function matchTrunks(resolved: readonly ResolvedTrunk[]): InboundTrunks {
  const byAddress = new Map<string, InboundTrunk[]>();
  const byRange: { list: BlockList; trunk: InboundTrunk }[] = [];
  const byName = new Map<string, { trunk: InboundTrunk; from: BlockList | undefined }[]>();

  for (const { trunk, addresses } of resolved) {
    const carried = toCarrierTrunk(trunk);
    if (!carried) continue;
    const ranges = trunk.inboundAddresses.map(readAddressRange).filter((range) => range !== undefined);
    if (trunk.inboundAuth === "digest") {
      // With a list it is both: the password, and from there.
      const from = ranges.length > 0 ? listOf(ranges) : undefined;
      if (trunk.username !== null) push(byName, trunk.username, { trunk: carried, from });
      continue;
    }
    const exact = ranges.filter(({ address, prefixLength }) => prefixLength === bitsOf(address));
    const wide = ranges.filter(({ address, prefixLength }) => prefixLength < bitsOf(address));
    for (const address of new Set([...addresses, ...exact.map((range) => range.address)].map(canonical))) {
      push(byAddress, address, carried);
    }
    if (wide.length > 0) byRange.push({ list: listOf(wide), trunk: carried });
  }

  return {
    knows: (address) => byAddress.has(canonical(address)) || byRange.some(({ list }) => has(list, address)),
    at(address, port) {
      const exact = byAddress.get(canonical(address)) ?? [];
      const wide = byRange.filter(({ list, trunk }) => has(list, address) && !exact.includes(trunk));
      // A trunk that has the address is nearer than one whose range it is in: a range's port is of another address.
      return [
        ...portFirst(exact, port),
        ...portFirst(
          wide.map(({ trunk }) => trunk),
          port,
        ),
      ];
    },
    named: (username, address) =>
      (byName.get(username) ?? [])
        .filter(({ from }) => !from || has(from, address))
        .map(({ trunk }) => trunk),
    haveDigest: byName.size > 0,
  };
}

/** Each part stays in its order, the oldest first. */
function portFirst(trunks: readonly InboundTrunk[], port: number): readonly InboundTrunk[] {
  const theirs = trunks.filter((trunk) => trunk.port === port);
  return theirs.length === 0 ? trunks : [...theirs, ...trunks.filter((trunk) => trunk.port !== port)];
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function listOf(ranges: readonly { address: string; prefixLength: number }[]): BlockList {
  const list = new BlockList();
  for (const { address, prefixLength } of ranges) list.addSubnet(address, prefixLength, familyOf(address));
  return list;
}

function has(list: BlockList, address: string): boolean {
  return list.check(address, familyOf(address));
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIPv6(address) ? "ipv6" : "ipv4";
}

function bitsOf(address: string): number {
  return isIPv6(address) ? 128 : 32;
}

/** IPv6 addresses have many spellings. */
function canonical(address: string): string {
  return isIPv6(address) ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address;
}
