import { createSocket } from "node:dgram";
import { isIPv6 } from "node:net";
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
  const family = isIPv6(address) ? 6 : 4;
  const socket = createSocket({
    type: family === 6 ? "udp6" : "udp4",
    lookup: (host, _options, callback) => callback(null, host, family),
  });
  const bound = Promise.withResolvers<void>();
  socket.once("error", bound.reject);
  // The same address as the media engine's: from there the kernel takes it without a route.
  socket.bind({ address, port: 0, exclusive: true }, () => bound.resolve());
  await bound.promise;
  socket.off("error", bound.reject);
  // The worker is gone, or not there yet: the call's other parts tell of it.
  socket.on("error", () => undefined);
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
