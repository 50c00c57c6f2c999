import type { Espeak } from "./espeak.ts";
import { SentenceTts } from "./sentence-tts.ts";

const SAMPLE_RATE_HZ = 22_050;

/** `tts_config { "provider": "local", "voice_id": "en" }` */
export class LocalTts extends SentenceTts {
  override label = "switchhook.LocalTts";
  readonly #espeak: Espeak;
  readonly #voice: string;

  constructor(espeak: Espeak, voice: string) {
    super(SAMPLE_RATE_HZ);
    this.#espeak = espeak;
    this.#voice = voice;
  }

  override async *speak(sentence: string, signal: AbortSignal): AsyncIterable<Int16Array> {
    const { samples } = await this.#espeak.synthesize(sentence, this.#voice, signal);
    yield samples;
  }
}
