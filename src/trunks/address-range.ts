import { isIP, isIPv6 } from "node:net";

export interface AddressRange {
  address: string;
  prefixLength: number;
}

/** Reads `192.0.2.7`, `192.0.2.0/24`, `2001:db8::/32`. Pure. @returns undefined: it is neither */
export function readAddressRange(text: string): AddressRange | undefined {
  const [address = "", prefix, ...rest] = text.trim().split("/");
  const bits = isIPv6(address) ? 128 : 32;
  if (isIP(address) === 0 || address.includes("%") || rest.length > 0) return undefined;
  if (prefix === undefined) return { address, prefixLength: bits };
  if (!/^\d{1,3}$/.test(prefix) || Number(prefix) > bits) return undefined;
  return { address, prefixLength: Number(prefix) };
}
