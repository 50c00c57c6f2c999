/**
 * What a listener would say of a stream, estimated: the E-model (ITU-T G.107) with everything that cannot be measured
 * here at its default. Pure.
 */

/** R of a perfect narrow-band call with all parameters at their defaults (G.107, table 3). */
const R_DEFAULT = 93.2;
/** G.711 with packet loss concealment (G.113, appendix I): no impairment of its own, and how well it stands losses. */
const G711_IE = 0;
const G711_BPL = 25.1;
/** Of a G.107 rating to a mean opinion: below and above the curve is flat. */
const LOWEST_MOS = 1;
const HIGHEST_MOS = 4.5;

export interface StreamMeasures {
  /** packets that came */
  received: number;
  /** packets that did not */
  lost: number;
  /** of those that came, how many were too late to be heard */
  late: number;
  /** from mouth to ear, as far as it is known: packet, jitter buffer, half the way there and back */
  delayMs: number;
}

/** @returns the mean opinion score, 1 to 4.5, to a hundredth; undefined: nothing was expected */
export function estimateMos({ received, lost, late, delayMs }: StreamMeasures): number | undefined {
  const expected = received + lost;
  if (expected === 0) return undefined;
  const lossPercent = (100 * Math.min(expected, lost + late)) / expected;
  // G.107, 7-29 and 7-27 in the form that is in use for VoIP: random losses, delay without echo.
  const lossImpairment = G711_IE + (95 - G711_IE) * (lossPercent / (lossPercent + G711_BPL));
  const delayImpairment = 0.024 * delayMs + (delayMs > 177.3 ? 0.11 * (delayMs - 177.3) : 0);
  return mosOf(R_DEFAULT - delayImpairment - lossImpairment);
}

/** G.107, annex B. */
function mosOf(r: number): number {
  if (r <= 0) return LOWEST_MOS;
  if (r >= 100) return HIGHEST_MOS;
  const mos = 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6;
  return Math.round(Math.max(LOWEST_MOS, mos) * 100) / 100;
}
