import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import type { CarrierTrunk } from "../carrier.ts";
import type { Flow, SipEndpoint } from "./sip-endpoint.ts";

/**
 * The way to a trunk, connected where that is needed. @throws Error when its name does not resolve, nobody is there, or
 * its certificate is not for it
 */
export async function openTrunkFlow(
  endpoint: SipEndpoint,
  trunk: CarrierTrunk,
): Promise<{ flow: Flow; address: string }> {
  const isAddress = isIP(trunk.address) !== 0;
  const address = isAddress ? trunk.address : (await lookup(trunk.address)).address;
  const flow = await endpoint.openFlow(trunk.protocol, {
    address,
    port: trunk.port,
    ...(trunk.protocol === "TLS" && !isAddress && { serverName: trunk.address }),
  });
  return { flow, address };
}
