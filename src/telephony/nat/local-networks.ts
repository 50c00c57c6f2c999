import { BlockList, isIP, isIPv6 } from "node:net";

/** A network in CIDR notation, read. */
export interface Network {
  address: string;
  prefixLength: number;
}

/**
 * What is on our side of the NAT unless the operator says otherwise: loopback, the private networks (RFC 1918, RFC 4193),
 * link-local, and what providers use inside (RFC 6598).
 */
export const PRIVATE_NETWORKS: readonly Network[] = [
  { address: "127.0.0.0", prefixLength: 8 },
  { address: "10.0.0.0", prefixLength: 8 },
  { address: "172.16.0.0", prefixLength: 12 },
  { address: "192.168.0.0", prefixLength: 16 },
  { address: "169.254.0.0", prefixLength: 16 },
  { address: "100.64.0.0", prefixLength: 10 },
  { address: "::1", prefixLength: 128 },
  { address: "fc00::", prefixLength: 7 },
  { address: "fe80::", prefixLength: 10 },
];

/** Whether an address is within one of the networks. Pure. @returns false for what is no address */
export function createNetworkCheck(networks: readonly Network[]): (address: string) => boolean {
  const list = new BlockList();
  for (const { address, prefixLength } of networks)
    list.addSubnet(address, prefixLength, isIPv6(address) ? "ipv6" : "ipv4");
  return (address) => {
    const plain = address.replace(/^::ffff:/i, "");
    return isIP(plain) !== 0 && list.check(plain, isIPv6(plain) ? "ipv6" : "ipv4");
  };
}

/** The address by which a socket that is bound so is reached from this machine. Pure. */
export function reachedFromHere(bindAddress: string): string {
  if (bindAddress === "0.0.0.0") return "127.0.0.1";
  return bindAddress === "::" ? "::1" : bindAddress;
}

export const isPrivateAddress = createNetworkCheck(PRIVATE_NETWORKS);
