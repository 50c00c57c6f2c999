import { voice } from "@livekit/agents";
import type { AssistantConfiguration } from "../assistants/configuration.ts";
import type { Clock } from "../clock.ts";
import { toError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import { LLM_FAILED, STT_FAILED, TTS_FAILED } from "../speech/providers.ts";
import type { CallMedia } from "../telephony/carrier.ts";
import { apologize } from "./apology.ts";
import type { CallAudioOutput } from "./audio-output.ts";
import type { ConversationEnd, SpeakText } from "./conversation.ts";

/** The session's close has been seen to hang; the call does not wait for it longer than this. */
const CLOSE_WITHIN_MS = 2_000;
/** After a hang-up of our own: the longest goodbye that is waited for. */
const GOODBYE_WITHIN_MS = 20_000;

const FAILURES: Record<string, string> = {
  stt_error: STT_FAILED,
  llm_error: LLM_FAILED,
  tts_error: TTS_FAILED,
};

/**
 * How a conversation ends: once, for the reason that came first, whatever the session does or fails to do.
 *
 *   running ── hangUp(): last words are spoken ──┐
 *      │                                         ├──▶ ended
 *      ├────── fail(): an apology is spoken ─────┤
 *      └────── stop(), settle(): at once ────────┘
 */
export interface Ending {
  /** Settles exactly once, and never rejects. */
  readonly ended: Promise<ConversationEnd>;
  /** aborted as soon as it is decided that the conversation ends: from then on only last words are spoken */
  readonly begun: AbortSignal;
  /** aborted when the session is being closed: nothing is spoken any more */
  readonly over: AbortSignal;
  /**
   * Ends it after the last words, which may take `withinMs` (20 s). Does nothing when it is ending already.
   * @param lastWords  resolves when they have been heard; a rejection is no obstacle
   */
  hangUp(end: ConversationEnd, lastWords: () => Promise<unknown>, withinMs?: number): void;
  /** A provider failed for good: the caller is told, then it is over. @param error  for the record (facts 3.4) */
  fail(error: string, cause: Error): void;
  /** Ends it at once. */
  settle(end: ConversationEnd): void;
  /** Ends it silently. Resolves when the session is closed, or has not closed in time. */
  stop(): Promise<void>;
}

export function createEnding(options: {
  session: voice.AgentSession;
  media: CallMedia;
  output: CallAudioOutput;
  configuration: AssistantConfiguration;
  speakText: SpeakText;
  /** aborted by this when the session is being closed: it ends the requests of the providers too */
  over: AbortController;
  /** the conversation ends after its last words */
  onHangUp: (end: ConversationEnd) => void;
  /** no more of the caller's audio for the session */
  endInput: () => void;
  onApology: (text: string) => void;
  clock: Clock;
  logger: Logger;
}): Ending {
  const { session, media, over, clock, logger } = options;
  const begun = new AbortController();
  /** nobody is there any more whom something could be said to */
  const gone = new AbortController();
  const { promise: ended, resolve } = Promise.withResolvers<ConversationEnd>();
  let closing: Promise<void> | undefined;

  function settle(end: ConversationEnd): void {
    begun.abort();
    resolve(end);
  }

  /** Closes the session, whatever it thinks of it. */
  function close(): Promise<void> {
    closing ??= new Promise<void>((resolveClosed) => {
      over.abort();
      const cancelLimit = clock.after(CLOSE_WITHIN_MS, () => {
        logger.warn("the agent session did not close in time and was left behind");
        resolveClosed();
      });
      options.endInput();
      session
        .close()
        .catch((error: unknown) => logger.warn({ err: toError(error) }, "the agent session failed to close"))
        .finally(() => {
          cancelLimit();
          resolveClosed();
        });
    });
    return closing;
  }

  function fail(error: string, cause: Error): void {
    if (begun.signal.aborted) return;
    begun.abort();
    logger.warn({ error, err: cause }, "a provider failed for good");
    const { configuration, output, speakText } = options;
    const apologized = apologize({ error, configuration, media, output, speakText, over: gone.signal });
    void Promise.all([apologized, close()])
      .then(([apology]) => apology !== undefined && options.onApology(apology))
      .catch(() => undefined)
      .then(() => settle({ reason: "error", error }));
  }

  session.on(voice.AgentSessionEventTypes.Error, ({ error }) => {
    if ("recoverable" in error && error.recoverable) return;
    const kind = (error as { type?: string }).type ?? "";
    fail(FAILURES[kind] ?? "Conversation failed", (error as { error?: Error }).error ?? new Error(kind));
  });
  session.on(voice.AgentSessionEventTypes.Close, () => {
    if (!over.signal.aborted) fail("Conversation failed", new Error("the agent session closed by itself"));
  });

  return {
    ended,
    begun: begun.signal,
    over: over.signal,
    hangUp(end, lastWords, withinMs = GOODBYE_WITHIN_MS) {
      if (begun.signal.aborted) return;
      begun.abort();
      options.onHangUp(end);
      const cancelLimit = clock.after(withinMs, () => settle(end));
      void lastWords()
        .catch((error: unknown) => logger.warn({ err: toError(error) }, "the last words could not be spoken"))
        .finally(() => {
          cancelLimit();
          settle(end);
        });
    },
    fail,
    settle,
    async stop() {
      begun.abort();
      gone.abort();
      media.clearPlayout();
      await close();
      settle({ reason: "stopped" });
    },
  };
}
