import { createEspeak } from "../../src/speech/tts/espeak.ts";
import { toTelephoneRate } from "../../src/telephony/codec/resample.ts";

/** What generated callers say, and the line's own noise between it. Rendered once, before anything is measured. */
export interface CallerAudio {
  /** begin with the first sound and end with the last: when each starts and ends is when its frames are sent */
  utterances: Uint8Array[][];
  noise: Uint8Array[];
}

const SENTENCES = [
  "Hello, I would like to know when you open tomorrow morning.",
  "Can you tell me whether my order has arrived yet?",
  "All right, and what does it cost to have it delivered?",
];
/** A line that is not dead: digital silence would let our own shortcuts look better than they are. */
const NOISE_RMS = 60;
const SOUND = 700;

/** @param framesOf  samples at 8,000 a second as a codec's frames of 20 ms */
export async function renderCallerAudio(
  framesOf: (samples: Int16Array) => Uint8Array[] | Promise<Uint8Array[]>,
): Promise<CallerAudio> {
  const espeak = createEspeak();
  try {
    const utterances: Uint8Array[][] = [];
    for (const sentence of SENTENCES) {
      const { samples, sampleRateHz } = await espeak.synthesize(sentence, "en-us");
      utterances.push(await framesOf(trim(toTelephoneRate(samples, sampleRateHz))));
    }
    const line = Int16Array.from(
      { length: 8_000 * 4 },
      () => (Math.random() - 0.5) * Math.sqrt(12) * NOISE_RMS,
    );
    return { utterances, noise: await framesOf(line) };
  } finally {
    await espeak.stop();
  }
}

/** From the first sound to the last, so that the last frame holds some. */
function trim(samples: Int16Array): Int16Array {
  const first = samples.findIndex((sample) => Math.abs(sample) > SOUND);
  const last = samples.findLastIndex((sample) => Math.abs(sample) > SOUND);
  const whole = samples.slice(first, last + 1);
  const padded = new Int16Array(Math.ceil(whole.length / 160) * 160);
  padded.set(whole);
  return padded;
}
