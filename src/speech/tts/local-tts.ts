import { tts } from "@livekit/agents";
import { AudioFrame } from "@livekit/rtc-node";
import type { Espeak } from "./espeak.ts";

const SAMPLE_RATE_HZ = 22_050;
const FRAME_SAMPLES = SAMPLE_RATE_HZ / 50;

/** `tts_config { "provider": "local", "voice_id": "en" }` */
export class LocalTts extends tts.TTS {
  override label = "switchhook.LocalTts";
  readonly #espeak: Espeak;
  readonly #voice: string;

  constructor(espeak: Espeak, voice: string) {
    super(SAMPLE_RATE_HZ, 1, { streaming: false });
    this.#espeak = espeak;
    this.#voice = voice;
  }

  override synthesize(text: string, connOptions?: ConnectOptions, signal?: AbortSignal): tts.ChunkedStream {
    return new LocalStream(text, this, this.#espeak, this.#voice, connOptions, signal);
  }

  override stream(): tts.SynthesizeStream {
    throw new Error("the local voice speaks sentence by sentence; the session splits them");
  }
}

type ConnectOptions = ConstructorParameters<typeof tts.ChunkedStream>[2];

class LocalStream extends tts.ChunkedStream {
  override label = "switchhook.LocalStream";
  readonly #espeak: Espeak;
  readonly #voice: string;

  constructor(
    text: string,
    parent: LocalTts,
    espeak: Espeak,
    voice: string,
    connOptions?: ConnectOptions,
    signal?: AbortSignal,
  ) {
    super(text, parent, connOptions, signal);
    this.#espeak = espeak;
    this.#voice = voice;
  }

  protected override async run(): Promise<void> {
    const { samples } = await this.#espeak.synthesize(this.inputText, this.#voice, this.abortSignal);
    for (let at = 0; at < samples.length; at += FRAME_SAMPLES) {
      const part = samples.slice(at, at + FRAME_SAMPLES);
      this.queue.put({
        requestId: "local",
        segmentId: "local",
        frame: new AudioFrame(part, SAMPLE_RATE_HZ, 1, part.length),
        final: at + FRAME_SAMPLES >= samples.length,
      });
    }
  }
}
