import {
  createSrtpReceiver,
  createSrtpSender,
  type SrtpReceiver,
  type SrtpRefusal,
  type SrtpSender,
} from "./srtp-stream.ts";
import type { SrtpParameters } from "./srtp-suite.ts";

/** What happens to packets between the session and the wire: nothing (plain RTP), or SRTP. */
export interface PacketProtection {
  /** bytes that a packet of ours needs behind its payload */
  readonly trailerBytes: number;
  /** @param packet  with `trailerBytes` of room behind the payload */
  protect(packet: Buffer): void;
  open(packet: Buffer): Buffer | SrtpRefusal;
  /**
   * A re-INVITE has agreed on this. A key that stays keeps its counters: to begin them anew under the same key would
   * use the same key stream twice, which shows the audio of both (RFC 3711, 9.1).
   */
  update(parameters: SrtpParameters | undefined): void;
}

export function createPacketProtection(first: SrtpParameters | undefined): PacketProtection {
  let agreed: SrtpParameters | undefined;
  let sender: SrtpSender | undefined;
  let receiver: SrtpReceiver | undefined;

  function update(next: SrtpParameters | undefined): void {
    const isSameSuite = next?.suite === agreed?.suite;
    if (!isSameSuite || next?.sendKey !== agreed?.sendKey)
      sender = next && createSrtpSender(next.suite, next.sendKey);
    if (!isSameSuite || next?.receiveKey !== agreed?.receiveKey)
      receiver = next && createSrtpReceiver(next.suite, next.receiveKey, receiver?.rollovers);
    agreed = next;
  }

  update(first);
  return {
    get trailerBytes() {
      return sender?.tagBytes ?? 0;
    },
    protect: (packet) => sender?.protect(packet),
    open: (packet) => (receiver ? receiver.open(packet) : packet),
    update,
  };
}
