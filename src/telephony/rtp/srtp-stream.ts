import { createReplayWindow, type ReplayWindow } from "./replay-window.ts";
import { createSrtpCipher, LONGEST_SRTP_PACKET_BYTES } from "./srtp-cipher.ts";
import type { SrtpSuite } from "./srtp-suite.ts";

/** RFC 3711 for RTP: the sequence number's rollovers, replay, authentication, encryption. */
export interface SrtpSender {
  readonly tagBytes: number;
  /** Encrypts in place. @param packet  an RTP packet of ours (no CSRC, no extension) with room for the tag behind it */
  protect(packet: Buffer): void;
}

export interface SrtpReceiver {
  /** Decrypts in place. @returns the packet without its tag, or why it is none */
  open(packet: Buffer): Buffer | SrtpRefusal;
  /** of the stream that was heard last: where a new key under the same sequence numbers may go on */
  readonly rollovers: number;
}

export type SrtpRefusal = "unauthentic" | "replayed" | "malformed";

const HEADER_BYTES = 12;
const HALF = 0x8000;
/** A peer has one stream, and another after a transfer; each is remembered only once it has proven that it has the key. */
const MOST_STREAMS = 4;

export function createSrtpSender(suite: SrtpSuite, keySalt: string): SrtpSender {
  const cipher = createSrtpCipher(suite, keySalt);
  let rollovers = 0;
  let last: number | undefined;
  return {
    tagBytes: cipher.tagBytes,
    protect(packet) {
      const length = packet.length - cipher.tagBytes;
      const sequence = packet.readUInt16BE(2);
      // Ours leave in order: smaller than the last one means that it has wrapped.
      if (last !== undefined && sequence < last) rollovers++;
      last = sequence;
      cipher.apply(packet, HEADER_BYTES, length, packet.readUInt32BE(8), rollovers, sequence);
      cipher.sign(packet, length, rollovers);
    },
  };
}

interface Stream {
  rollovers: number;
  /** of the index that is highest so far */
  sequence: number;
  window: ReplayWindow;
}

/**
 * @param earlierRollovers  of the stream under the key before this one. Some peers start counting at zero with a new key,
 *   others go on; nothing in SDES says which (RFC 4568, 6.4 leaves the counter out), so a stream's first packet is tried
 *   with both.
 */
export function createSrtpReceiver(suite: SrtpSuite, keySalt: string, earlierRollovers = 0): SrtpReceiver {
  const cipher = createSrtpCipher(suite, keySalt);
  const streams = new Map<number, Stream>();
  let newest: Stream | undefined;

  function remember(ssrc: number, rollovers: number, sequence: number): Stream {
    if (streams.size >= MOST_STREAMS) streams.delete(streams.keys().next().value!);
    const stream = { rollovers, sequence, window: createReplayWindow() };
    streams.set(ssrc, stream);
    return stream;
  }

  function authenticRollovers(packet: Buffer, length: number, guess: number): number | undefined {
    if (guess >= 0 && cipher.verify(packet, length, guess)) return guess;
    return undefined;
  }

  return {
    open(packet) {
      const length = packet.length - cipher.tagBytes;
      const payloadAt = headerLength(packet);
      if (payloadAt === undefined || length < payloadAt || packet.length > LONGEST_SRTP_PACKET_BYTES)
        return "malformed";
      const sequence = packet.readUInt16BE(2);
      const ssrc = packet.readUInt32BE(8);
      const known = streams.get(ssrc);
      const guess = known ? rolloversOf(sequence, known) : 0;
      const index = guess * 0x1_0000 + sequence;
      if (known?.window.isSeen(index)) return "replayed";
      let rollovers = authenticRollovers(packet, length, guess);
      if (rollovers === undefined && !known && earlierRollovers > 0)
        rollovers = authenticRollovers(packet, length, earlierRollovers);
      if (rollovers === undefined) return "unauthentic";
      const stream = known ?? remember(ssrc, rollovers, sequence);
      stream.window.mark(rollovers * 0x1_0000 + sequence);
      if (rollovers > stream.rollovers || (rollovers === stream.rollovers && sequence > stream.sequence)) {
        stream.rollovers = rollovers;
        stream.sequence = sequence;
      }
      newest = stream;
      cipher.apply(packet, payloadAt, length, ssrc, rollovers, sequence);
      return packet.subarray(0, length);
    },
    get rollovers() {
      return newest?.rollovers ?? earlierRollovers;
    },
  };
}

/** The likeliest number of rollovers: that which puts the packet nearest to the newest one (RFC 3711, 3.3.1). */
function rolloversOf(sequence: number, { rollovers, sequence: newest }: Stream): number {
  if (newest < HALF) return sequence - newest > HALF ? rollovers - 1 : rollovers;
  return newest - HALF > sequence ? rollovers + 1 : rollovers;
}

/** Where the encrypted part begins: behind CSRCs and the extension (RFC 3711, 3.1). */
function headerLength(packet: Buffer): number | undefined {
  if (packet.length < HEADER_BYTES || packet[0]! >> 6 !== 2) return undefined;
  const afterCsrcs = HEADER_BYTES + (packet[0]! & 0x0f) * 4;
  if ((packet[0]! & 0x10) === 0) return afterCsrcs;
  if (packet.length < afterCsrcs + 4) return undefined;
  return afterCsrcs + 4 + packet.readUInt16BE(afterCsrcs + 2) * 4;
}
