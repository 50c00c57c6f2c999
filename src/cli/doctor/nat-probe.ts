import type { Socket } from "node:dgram";
import type { Clock } from "../../clock.ts";
import type { Config } from "../../config.ts";
import { askStun, type StunServer } from "../../telephony/nat/stun-client.ts";
import type { NatSight } from "./nat-checks.ts";
import { bindUdp } from "./port-probe.ts";

const MOST_TRIES = 50;

/**
 * Asks up to two STUN servers over one socket, bound in RTP_PORT_RANGE: what a NAT makes of that one it makes of a call's.
 * Where only one server is set, its other address is the second, if it has one. @returns undefined: no server is set
 */
export async function lookThroughNat(config: Config, clock: Clock): Promise<NatSight | undefined> {
  const servers: StunServer[] = config.sip.nat.stunServers.slice(0, 2);
  if (servers.length === 0) return undefined;
  const socket = await openInRange(config);
  const sight: NatSight = { localPort: socket.address().port, mappings: [], failures: [] };
  try {
    for (const server of servers) {
      const name = `${server.host}:${server.port}`;
      const result = await askStun(socket, server, clock);
      if (result.outcome === "failed") {
        sight.failures.push({ server: name, detail: result.detail });
        continue;
      }
      sight.mappings.push({ server: name, mapped: result.mapped });
      if (servers.length === 1 && result.other)
        servers.push({ host: result.other.address, port: result.other.port });
    }
    return sight;
  } finally {
    socket.close();
  }
}

async function openInRange({ sip }: Config): Promise<Socket> {
  // A socket on loopback would not get out; what is asked here is how the machine is seen.
  const { first, last } = sip.rtpPorts;
  for (let port = first; port <= last && port < first + MOST_TRIES; port++) {
    const bound = await bindUdp("0.0.0.0", port);
    if (typeof bound !== "string") return bound;
  }
  const any = await bindUdp("0.0.0.0", 0);
  if (typeof any === "string") throw new Error(`no UDP socket can be opened: ${any}`);
  return any;
}
