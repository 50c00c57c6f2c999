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

/** A connection that carries no call is closed after this long without a byte; one that never sent a message much sooner. */
const TCP_IDLE_MS = 10 * 60_000;
const TCP_FIRST_MESSAGE_MS = 30_000;
const MOST_TCP_CONNECTIONS = 1_000;
const TCP_CONNECT_TIMEOUT_MS = 5_000;
const BIND_TRIES = 20;

/**
 * UDP and TCP on one port. Hands each message on as text together with the path it came by; a stream that stops
 * being SIP is closed.
 */
export function createSipTransport(options: {
  host: string;
  port: number;
  /** Must not throw. @param sizeBytes  of the message on the wire */
  onMessage: (text: string, path: Path, sizeBytes: number) => void;
  onMalformed: (problem: string) => void;
  /** whether a call needs this connection: it is not closed for being idle then */
  isInUse: (path: Path) => boolean;
}): SipTransport {
  let sockets: { udp: UdpSocket; tcp: Server } | undefined;
  const connections = new Set<TcpSocket>();
  const localAddresses = new Map<string, Promise<string>>();

  async function start(): Promise<void> {
    const { udp, tcp } = await listen(options.host, options.port);
    sockets = { udp, tcp };
    udp.on("message", (bytes, from) => {
      const text = bytes.toString("utf8");
      // Keep-alives: line ends alone (RFC 5626), or what some phones send, a few bytes of nothing.
      if (bytes.length <= 4) return;
      void udpPath(from).then((path) => {
        if (sockets) options.onMessage(text, path, bytes.length);
      });
    });
    // Neither a send that fails nor too many open files at an accept may end the process.
    udp.on("error", () => undefined);
    tcp.on("error", () => undefined);
    tcp.maxConnections = MOST_TCP_CONNECTIONS;
    tcp.on("connection", (socket) => acceptTcp(socket));
  }

  function requireUdp(): UdpSocket {
    if (!sockets) throw new Error("the SIP transport is not running");
    return sockets.udp;
  }

  async function udpPath(remote: { address: string; port: number }): Promise<Path> {
    const localAddress = await localAddressFor(remote.address);
    return {
      protocol: "UDP",
      remote: { address: remote.address, port: remote.port },
      localAddress,
      isOpen: true,
      // Nothing is sent after the end: the last message of a call may come then, and Node throws on a closed socket.
      write: (text) => sockets?.udp.send(text, remote.port, remote.address, () => undefined),
      close: () => undefined,
    };
  }

  /** Which of our addresses the routing table uses towards a peer; asked once a peer, so that messages keep their order. */
  function localAddressFor(remoteAddress: string): Promise<string> {
    if (options.host !== "0.0.0.0" && options.host !== "::")
      return Promise.resolve(requireUdp().address().address);
    const known = localAddresses.get(remoteAddress);
    if (known) return known;
    const asked = askLocalAddress(remoteAddress);
    if (localAddresses.size > 1_000) localAddresses.clear();
    localAddresses.set(remoteAddress, asked);
    return asked;
  }

  function acceptTcp(socket: TcpSocket): Path {
    connections.add(socket);
    socket.setNoDelay(true);
    socket.setTimeout(TCP_FIRST_MESSAGE_MS, () => {
      if (options.isInUse(path)) socket.setTimeout(TCP_IDLE_MS);
      else socket.destroy();
    });
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
        const sizeBytes = buffer.length - frame.rest.length;
        buffer = frame.rest;
        if (frame.outcome === "ping") {
          socket.write("\r\n");
          continue;
        }
        socket.setTimeout(TCP_IDLE_MS);
        options.onMessage(frame.text, path, sizeBytes);
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
      return requireUdp().address().port;
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
      if (!sockets) socket.destroy();
      return acceptTcp(socket);
    },
    async stop() {
      if (!sockets) return;
      const { udp, tcp } = sockets;
      sockets = undefined;
      for (const socket of connections) socket.destroy();
      await Promise.all([
        new Promise<void>((resolve) => udp.close(() => resolve())),
        new Promise<void>((resolve) => tcp.close(() => resolve())),
      ]);
    },
  };
}

/** Both protocols on one port; with port 0 on one that is free for both. */
async function listen(host: string, port: number): Promise<{ udp: UdpSocket; tcp: Server }> {
  for (let tries = 1; ; tries++) {
    const udp = createSocket(host.includes(":") ? "udp6" : "udp4");
    const tcp = createServer();
    try {
      await listenUdp(udp, host, port);
      await listenTcp(tcp, host, udp.address().port);
      return { udp, tcp };
    } catch (error) {
      udp.close();
      // Port 0 took a UDP port whose TCP twin is in use; any other will do.
      if (port !== 0 || tries === BIND_TRIES) throw error;
    }
  }
}

async function askLocalAddress(remoteAddress: string): Promise<string> {
  const probe = createSocket(remoteAddress.includes(":") ? "udp6" : "udp4");
  const address = await new Promise<string>((resolve) => {
    // No route: nothing that is sent arrives anyhow.
    probe.once("error", () => resolve("127.0.0.1"));
    probe.connect(9, remoteAddress, () => resolve(probe.address().address));
  });
  probe.close();
  return address;
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
