import { bindUdpSocket } from "../../telephony/udp-socket.ts";
import type { UdpAddress } from "./ice-check.ts";

/** A leg's packets on their way between the gateway and the media engine of the same machine, still encrypted. */
export interface RtpRelay {
  /** where the media engine sends to */
  readonly local: UdpAddress;
  send(packet: Buffer): void;
  close(): void;
}

export async function openRtpRelay(options: {
  /** of the media engine's port */
  media: UdpAddress;
  onPacket: (packet: Buffer) => void;
}): Promise<RtpRelay> {
  const { address, port } = options.media;
  // The same address as the media engine's: from there the kernel takes it without a route.
  const socket = await bindUdpSocket(address, 0);
  socket.on("message", (packet, from) => {
    if (from.port === port) options.onPacket(packet);
  });
  let isClosed = false;
  return {
    local: { address, port: socket.address().port },
    send(packet) {
      if (!isClosed) socket.send(packet, port, address, () => undefined);
    },
    close() {
      if (isClosed) return;
      isClosed = true;
      socket.close();
    },
  };
}
