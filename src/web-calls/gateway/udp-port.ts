import { createSocket } from "node:dgram";
import { isIPv6 } from "node:net";
import { createDemultiplexer } from "./demultiplexer.ts";
import { kindOf, readIceCheck, type IceCheck, type UdpAddress } from "./ice-check.ts";

/** The one port that all browsers send to. */
export interface UdpPort {
  /** Resolves once it is bound. @throws when it cannot be */
  start(): Promise<void>;
  stop(): Promise<void>;
  readonly port: number;
  readonly peers: ReturnType<typeof createDemultiplexer<UdpPeer>>;
  send(datagram: Buffer, to: UdpAddress): void;
}

export interface UdpPeer {
  /** @returns whether the check is signed by whom it names */
  check(check: IceCheck, from: UdpAddress): boolean;
  dtls(datagram: Buffer): void;
  rtp(datagram: Buffer): void;
}

export function createUdpPort(options: {
  address: string;
  port: number;
  /** a peer that threw: a bug of ours, and of one peer */
  onError: (error: unknown) => void;
}): UdpPort {
  const isV6 = isIPv6(options.address);
  const socket = createSocket({
    type: isV6 ? "udp6" : "udp4",
    // Addresses only: no resolver between a frame and the wire.
    lookup: (host, _options, callback) => callback(null, host, isV6 ? 6 : 4),
  });
  const peers = createDemultiplexer<UdpPeer>();

  function receive(datagram: Buffer, from: UdpAddress): void {
    const kind = kindOf(datagram);
    if (kind === "stun") {
      const check = readIceCheck(datagram);
      const peer = check && peers.byName(check.localUfrag);
      // Who does not know the password gets no answer: nothing here can be used to send others something.
      if (peer?.check(check!, from)) peers.bind(from, peer);
      return;
    }
    const peer = peers.byAddress(from);
    if (kind === "dtls") peer?.dtls(datagram);
    if (kind === "rtp") peer?.rtp(datagram);
  }

  return {
    peers,
    async start() {
      const bound = Promise.withResolvers<void>();
      socket.once("error", bound.reject);
      socket.bind({ port: options.port, address: options.address, exclusive: true }, () => bound.resolve());
      await bound.promise;
      socket.off("error", bound.reject);
      // An unreachable browser is that browser's state; whether it is gone, its signalling says.
      socket.on("error", () => undefined);
      socket.on("message", (datagram, { address, port }) => {
        try {
          receive(datagram, { address: plain(address), port });
        } catch (error) {
          options.onError(error);
        }
      });
    },
    stop: () => new Promise((resolve) => socket.close(() => resolve())),
    get port() {
      return socket.address().port;
    },
    send(datagram, { address, port }) {
      socket.send(datagram, port, isV6 && !isIPv6(address) ? `::ffff:${address}` : address, ignoreError);
    },
  };
}

/** An IPv4 address as a socket for both has it, and without the interface of a link-local one. */
function plain(address: string): string {
  return address.replace(/^::ffff:/, "").split("%")[0]!;
}

function ignoreError(): void {}
