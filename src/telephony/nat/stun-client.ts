import { randomBytes } from "node:crypto";
import { createSocket, type Socket } from "node:dgram";
import { lookup } from "node:dns/promises";
import type { Clock } from "../../clock.ts";
import { toError } from "../../errors.ts";
import {
  readBindingAnswer,
  TRANSACTION_ID_BYTES,
  writeBindingRequest,
  type StunAddress,
} from "./stun-message.ts";

/** A STUN server to ask: name or address, and port. */
export interface StunServer {
  host: string;
  port: number;
}

export type StunResult =
  | { outcome: "mapped"; mapped: StunAddress; other: StunAddress | undefined }
  | { outcome: "failed"; detail: string };

/** RFC 8489, 6.2.1: doubled from 500 ms; given up sooner than its 39.5 s, because somebody waits. */
const WAITS_MS = [500, 1_000, 2_000];

/**
 * Asks a STUN server over a socket that is bound already; the mapping is that of this very socket. Never rejects.
 * @param socket  IPv4; messages that are not the answer are left to its other listeners
 */
export async function askStun(socket: Socket, server: StunServer, clock: Clock): Promise<StunResult> {
  let address: string;
  try {
    ({ address } = await lookup(server.host, 4));
  } catch (error) {
    return { outcome: "failed", detail: `${server.host} cannot be resolved: ${toError(error).message}` };
  }
  const transactionId = randomBytes(TRANSACTION_ID_BYTES);
  const request = writeBindingRequest(transactionId);
  return new Promise((resolve) => {
    let cancelWait: (() => void) | undefined;
    const finish = (result: StunResult) => {
      cancelWait?.();
      socket.off("message", receive);
      resolve(result);
    };
    const receive = (message: Buffer) => {
      const answer = readBindingAnswer(message, transactionId);
      if (answer.outcome === "mapped") finish(answer);
      if (answer.outcome === "error")
        finish({ outcome: "failed", detail: `the server answered with error ${answer.code}` });
    };
    const send = (tries: number) => {
      const waitMs = WAITS_MS[tries];
      if (waitMs === undefined) {
        finish({ outcome: "failed", detail: `${server.host}:${server.port} did not answer` });
        return;
      }
      // What cannot be sent is as good as lost: it is tried again, and then told as no answer.
      socket.send(request, server.port, address, () => undefined);
      cancelWait = clock.after(waitMs, () => send(tries + 1));
    };
    socket.on("message", receive);
    send(0);
  });
}

/** The same over a socket of its own. Never rejects. @param bindAddress  the interface that is asked for */
export async function askStunOnce(
  server: StunServer,
  clock: Clock,
  bindAddress = "0.0.0.0",
): Promise<StunResult> {
  const socket = createSocket("udp4");
  socket.on("error", () => undefined);
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once("error", reject);
      socket.bind({ address: bindAddress }, resolve);
    });
    return await askStun(socket, server, clock);
  } catch (error) {
    return { outcome: "failed", detail: toError(error).message };
  } finally {
    socket.close();
  }
}
