import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Espeak } from "../../src/speech/tts/espeak.ts";
import { toTelephoneRate } from "../../src/telephony/codec/resample.ts";
import { wavHeader } from "../../src/telephony/rtp/wav.ts";
import type { CallPlan } from "./plan-call.ts";

const SAMPLE_RATE_HZ = 8_000;
const BYTES_PER_MOMENT = 4;

/**
 * Speaks a call into a file, the caller left and the assistant right, and moves its sentences to where the voices put
 * them: what is written of the call afterwards is what is heard.
 */
export async function recordAudio(
  plan: CallPlan,
  espeak: Espeak,
  file: string,
): Promise<{ durationMs: number; sizeBytes: number }> {
  const began = plan.answeredAt!.getTime();
  const language = plan.story.assistant === "restaurant" ? "nl" : "en-gb";
  const voices = { user: `${language}+f2`, assistant: language };
  const moments = Math.ceil(((plan.endedAt.getTime() - began) / 1_000) * SAMPLE_RATE_HZ);
  const data = Buffer.alloc(moments * BYTES_PER_MOMENT);
  for (const { role, text, from } of plan.spoken) {
    const { samples, sampleRateHz } = await espeak.synthesize(text, voices[role]);
    const first = Math.round(((from.getTime() - began) / 1_000) * SAMPLE_RATE_HZ);
    for (const [index, sample] of toTelephoneRate(samples, sampleRateHz).entries()) {
      if (first + index >= moments) break;
      data.writeInt16LE(sample, (first + index) * BYTES_PER_MOMENT + (role === "user" ? 0 : 2));
    }
  }
  const whole = Buffer.concat([wavHeader(data.length, { channels: 2, sampleRateHz: SAMPLE_RATE_HZ }), data]);
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, whole, { mode: 0o600 });
  return { durationMs: (moments / SAMPLE_RATE_HZ) * 1_000, sizeBytes: whole.length };
}
