import type { OpenAI } from "openai";
import { SentenceTts } from "../tts/sentence-tts.ts";

/** what `response_format: "pcm"` is: 24 kHz, 16 bit, little-endian, mono */
const SAMPLE_RATE_HZ = 24_000;

/** `tts_config { "provider": "openai", … }`: played while it arrives, unlike the plugin's, which waits for the whole. */
export class OpenAiTts extends SentenceTts {
  override label = "switchhook.OpenAiTts";
  readonly #client: OpenAI;
  readonly #request: { model: string; voice: string };

  constructor(client: OpenAI, request: { model: string; voice: string }) {
    super(SAMPLE_RATE_HZ);
    this.#client = client;
    this.#request = request;
  }

  override async *speak(sentence: string, signal: AbortSignal): AsyncIterable<Int16Array> {
    const response = await this.#client.audio.speech.create(
      { ...this.#request, input: sentence, response_format: "pcm" },
      { signal },
    );
    const type = response.headers.get("content-type") ?? "";
    // A page of a proxy, played as samples, is a scream.
    if (/^(text\/|application\/json)/i.test(type))
      throw new Error(`the speech service answered with ${type}`);
    if (!response.body) throw new Error("the speech service answered without a body");
    let rest = new Uint8Array();
    for await (const part of response.body) {
      const bytes = new Uint8Array(rest.length + part.length);
      bytes.set(rest);
      bytes.set(part, rest.length);
      // A part may end in the middle of a sample.
      const whole = bytes.length - (bytes.length % 2);
      rest = bytes.slice(whole);
      if (whole > 0) yield new Int16Array(bytes.buffer, 0, whole / 2);
    }
  }
}
