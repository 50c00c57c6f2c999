import type { CarrierTrunk } from "../telephony/carrier.ts";
import { readTrunkAddress, type TrunkTransport } from "./trunk-address.ts";

/** A trunk as it is kept, its password open. */
export interface Trunk {
  id: string;
  organizationId: string;
  address: string;
  transport: TrunkTransport;
  username: string | null;
  password: string | null;
  /** IP addresses and CIDR ranges */
  inboundAddresses: readonly string[];
  inboundAuth: "address" | "digest";
  register: boolean;
  callsPerSecond: number | null;
  srtp: "off" | "offer" | "require";
  refer: "auto" | "never";
  updatedAt: Date;
}

/** A trunk as the carrier takes it. Pure. @returns undefined: its address is none, which the API refuses */
export function toCarrierTrunk(
  trunk: Trunk,
): (CarrierTrunk & { id: string; organizationId: string }) | undefined {
  const address = readTrunkAddress(trunk.address, trunk.transport);
  if (!address) return undefined;
  const { id, organizationId, username, password, srtp, refer } = trunk;
  return {
    id,
    organizationId,
    address: address.host,
    port: address.port,
    protocol: PROTOCOLS[trunk.transport],
    ...(username !== null && password !== null && { credentials: { username, password } }),
    callsPerSecond: trunk.callsPerSecond ?? undefined,
    srtp,
    refer,
  };
}

const PROTOCOLS = { udp: "UDP", tcp: "TCP", tls: "TLS" } as const;
