/**
 * Decides which packets belong to the call, and so where our own go (symmetric RTP, RFC 4961): to where the caller's
 * come from, whatever the SDP said. Pure.
 *
 *   nothing heard ──first packet──▶ latched (weakly) ──3 packets──▶ latched
 *
 * A stray or forged packet must not steal a stream, and a real change of stream must not cost the call. So another
 * source takes over only with three packets in a row, nothing from the old one between them, and
 *
 * - at once, where it shares the address (a PBX that re-creates the stream) or the SSRC, 32 random bits (a NAT that
 *   has moved the port), or where the old one has not proven itself by three packets;
 * - else once the old one has been silent for a second.
 */
export interface RtpSource {
  /** `changed`: ours from now on, and nothing that was heard before belongs to it. */
  accept(ssrc: number, from: RtpAddress, oldSilentForMs: number): "same" | "changed" | "foreign";
  /** A re-INVITE has named another address. */
  redirect(address: RtpAddress): void;
  /** where our packets go */
  readonly destination: RtpAddress;
}

export interface RtpAddress {
  address: string;
  port: number;
}

interface Stream extends RtpAddress {
  ssrc: number;
  packets: number;
}

/** In the spirit of RFC 3550, A.1 (MIN_SEQUENTIAL = 2): one packet proves nothing. */
const PROVEN_BY_PACKETS = 3;
const TAKE_OVER_AFTER_MS = 1_000;

export function createRtpSource(signalled: RtpAddress): RtpSource {
  let destination = signalled;
  let current: Stream | undefined;
  let candidate: Stream | undefined;

  function latch(stream: Stream): void {
    current = stream;
    candidate = undefined;
    destination = { address: stream.address, port: stream.port };
  }

  function mayTakeOver(from: RtpAddress, ssrc: number, silentForMs: number): boolean {
    if (!current || current.packets < PROVEN_BY_PACKETS) return true;
    const isSameAddress = from.address === current.address && from.port === current.port;
    return isSameAddress || ssrc === current.ssrc || silentForMs >= TAKE_OVER_AFTER_MS;
  }

  return {
    accept(ssrc, from, oldSilentForMs) {
      if (current && isFrom(current, ssrc, from)) {
        current.packets++;
        candidate = undefined;
        return "same";
      }
      if (!current) {
        latch({ ssrc, address: from.address, port: from.port, packets: 1 });
        return "changed";
      }
      if (!candidate || !isFrom(candidate, ssrc, from)) {
        candidate = { ssrc, address: from.address, port: from.port, packets: 0 };
      }
      candidate.packets++;
      if (candidate.packets < PROVEN_BY_PACKETS || !mayTakeOver(from, ssrc, oldSilentForMs)) return "foreign";
      const isSameStream = ssrc === current.ssrc;
      latch(candidate);
      return isSameStream ? "same" : "changed";
    },
    redirect(address) {
      destination = address;
      current = undefined;
      candidate = undefined;
    },
    get destination() {
      return destination;
    },
  };
}

function isFrom(stream: Stream, ssrc: number, from: RtpAddress): boolean {
  return stream.ssrc === ssrc && stream.port === from.port && stream.address === from.address;
}
