import { stt, type AudioBuffer } from "@livekit/agents";
import { toError } from "../../errors.ts";
import { isWorthASecondTry } from "../second-try.ts";
import { frameOf, type CallVad, type HeardTurn } from "../vad/call-vad.ts";

type ConnectOptions = ConstructorParameters<typeof stt.SpeechStream>[2];

/**
 * A recogniser that works turn by turn, fed with the turns that voice activity finds in the call, and with its failures
 * heard. LiveKit's adapter finds the turns once more by itself, logs a failed recognition and goes on, so the caller
 * would talk to nobody; here it is an `error` event, as with every other provider.
 */
export class TurnStt extends stt.STT {
  override label = "switchhook.TurnStt";
  readonly #recogniser: stt.STT;
  readonly #vad: CallVad;
  /** what the caller said is being recognised */
  onStarted: () => void = () => undefined;
  /** @param text  empty: no words were in it */
  onHeard: (text: string) => void = () => undefined;

  constructor(recogniser: stt.STT, vad: CallVad) {
    super({ streaming: true, interimResults: false });
    this.#recogniser = recogniser;
    this.#vad = vad;
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

  override stream(options?: { connOptions?: ConnectOptions }): stt.SpeechStream {
    return new TurnStream(this, this.#vad, options?.connOptions);
  }
}

class TurnStream extends stt.SpeechStream {
  override label = "switchhook.TurnStream";
  readonly #stt: stt.STT;
  readonly #vad: CallVad;

  constructor(recogniser: stt.STT, vad: CallVad, connOptions: ConnectOptions) {
    super(recogniser, undefined, connOptions);
    this.#stt = recogniser;
    this.#vad = vad;
  }

  /** The turns' audio comes with them. */
  override pushFrame(): void {}

  protected override run(): Promise<void> {
    let recognizing = Promise.resolve();
    return new Promise((resolve) => {
      const leave = this.#vad.onTurn({
        began: () => this.#put({ type: stt.SpeechEventType.START_OF_SPEECH }),
        ended: (turn) => {
          this.#put({ type: stt.SpeechEventType.END_OF_SPEECH, speechEndTime: turn.endedAt });
          // One after the other: what was said first is read first.
          recognizing = recognizing.then(() => this.#recognize(turn));
        },
      });
      const end = () => {
        leave();
        resolve();
      };
      if (this.abortSignal.aborted) end();
      else this.abortSignal.addEventListener("abort", end, { once: true });
    });
  }

  async #recognize({ samples, endedAt }: HeardTurn): Promise<void> {
    if (!samples.some((sample) => sample !== 0)) return;
    try {
      const event = await this.#stt.recognize(frameOf(samples), this.abortSignal);
      if (event.alternatives?.[0].text)
        this.#put({ ...event, speechEndTime: event.speechEndTime ?? endedAt });
    } catch {
      // It has been told as an `error` event.
    }
  }

  #put(event: stt.SpeechEvent): void {
    if (!this.queue.closed) this.queue.put(event);
  }
}
