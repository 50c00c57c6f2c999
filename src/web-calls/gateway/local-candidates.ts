import type { NetworkInterfaceInfo } from "node:os";
import { isIPv6 } from "node:net";
import type { LocalCandidate } from "./room-sdp.ts";

/**
 * Where a browser may reach us, best first: the address that others see, and every address of this machine that we listen
 * on. Private and loopback ones are among them: who is in the same network reaches nothing else. Pure.
 */
export function localCandidates(options: {
  bindAddress: string;
  port: number;
  publicAddresses: readonly string[];
  interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>;
}): LocalCandidate[] {
  const { bindAddress, port } = options;
  const addresses = new Set([...options.publicAddresses, ...listenedOn(bindAddress, options.interfaces)]);
  // A socket for IPv4 cannot be reached by the other.
  const usable = [...addresses].filter((address) => isIPv6(bindAddress) || !isIPv6(address));
  return usable.map((address) => ({ address, port }));
}

function listenedOn(bindAddress: string, interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>): string[] {
  if (bindAddress !== "0.0.0.0" && bindAddress !== "::") return [bindAddress];
  const all = Object.values(interfaces).flatMap((each) => each ?? []);
  // Link-local ones of IPv6 mean nothing without the interface, which the other side does not have.
  const reachable = all.filter(({ address }) => !address.toLowerCase().startsWith("fe80:"));
  return reachable.toSorted((a, b) => Number(a.internal) - Number(b.internal)).map(({ address }) => address);
}
