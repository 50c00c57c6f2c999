import { voice } from "@livekit/agents";
import type { CallAudioOutput } from "./audio-output.ts";

/** What the assistant says by our will, not the model's, and when it has been heard. */
export interface Speaker {
  /**
   * Says a text after whatever is being said. Resolves when it was heard, was interrupted, or can no longer be.
   * @param isInterruptible  false: the caller cannot stop it
   */
  say(text: string, options?: { isInterruptible?: boolean }): Promise<void>;
  /** Lets the model speak once, without tools. Resolves as `say` does. @param instructions  beside the assistant's own */
  reply(instructions: string): Promise<void>;
  /** Resolves when what is being said has been said to its end. */
  untilSaid(): Promise<void>;
  /** Stops what is being said and what waits, whether it may be interrupted or not. */
  interrupt(): void;
}

/** @param over  nothing is said any more once it aborts, and nothing that waits for it waits any longer */
export function createSpeaker(options: {
  session: voice.AgentSession;
  output: CallAudioOutput;
  over: AbortSignal;
}): Speaker {
  const { session, output, over } = options;
  const isOver = new Promise<void>((resolve) => over.addEventListener("abort", () => resolve()));
  let last: voice.SpeechHandle | undefined;

  session.on(voice.AgentSessionEventTypes.SpeechCreated, ({ speechHandle }) => {
    last = speechHandle;
  });

  async function heard(speech: voice.SpeechHandle | undefined): Promise<void> {
    await Promise.race([done(speech), isOver]);
    if (!over.aborted) await Promise.race([output.waitForPlayout(), isOver]);
  }

  return {
    say: (text, { isInterruptible = true } = {}) =>
      over.aborted ? Promise.resolve() : heard(session.say(text, { allowInterruptions: isInterruptible })),
    reply: (instructions) =>
      over.aborted ? Promise.resolve() : heard(session.generateReply({ instructions, toolChoice: "none" })),
    untilSaid: () => heard(last),
    interrupt() {
      if (!over.aborted) session.interrupt({ force: true });
    },
  };
}

/** `waitForPlayout` refuses to be called from a tool of that very speech; the callback does not mind. */
function done(speech: voice.SpeechHandle | undefined): Promise<void> {
  if (!speech || speech.done()) return Promise.resolve();
  return new Promise((resolve) => speech.addDoneCallback(() => resolve()));
}
