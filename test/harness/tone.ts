/** A sine at 8,000 samples a second. */
export function tone(frequencyHz: number, durationMs: number, amplitude = 8_000): Int16Array {
  const samples = new Int16Array(durationMs * 8);
  for (let index = 0; index < samples.length; index++) {
    samples[index] = amplitude * Math.sin((2 * Math.PI * frequencyHz * index) / 8_000);
  }
  return samples;
}

/** How much of a signal's power is at one frequency, 0 to 1 (Goertzel). */
export function shareAt(frequencyHz: number, samples: Int16Array): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * frequencyHz) / 8_000);
  let [previous, beforeThat, power] = [0, 0, 0];
  for (const sample of samples) {
    const next = sample + coefficient * previous - beforeThat;
    beforeThat = previous;
    previous = next;
    power += sample * sample;
  }
  const atFrequency = previous ** 2 + beforeThat ** 2 - coefficient * previous * beforeThat;
  return power === 0 ? 0 : (2 * atFrequency) / (power * samples.length);
}
