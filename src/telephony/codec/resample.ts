import { SAMPLE_RATE_HZ } from "../carrier.ts";

/**
 * Speech to telephone rate: averages the samples that fall into each output sample, which keeps what is above the
 * telephone band from folding back into it. Good enough for synthesized speech; live audio goes through the session's
 * own resampler.
 */
export function toTelephoneRate(samples: Int16Array, sampleRateHz: number): Int16Array {
  const ratio = sampleRateHz / SAMPLE_RATE_HZ;
  const result = new Int16Array(Math.floor(samples.length / ratio));
  for (let index = 0; index < result.length; index++) {
    const from = Math.floor(index * ratio);
    const to = Math.max(from + 1, Math.floor((index + 1) * ratio));
    let sum = 0;
    for (let at = from; at < to; at++) sum += samples[at]!;
    result[index] = sum / (to - from);
  }
  return result;
}
