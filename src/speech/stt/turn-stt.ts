import { stt, type AudioBuffer } from "@livekit/agents";
import { toError } from "../../errors.ts";

/**
 * A recogniser that works turn by turn, with its failures heard. LiveKit's adapter logs a failed recognition and goes
 * on, so the caller would talk to nobody; here it is an `error` event, as with every other provider.
 */
export class TurnStt extends stt.STT {
  override label = "switchhook.TurnStt";
  readonly #recogniser: stt.STT;

  constructor(recogniser: stt.STT) {
    super({ streaming: false, interimResults: false });
    this.#recogniser = recogniser;
  }

  protected override async _recognize(audio: AudioBuffer, signal?: AbortSignal): Promise<stt.SpeechEvent> {
    try {
      return await this.#recogniser.recognize(audio, signal);
    } catch (thrown) {
      const error = toError(thrown);
      if (!signal?.aborted) {
        const { label } = this;
        this.emit("error", { type: "stt_error", timestamp: Date.now(), label, error, recoverable: false });
      }
      throw error;
    }
  }

  override stream(): stt.SpeechStream {
    throw new Error("turns are found by voice activity: use it through an adapter");
  }
}
