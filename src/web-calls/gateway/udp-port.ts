import { isIPv6 } from "node:net";
import { bindUdpSocket } from "../../telephony/udp-socket.ts";
import { createDemultiplexer } from "./demultiplexer.ts";
import { kindOf, readIceCheck, type IceCheck, type UdpAddress } from "./ice-check.ts";

/** The one port that all browsers send to. */
export interface UdpPort {
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

/** @throws when it cannot be bound */
export async function openUdpPort(options: {
  address: string;
  port: number;
  /** a peer that threw: a bug of ours, and of one peer */
  onError: (error: unknown) => void;
}): Promise<UdpPort> {
  const isV6 = isIPv6(options.address);
  const socket = await bindUdpSocket(options.address, options.port);
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

  socket.on("message", (datagram, { address, port }) => {
    try {
      receive(datagram, { address: plain(address), port });
    } catch (error) {
      options.onError(error);
    }
  });
  return {
    peers,
    stop: () => new Promise((resolve) => socket.close(() => resolve())),
    port: socket.address().port,
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
