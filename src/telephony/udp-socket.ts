import { createSocket, type Socket } from "node:dgram";
import { isIPv6 } from "node:net";

/**
 * A UDP socket for audio, which goes to addresses and never to names: no resolver between a frame and the wire.
 * @throws when it cannot be bound
 */
export async function bindUdpSocket(address: string, port: number): Promise<Socket> {
  const family = isIPv6(address) ? 6 : 4;
  const socket = createSocket({
    type: family === 6 ? "udp6" : "udp4",
    lookup: (host, _options, callback) => callback(null, host, family),
  });
  const bound = Promise.withResolvers<void>();
  socket.once("error", bound.reject);
  socket.bind({ port, address, exclusive: true }, bound.resolve);
  try {
    await bound.promise;
  } catch (error) {
    socket.close();
    throw error;
  }
  socket.off("error", bound.reject);
  // A later error is the network's state, not ours: whoever is not heard any more is seen elsewhere.
  socket.on("error", () => undefined);
  return socket;
}
