/** What a receiver counts of one stream after another (RFC 3550, 6.4.1 and A.3, A.8). Pure. */
export interface RtpStatistics {
  /** @param arrivedAtSamples  when it came, in units of the RTP clock */
  count(packet: {
    sequence: number;
    timestamp: number;
    arrivedAtSamples: number;
    hasSteadyTimestamp: boolean;
  }): void;
  /** Another source: its numbers have nothing to do with those before. */
  restart(): void;
  readonly received: number;
  /** Expected minus received; duplicates make up for losses, as in RTCP. */
  readonly lost: number;
  readonly jitterSamples: number;
}

/** A jump by more than this is a sender that has started over, not a loss (RFC 3550, A.1: MAX_DROPOUT). */
const MOST_DROPOUT = 3_000;

export function createRtpStatistics(): RtpStatistics {
  let received = 0;
  let lostBefore = 0;
  let receivedHere = 0;
  let base: number | undefined;
  /** highest sequence number, counting on over the wrap */
  let highest = 0;
  let lastTransit: number | undefined;
  let jitterSamples = 0;

  const lostHere = () => (base === undefined ? 0 : Math.max(0, highest - base + 1 - receivedHere));

  function restart(): void {
    lostBefore += lostHere();
    base = undefined;
    receivedHere = 0;
    lastTransit = undefined;
  }

  return {
    count({ sequence, timestamp, arrivedAtSamples, hasSteadyTimestamp }) {
      // The distance to the highest so far, on the circle of 16 bits.
      const ahead = ((sequence - highest) << 16) >> 16;
      if (base !== undefined && Math.abs(ahead) > MOST_DROPOUT) restart();
      if (base === undefined) [base, highest] = [sequence, sequence];
      else if (ahead > 0) highest += ahead;
      received++;
      receivedHere++;
      // All packets of one key press carry one timestamp; as arrival times they would be nonsense.
      if (!hasSteadyTimestamp) return;
      const transit = (arrivedAtSamples - timestamp) | 0;
      if (lastTransit !== undefined) {
        jitterSamples += (Math.abs((transit - lastTransit) | 0) - jitterSamples) / 16;
      }
      lastTransit = transit;
    },
    restart,
    get received() {
      return received;
    },
    get lost() {
      return lostBefore + lostHere();
    },
    get jitterSamples() {
      return jitterSamples;
    },
  };
}
