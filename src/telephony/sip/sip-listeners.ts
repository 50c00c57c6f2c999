import { createSocket, type Socket as UdpSocket } from "node:dgram";
import { createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type Server as TlsServer, type TLSSocket } from "node:tls";

const BIND_TRIES = 20;
/** Those that are nobody's are kept far below it, so that trunks find room. */
const MOST_CONNECTIONS = 2_000;
/** A peer that has not finished its handshake by then is none. */
const HANDSHAKE_MS = 10_000;

/** UDP and TCP on one port; with port 0 on one that is free for both. */
export async function listenUdpAndTcp(host: string, port: number): Promise<{ udp: UdpSocket; tcp: Server }> {
  for (let tries = 1; ; tries++) {
    const udp = createSocket(host.includes(":") ? "udp6" : "udp4");
    const tcp = createServer();
    try {
      await listenUdp(udp, host, port);
      await listen(tcp, host, udp.address().port);
      return { udp, tcp };
    } catch (error) {
      udp.close();
      // Port 0 took a UDP port whose TCP twin is in use; any other will do.
      if (port !== 0 || tries === BIND_TRIES) throw error;
    }
  }
}

/** @param identity  PEM */
export async function listenTls(
  host: string,
  port: number,
  identity: { cert: string; key: string },
): Promise<TlsServer> {
  const server = createTlsServer({ ...identity, minVersion: "TLSv1.2", handshakeTimeout: HANDSHAKE_MS });
  await listen(server, host, port);
  // Scanners that speak no TLS, or not to the end.
  server.on("tlsClientError", (_error, socket: TLSSocket) => socket.destroy());
  return server;
}

/** How many connections a listener has already. */
export interface OpenConnections {
  ofAddress: number;
  total: number;
}

/** Hands connections on. Neither a failed accept nor too many open files may end the process. */
export function acceptFrom(
  server: Server,
  options: {
    event: "connection" | "secureConnection";
    /** before the handshake, so that whoever is not wanted costs none */
    isWanted: (address: string, open: OpenConnections) => boolean;
    onConnection: (socket: Socket) => void;
  },
): void {
  server.maxConnections = MOST_CONNECTIONS;
  server.on("error", () => undefined);
  const byAddress = new Map<string, number>();
  let total = 0;
  server.prependListener("connection", (socket: Socket) => {
    const address = socket.remoteAddress ?? "";
    const ofAddress = byAddress.get(address) ?? 0;
    if (!options.isWanted(address, { ofAddress, total })) {
      socket.destroy();
      return;
    }
    total++;
    byAddress.set(address, ofAddress + 1);
    socket.once("close", () => {
      total--;
      const left = byAddress.get(address)! - 1;
      if (left > 0) byAddress.set(address, left);
      else byAddress.delete(address);
    });
  });
  server.on(options.event, (socket: Socket) => {
    if (!socket.destroyed) options.onConnection(socket);
  });
}

export function closed(server: Pick<Server, "close">): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

function listenUdp(socket: UdpSocket, address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once("error", reject);
    socket.bind({ address, port, exclusive: true }, () => {
      socket.off("error", reject);
      resolve();
    });
  });
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port }, () => {
      server.off("error", reject);
      resolve();
    });
  });
}
