import type { Socket as UdpSocket } from "node:dgram";
import type { AddressInfo, Server, Socket } from "node:net";
import type { SecureContext, Server as TlsServer } from "node:tls";
import { createLocalAddresses } from "./local-address.ts";
import { connectStream } from "./sip-connect.ts";
import { acceptFrom, closed, listenTls, listenUdpAndTcp, type OpenConnections } from "./sip-listeners.ts";
import type { Path, Remote, SipProtocol } from "./sip-path.ts";
import { createSipStreams, plainAddress } from "./sip-streams.ts";

/** Who we are over TLS, and whom we believe. */
export interface TlsSettings {
  /** PEM texts; undefined: nothing listens for TLS; trunks are called over it all the same */
  listener?: { port: number; cert: string; key: string } | undefined;
  /** who signs the certificates of trunks; asked for at the first connection, because hundreds are read */
  trust: () => SecureContext;
}

export interface SipTransport {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** of UDP and TCP */
  readonly port: number;
  /** undefined: nothing listens for TLS */
  readonly tlsPort: number | undefined;
  /** A path for calls of ours. Streams connect; throws when nobody is there, or not who it should be. */
  open(protocol: SipProtocol, remote: Remote): Promise<Path>;
}

/** UDP and TCP on one port, TLS on another. Hands each message on as text together with the path it came by. */
export function createSipTransport(options: {
  host: string;
  port: number;
  tls?: TlsSettings | undefined;
  /** Must not throw. @param sizeBytes  of the message on the wire */
  onMessage: (text: string, path: Path, sizeBytes: number) => void;
  onMalformed: (problem: string) => void;
  /** whether a call needs this connection: it is not closed for being idle then */
  isInUse: (path: Path) => boolean;
  /** whether this address may connect at all; @default everybody */
  mayConnect?: ((address: string, open: OpenConnections) => boolean) | undefined;
}): SipTransport {
  const { host } = options;
  let sockets: { udp: UdpSocket; tcp: Server; tls: TlsServer | undefined } | undefined;
  const localAddressFor = createLocalAddresses(host);
  const streams = createSipStreams({
    ...options,
    // What was in the air when we stopped finds nobody.
    onMessage: (text, path, sizeBytes) => {
      if (sockets) options.onMessage(text, path, sizeBytes);
    },
  });

  async function start(): Promise<void> {
    const { udp, tcp } = await listenUdpAndTcp(host, options.port);
    const { listener } = options.tls ?? {};
    let tls: TlsServer | undefined;
    try {
      tls = listener && (await listenTls(host, listener.port, listener));
    } catch (error) {
      udp.close();
      tcp.close();
      throw error;
    }
    sockets = { udp, tcp, tls };
    udp.on("message", (bytes, from) => {
      // Keep-alives: line ends alone (RFC 5626), or what some phones send, a few bytes of nothing.
      if (bytes.length > 4) options.onMessage(bytes.toString("utf8"), udpPath(from), bytes.length);
    });
    // A send that fails may not end the process.
    udp.on("error", () => undefined);
    accept(tcp, "TCP");
    if (tls) accept(tls, "TLS");
  }

  function accept(server: Server, protocol: "TCP" | "TLS"): void {
    acceptFrom(server, {
      event: protocol === "TCP" ? "connection" : "secureConnection",
      isWanted: (address, open) => options.mayConnect?.(plainAddress(address), open) ?? true,
      onConnection: (socket: Socket) =>
        streams.take(socket, protocol, {
          address: plainAddress(socket.remoteAddress ?? ""),
          port: socket.remotePort ?? 0,
        }),
    });
  }

  function udpPath({ address, port }: Remote): Path {
    return {
      protocol: "UDP",
      remote: { address, port },
      localAddress: () => localAddressFor(address),
      isOpen: true,
      // Nothing is sent after the end: the last message of a call may come then, and Node throws on a closed socket.
      write: (text) => sockets?.udp.send(text, port, address, () => undefined),
      close: () => undefined,
    };
  }

  return {
    start,
    get port() {
      if (!sockets) throw new Error("the SIP transport is not running");
      return sockets.udp.address().port;
    },
    get tlsPort() {
      return (sockets?.tls?.address() as AddressInfo | undefined)?.port;
    },
    async open(protocol, remote) {
      if (protocol === "UDP") return udpPath(remote);
      const socket = await connectStream(protocol, remote, options.tls?.trust);
      if (!sockets) socket.destroy();
      return streams.take(socket, protocol, remote);
    },
    async stop() {
      if (!sockets) return;
      const { udp, tcp, tls } = sockets;
      sockets = undefined;
      streams.closeAll();
      await Promise.all([closed(udp as never), closed(tcp), tls && closed(tls)]);
    },
  };
}
