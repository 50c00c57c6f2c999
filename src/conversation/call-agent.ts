import { voice, type llm } from "@livekit/agents";
import type { AudioFrame } from "@livekit/rtc-node";
import type { ReadableStream } from "node:stream/web";
import { toError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import type { Replacement } from "./pronunciation.ts";
import { fromVoice, towardsVoice, type SpokenText } from "./spoken-text.ts";

/** Looks at what the caller said before the model does. `taken`: the turn is not for the model, and gets no reply. */
export type UserTurnRule = (text: string) => "taken" | "pass";

/** The assistant as the session runs it, with the places where the call's own rules step in. */
export class CallAgent extends voice.Agent {
  /** asked in this order, until one takes the turn */
  readonly userTurnRules: UserTurnRule[] = [];
  readonly #pronunciation: readonly Replacement[];
  readonly #logger: Logger;

  constructor(
    options: ConstructorParameters<typeof voice.Agent>[0],
    pronunciation: readonly Replacement[],
    logger: Logger,
  ) {
    super(options);
    this.#pronunciation = pronunciation;
    this.#logger = logger;
  }

  override async ttsNode(
    text: ReadableStream<string>,
    settings: voice.ModelSettings,
  ): Promise<ReadableStream<AudioFrame> | null> {
    const spoken: SpokenText = { text: "", samples: 0, isComplete: false };
    const frames = await super.ttsNode(towardsVoice(text, spoken, this.#pronunciation), settings);
    return frames && fromVoice(frames, spoken);
  }

  override onUserTurnCompleted(_context: llm.ChatContext, message: llm.ChatMessage): Promise<void> {
    const text = message.textContent ?? "";
    if (this.userTurnRules.some((rule) => rule(text) === "taken")) throw new voice.StopResponse();
    return Promise.resolve();
  }

  /**
   * Adds to what the model knows, without starting a turn.
   * @param extra  beside the words, for whoever reads the context; providers do not get it
   */
  async addContext(
    content: string,
    { role = "system", extra }: { role?: "system" | "user"; extra?: Record<string, unknown> } = {},
  ): Promise<void> {
    const context = this.chatCtx.copy();
    context.addMessage({ role, content, ...(extra && { extra }) });
    await this.updateChatCtx(context).catch((error: unknown) => {
      this.#logger.warn({ err: toError(error) }, "the model's context could not be added to");
    });
  }
}
