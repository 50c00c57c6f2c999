import { stt } from "@livekit/agents";

/**
 * `stt_config { "provider": "scripted", "utterances": [...] }`: hears nothing, and says what the script says. Each
 * turn that voice activity detection finds in the caller's audio yields the next utterance; after the last, silence.
 */
export class ScriptedStt extends stt.STT {
  override label = "switchhook.ScriptedStt";
  readonly #utterances: string[];

  constructor(utterances: readonly string[]) {
    super({ streaming: false, interimResults: false });
    this.#utterances = [...utterances];
  }

  protected override _recognize(): Promise<stt.SpeechEvent> {
    const text = this.#utterances.shift() ?? "";
    return Promise.resolve({
      type: stt.SpeechEventType.FINAL_TRANSCRIPT,
      alternatives: [{ text, language: "en" as never, startTime: 0, endTime: 0, confidence: 1 }],
    });
  }

  override stream(): stt.SpeechStream {
    throw new Error("the scripted recogniser works turn by turn; the session splits them by voice activity");
  }
}
