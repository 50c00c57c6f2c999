import { stt, type AudioBuffer } from "@livekit/agents";
import { toError } from "../../errors.ts";
import { isWorthASecondTry } from "../second-try.ts";

/**
 * A recogniser that works turn by turn, with its failures heard. LiveKit's adapter logs a failed recognition and goes
 * on, so the caller would talk to nobody; here it is an `error` event, as with every other provider.
 */
export class TurnStt extends stt.STT {
  override label = "switchhook.TurnStt";
  readonly #recogniser: stt.STT;
  /** what the caller said is being recognised */
  onStarted: () => void = () => undefined;
  /** @param text  empty: no words were in it */
  onHeard: (text: string) => void = () => undefined;

  constructor(recogniser: stt.STT) {
    super({ streaming: false, interimResults: false });
    this.#recogniser = recogniser;
  }

  protected override async _recognize(audio: AudioBuffer, signal?: AbortSignal): Promise<stt.SpeechEvent> {
    this.onStarted();
    try {
      const event = await this.#recogniseWell(audio, signal);
      this.onHeard(event.alternatives![0].text);
      return event;
    } catch (thrown) {
      const error = toError(thrown);
      if (!signal?.aborted) {
        const { label } = this;
        this.emit("error", { type: "stt_error", timestamp: Date.now(), label, error, recoverable: false });
      }
      throw error;
    }
  }

  async #recogniseWell(audio: AudioBuffer, signal?: AbortSignal): Promise<stt.SpeechEvent> {
    const startedMs = performance.now();
    const once = async () => {
      const event = await this.#recogniser.recognize(audio, signal);
      // The adapter takes an answer without a text for silence, and the caller would wait for ever.
      if (typeof event.alternatives?.[0].text !== "string") throw new Error("the recogniser gave no text");
      return event;
    };
    try {
      return await once();
    } catch (error) {
      if (signal?.aborted || !isWorthASecondTry(error, performance.now() - startedMs)) throw error;
      return once();
    }
  }

  override stream(): stt.SpeechStream {
    throw new Error("turns are found by voice activity: use it through an adapter");
  }
}
