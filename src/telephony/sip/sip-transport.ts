import { createSocket, type Socket as UdpSocket } from "node:dgram";
import { connect, createServer, type Server, type Socket as TcpSocket } from "node:net";
import { frameMessage, MAX_MESSAGE_BYTES } from "./sip-text.ts";

/** One way to one peer. UDP needs retransmission on top; TCP does not. */
export interface Path {
  readonly protocol: "UDP" | "TCP";
  readonly remote: { address: string; port: number };
  /** the address of ours that the peer sees */
  readonly localAddress: string;
  /** What cannot be sent is lost, as on the network; the protocol's timers deal with it. */
  write(text: string): void;
  readonly isOpen: boolean;
  close(): void;
}

export interface SipTransport {
  start(): Promise<void>;
  stop(): Promise<void>;
  readonly port: number;
  /** A path for calls of ours. TCP connects, and throws when nobody is there. */
  open(protocol: "UDP" | "TCP", remote: { address: string; port: number }): Promise<Path>;
}

const TCP_IDLE_MS = 10 * 60_000;
const TCP_CONNECT_TIMEOUT_MS = 5_000;
const BIND_TRIES = 20;

/**
 * UDP and TCP on one port. Hands each message on as text together with the path it came by; a stream that stops
 * being SIP is closed.
 */
export function createSipTransport(options: {
  host: string;
  port: number;
  onMessage: (text: string, path: Path) => void;
  onMalformed: (problem: string) => void;
}): SipTransport {
  let udp: UdpSocket;
  let tcp: Server;
  const connections = new Set<TcpSocket>();
  const localAddresses = new Map<string, string>();

  async function start(): Promise<void> {
    for (let tries = 1; ; tries++) {
      udp = createSocket(options.host.includes(":") ? "udp6" : "udp4");
      await listenUdp(udp, options.host, options.port);
      tcp = createServer((socket) => acceptTcp(socket));
      try {
        await listenTcp(tcp, options.host, udp.address().port);
        break;
      } catch (error) {
        udp.close();
        // Port 0 took a UDP port whose TCP twin is in use; any other will do.
        if (options.port !== 0 || tries === BIND_TRIES) throw error;
      }
    }
    udp.on("message", (bytes, from) => {
      const text = bytes.toString("utf8");
      // Keep-alives: line ends alone (RFC 5626), or what some phones send, a few bytes of nothing.
      if (bytes.length <= 4) return;
      void udpPath(from).then((path) => options.onMessage(text, path));
    });
    udp.on("error", () => undefined);
  }

  async function udpPath(remote: { address: string; port: number }): Promise<Path> {
    const localAddress = await localAddressFor(remote.address);
    return {
      protocol: "UDP",
      remote: { address: remote.address, port: remote.port },
      localAddress,
      isOpen: true,
      write: (text) => udp.send(text, remote.port, remote.address, () => undefined),
      close: () => undefined,
    };
  }

  /** Which of our addresses the routing table uses towards a peer; asked once a peer. */
  async function localAddressFor(remoteAddress: string): Promise<string> {
    if (options.host !== "0.0.0.0" && options.host !== "::") return udp.address().address;
    const known = localAddresses.get(remoteAddress);
    if (known) return known;
    const probe = createSocket(remoteAddress.includes(":") ? "udp6" : "udp4");
    const address = await new Promise<string>((resolve) => {
      probe.once("error", () => resolve("127.0.0.1"));
      probe.connect(9, remoteAddress, () => resolve(probe.address().address));
    });
    probe.close();
    if (localAddresses.size > 1_000) localAddresses.clear();
    localAddresses.set(remoteAddress, address);
    return address;
  }

  function acceptTcp(socket: TcpSocket): Path {
    connections.add(socket);
    socket.setNoDelay(true);
    socket.setTimeout(TCP_IDLE_MS, () => socket.destroy());
    const path: Path = {
      protocol: "TCP",
      remote: { address: plain(socket.remoteAddress ?? ""), port: socket.remotePort ?? 0 },
      localAddress: plain(socket.localAddress ?? ""),
      get isOpen() {
        return socket.writable;
      },
      write: (text) => {
        if (socket.writable) socket.write(text);
      },
      close: () => socket.destroy(),
    };
    let buffer: Buffer = Buffer.alloc(0);
    socket.on("data", (chunk) => {
      buffer = buffer.length === 0 ? chunk : Buffer.concat([buffer, chunk]);
      for (;;) {
        const frame = frameMessage(buffer);
        if (frame.outcome === "incomplete") break;
        if (frame.outcome === "malformed") {
          options.onMalformed(frame.problem);
          socket.destroy();
          return;
        }
        buffer = frame.rest;
        if (frame.outcome === "ping") socket.write("\r\n");
        else options.onMessage(frame.text, path);
      }
      if (buffer.length > 2 * MAX_MESSAGE_BYTES) socket.destroy();
    });
    socket.on("error", () => undefined);
    socket.on("close", () => connections.delete(socket));
    return path;
  }

  return {
    start,
    get port() {
      return udp.address().port;
    },
    async open(protocol, remote) {
      if (protocol === "UDP") return udpPath(remote);
      const socket = connect({ host: remote.address, port: remote.port, timeout: TCP_CONNECT_TIMEOUT_MS });
      await new Promise<void>((resolve, reject) => {
        socket.once("connect", resolve);
        socket.once("error", reject);
        socket.once("timeout", () => socket.destroy(new Error("no TCP connection in time")));
      });
      socket.removeAllListeners();
      return acceptTcp(socket);
    },
    async stop() {
      for (const socket of connections) socket.destroy();
      await Promise.all([
        new Promise<void>((resolve) => udp.close(() => resolve())),
        new Promise<void>((resolve) => tcp.close(() => resolve())),
      ]);
    },
  };
}

function plain(address: string): string {
  return address.replace(/^::ffff:/, "");
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

function listenTcp(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port }, () => {
      server.off("error", reject);
      resolve();
    });
  });
}
