import { createBirpc } from "birpc";
import { systemClock } from "../../clock.ts";
import { toError } from "../../errors.ts";
import { createLogger } from "../../logger.ts";
import type { GatewayEvents, GatewayFunctions } from "../gateway-contract.ts";
import { makeCertificate, type Certificate } from "./certificate.ts";
import type { Room } from "./room.ts";
import { openRoom } from "./rooms.ts";
import { openUdpPort, type UdpPort } from "./udp-port.ts";

/**
 * The program of the gateway process: all rooms, and all that browsers send and receive, behind one UDP port. It holds no
 * state that outlives a call, and ends when the main process does, however that ended.
 */
interface Running {
  udp: UdpPort;
  bindAddress: string;
  certificate: Certificate;
}

let logger = createLogger({ level: "warn" });
let running: Running | undefined;
const rooms = new Map<string, Room & { release(): void }>();
/** goodbyes that are on their way */
const closing = new Set<Promise<void>>();

const functions: GatewayFunctions = {
  async start(settings) {
    logger = createLogger({ level: settings.logLevel });
    const [certificate, udp] = await Promise.all([
      makeCertificate(),
      openUdpPort({
        address: settings.bindAddress,
        port: settings.port,
        onError: (error) =>
          logger.error({ err: toError(error) }, "a browser's datagram could not be handled"),
      }),
    ]);
    running = { udp, bindAddress: settings.bindAddress, certificate };
    return udp.port;
  },
  async stop() {
    await Promise.all([...closing, ...[...rooms.values()].map((room) => room.close("shutdown"))]);
    await running?.udp.stop();
    process.disconnect();
  },
  async openRoom(description) {
    if (!running) throw new Error("the gateway has not been started");
    const room = await openRoom(description, {
      ...running,
      clock: systemClock,
      events,
      onClosed: () => rooms.delete(description.roomId),
    });
    rooms.set(description.roomId, room);
  },
  closeRoom(roomId, farewell) {
    const room = rooms.get(roomId);
    rooms.delete(roomId);
    if (!room) return;
    room.release();
    const closed = room.close(farewell).finally(() => closing.delete(closed));
    closing.add(closed);
  },
  connect: (roomId, connection) => rooms.get(roomId)?.connect(connection),
  receive: (roomId, connectionId, message) => rooms.get(roomId)?.receive(connectionId, message),
  disconnect: (roomId, connectionId) => rooms.get(roomId)?.disconnect(connectionId),
  sendTranscription: (roomId, piece) => rooms.get(roomId)?.sendTranscription(piece),
  sendData: (roomId, data) => rooms.get(roomId)?.sendData(data),
};

const main = createBirpc<GatewayEvents, GatewayFunctions>(functions, {
  post: (message) => process.send!(message),
  on: (listener) => void process.on("message", listener),
  timeout: -1,
});
const events: GatewayEvents = {
  send: (...args) => void main.send.asEvent(...args),
  close: (...args) => void main.close.asEvent(...args),
  media: (...args) => void main.media.asEvent(...args),
  text: (...args) => void main.text.asEvent(...args),
  data: (...args) => void main.data.asEvent(...args),
  digit: (...args) => void main.digit.asEvent(...args),
  ended: (...args) => void main.ended.asEvent(...args),
};

// Ctrl-C reaches every process of the terminal; when this one ends is the main process's to say.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => undefined);
process.on("disconnect", () => process.exit(0));
// A peer's failure in a promise of the library is that peer's: the others go on.
process.on("unhandledRejection", (reason) =>
  logger.error({ err: toError(reason) }, "an unhandled rejection"),
);
