/**
 * What can be told of an encrypted stream from its headers (RFC 3550, 5.1): whether somebody speaks, and how much is lost
 * on the way. For what a page shows; the media engine counts for itself. Pure.
 */
export interface StreamWatch {
  see(packet: Buffer, levelExtensionId: number | undefined): void;
  /** since it was asked last */
  take(): { loudest: number; packets: number; lost: number; mostBytes: number };
}

const HEADER_BYTES = 12;
const ONE_BYTE_EXTENSIONS = 0xbede;

export function createStreamWatch(): StreamWatch {
  let loudest = 0;
  let packets = 0;
  let mostBytes = 0;
  let first: number | undefined;
  let highest = 0;
  let ssrc = 0;

  return {
    see(packet, levelExtensionId) {
      if (packet.length < HEADER_BYTES) return;
      const sequence = packet.readUInt16BE(2);
      const from = packet.readUInt32BE(8);
      if (first === undefined || from !== ssrc) {
        first = sequence;
        highest = sequence;
        ssrc = from;
        packets = 0;
      }
      const ahead = ((sequence - highest + 0x8000) & 0xffff) - 0x8000;
      if (ahead > 0) highest += ahead;
      packets++;
      mostBytes = Math.max(mostBytes, packet.length);
      if (levelExtensionId !== undefined) loudest = Math.max(loudest, loudnessOf(packet, levelExtensionId));
    },
    take() {
      const expected = first === undefined ? 0 : highest - first + 1;
      const taken = { loudest, packets, lost: Math.max(0, expected - packets), mostBytes };
      loudest = 0;
      packets = 0;
      mostBytes = 0;
      if (first !== undefined) first = highest + 1;
      return taken;
    },
  };
}

/** @returns 0 (silence) to 1, of the level in -dBov that the sender has measured (RFC 6464) */
function loudnessOf(packet: Buffer, extensionId: number): number {
  if ((packet[0]! & 0x10) === 0) return 0;
  const at = HEADER_BYTES + (packet[0]! & 0x0f) * 4;
  if (packet.length < at + 4 || packet.readUInt16BE(at) !== ONE_BYTE_EXTENSIONS) return 0;
  const end = Math.min(packet.length, at + 4 + packet.readUInt16BE(at + 2) * 4);
  for (let element = at + 4; element < end;) {
    const byte = packet[element]!;
    if (byte === 0) {
      element++;
      continue;
    }
    const length = (byte & 0x0f) + 1;
    if (byte >> 4 === extensionId && element + 1 < end) return 10 ** (-(packet[element + 1]! & 0x7f) / 20);
    element += 1 + length;
  }
  return 0;
}
