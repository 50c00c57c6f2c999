import { isIP } from "node:net";
import type { FastifyRequest } from "fastify";

/** `192.0.2.7:4711`, `[2001:db8::7]:4711`, `[2001:db8::7]` */
const WITH_PORT = /^(?:([\d.]+):\d+|\[([^\]]+)\](?::\d+)?)$/;

/**
 * Where a request comes from, for limits, sessions and the audit log: `request.ip` alone is what a trusted proxy wrote
 * (decision 0049), and that is any text. Some write the port besides, with which every connection would have a limit of
 * its own. What is no address at all counts as the proxy.
 */
export function clientAddress(request: FastifyRequest): string {
  const [, ipv4, ipv6] = WITH_PORT.exec(request.ip) ?? [];
  const address = ipv4 ?? ipv6 ?? request.ip;
  return isIP(address) === 0 ? (request.socket.remoteAddress ?? "") : address;
}
