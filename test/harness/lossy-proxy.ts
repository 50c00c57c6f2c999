import { createSocket, type Socket } from "node:dgram";
import { createRandom } from "./seeded-random.ts";

/** UDP between callers and a server that loses a share of the datagrams, each way. */
export interface LossyProxy {
  /** where callers send to */
  readonly port: number;
  readonly passed: number;
  readonly dropped: number;
  close(): Promise<void>;
}

/** @param options.loss 0 to 1 */
export async function startLossyProxy(options: {
  serverPort: number;
  loss: number;
  seed: number;
}): Promise<LossyProxy> {
  const random = createRandom(options.seed);
  const front = await bind();
  /** one socket for each caller, so that the server sees as many peers as there are */
  const backs = new Map<number, Promise<Socket>>();
  let passed = 0;
  let dropped = 0;

  function isLost(): boolean {
    const isDropped = random() < options.loss;
    if (isDropped) dropped++;
    else passed++;
    return isDropped;
  }

  function backOf(callerPort: number): Promise<Socket> {
    const known = backs.get(callerPort);
    if (known) return known;
    const opened = bind().then((socket) => {
      socket.on("message", (bytes) => {
        if (!isLost()) front.send(bytes, callerPort, "127.0.0.1");
      });
      return socket;
    });
    backs.set(callerPort, opened);
    return opened;
  }

  front.on("message", (bytes, from) => {
    void backOf(from.port).then((socket) => {
      if (!isLost()) socket.send(bytes, options.serverPort, "127.0.0.1");
    });
  });
  return {
    port: front.address().port,
    get passed() {
      return passed;
    },
    get dropped() {
      return dropped;
    },
    async close() {
      const sockets = [front, ...(await Promise.all(backs.values()))];
      await Promise.all(
        sockets.map((socket) => new Promise<void>((resolve) => socket.close(() => resolve()))),
      );
    },
  };
}

async function bind(): Promise<Socket> {
  const socket = createSocket("udp4");
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  // What the kernel itself loses would come on top of what is meant to be lost.
  socket.setRecvBufferSize(1 << 20);
  socket.on("error", () => undefined);
  return socket;
}
