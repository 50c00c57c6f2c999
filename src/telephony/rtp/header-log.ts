import type { CapturedRtpHeader } from "../carrier.ts";

/**
 * The headers of a leg's RTP packets, without a sample of what was said: enough to see which way nothing came, what was
 * late, and where a sender changed. The beginning and the end of a call are kept, half a minute of each: there it goes
 * wrong.
 */
export interface HeaderLog {
  /** @param packet  a whole one; its first 12 bytes are kept */
  add(header: {
    at: number;
    direction: "in" | "out";
    packet: Buffer;
    remote: CapturedRtpHeader["remote"];
  }): void;
  read(): CapturedRtpHeader[];
}

/** 50 packets a second, two ways. */
const MOST_AT_EACH_END = 3_000;
const HEADER_BYTES = 12;

export function createHeaderLog({
  localPort,
  most = MOST_AT_EACH_END,
}: {
  localPort: number;
  most?: number;
}): HeaderLog {
  const first: CapturedRtpHeader[] = [];
  /** a ring: the oldest is overwritten */
  const last: CapturedRtpHeader[] = [];
  let next = 0;

  return {
    add({ at, direction, packet, remote }) {
      const header = {
        at,
        direction,
        localPort,
        remote: { address: remote.address, port: remote.port },
        headerHex: packet.toString("hex", 0, HEADER_BYTES),
        sizeBytes: packet.length,
      };
      if (first.length < most) {
        first.push(header);
        return;
      }
      last[next] = header;
      next = (next + 1) % most;
    },
    read: () => [...first, ...last.slice(next), ...last.slice(0, next)],
  };
}
