import { connect as connectTcp, isIP, type Socket } from "node:net";
import { connect as connectTls, type SecureContext } from "node:tls";
import type { Remote } from "./sip-path.ts";

const CONNECT_TIMEOUT_MS = 5_000;

/**
 * Connects to a peer. Over TLS its certificate has to be for the name it was asked for, or for the address where it has
 * none, and be signed by somebody we trust: credentials and calls go to nobody else.
 *
 * @param trust  undefined: Node's own list
 * @throws Error when nobody is there, or when it is not who it should be
 */
export async function connectStream(
  protocol: "TCP" | "TLS",
  remote: Remote,
  trust: (() => SecureContext) | undefined,
): Promise<Socket> {
  const { address, port } = remote;
  const name = remote.serverName ?? address;
  const socket =
    protocol === "TCP"
      ? connectTcp({ host: address, port })
      : connectTls({
          host: address,
          port,
          ...(trust && { secureContext: trust() }),
          // SNI knows no addresses (RFC 6066, 3); the certificate is checked against `host` then.
          ...(isIP(name) === 0 && { servername: name }),
        });
  socket.setTimeout(CONNECT_TIMEOUT_MS);
  await new Promise<void>((resolve, reject) => {
    socket.once(protocol === "TCP" ? "connect" : "secureConnect", resolve);
    socket.once("error", reject);
    socket.once("close", () => reject(new Error(`${protocol}: the peer closed the connection`)));
    socket.once("timeout", () => socket.destroy(new Error(`no ${protocol} connection in time`)));
  });
  for (const event of ["error", "close", "timeout"]) socket.removeAllListeners(event);
  return socket;
}
