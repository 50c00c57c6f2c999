import type { Socket } from "node:dgram";
import { FRAME_BYTES, isLoud } from "./g711-loudness.ts";

/** How a generated caller's frames travel: RTP over UDP from a telephone, SRTP behind WebRTC from a browser. */
export interface CallWire {
  /** RTP timestamps in 20 ms */
  readonly ticksPerFrame: number;
  send(payload: Uint8Array, header: { sequence: number; timestamp: number }): void;
  /** @param listener  `timestamp`: in 8,000ths of a second, whatever the codec's clock; one listener */
  onFrame(listener: (timestamp: number, isLoud: boolean) => void): void;
  close(): void;
}

/** A telephone's: µ-law over plain RTP. */
export function openTelephoneWire(
  socket: Socket,
  remote: { address: string; port: number },
  ssrc: number,
): CallWire {
  const packet = Buffer.alloc(12 + FRAME_BYTES);
  packet[0] = 0x80;
  packet.writeUInt32BE(ssrc, 8);
  return {
    ticksPerFrame: FRAME_BYTES,
    send(payload, { sequence, timestamp }) {
      packet.writeUInt16BE(sequence, 2);
      packet.writeUInt32BE(timestamp, 4);
      packet.set(payload, 12);
      // A copy: the datagram may still be on its way when the next one is written.
      socket.send(Buffer.from(packet), remote.port, remote.address, () => undefined);
    },
    onFrame(listener) {
      socket.on("message", (bytes: Buffer) => listener(bytes.readUInt32BE(4), isLoud(bytes.subarray(12))));
    },
    close() {
      socket.removeAllListeners("message");
      socket.close();
    },
  };
}
