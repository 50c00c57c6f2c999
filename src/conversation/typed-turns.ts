import { within, type Clock } from "../clock.ts";
import type { voice } from "@livekit/agents";
import type { CallAgent } from "./call-agent.ts";
import type { Ending } from "./ending.ts";
import type { Floor } from "./floor.ts";
import type { Transcript } from "./transcript.ts";

/** A speech that does not end when it is interrupted does not keep the answer back for longer. */
const INTERRUPTED_WITHIN_MS = 1_000;

/** Turns that the caller types. */
export interface TypedTurns {
  take(text: string): void;
}

/**
 * A typed turn is one like any other: it cuts the assistant short, it is in the transcript, and it is answered aloud. It
 * goes past the session's own way for spoken turns, which puts a turn into the context only once its reply begins: one
 * that is overtaken by the next would be lost. Several in a row are answered together, by the last one's reply.
 *
 * @param reply  starts an answer
 */
export function createTypedTurns(options: {
  session: voice.AgentSession;
  agent: CallAgent;
  floor: Floor;
  transcript: Transcript;
  ending: Pick<Ending, "begun">;
  reply: () => void;
  clock: Clock;
}): TypedTurns {
  const { session, agent, floor, transcript, ending, clock } = options;
  let last = Promise.resolve();

  const isOver = () => ending.begun.aborted || floor.state.isHeld;

  async function take(text: string): Promise<void> {
    if (isOver()) return;
    // Before the text is added: what was cut off comes before it, in the transcript and for the model.
    await within(clock, INTERRUPTED_WITHIN_MS, interrupt(), () => undefined);
    if (isOver()) return;
    if (agent.userTurnRules.some((rule) => rule(text) === "taken")) return;
    transcript.add({ role: "user", content: text });
    await agent.addContext(text, { role: "user" });
    if (!isOver()) options.reply();
  }

  async function interrupt(): Promise<void> {
    try {
      await session.interrupt().await;
    } catch {
      // What may not be interrupted is said to its end, and the answer comes after it.
    }
  }

  return {
    take(text) {
      if (isOver()) return;
      floor.set({ turnsTyped: floor.state.turnsTyped + 1 });
      last = last.then(() => take(text));
    },
  };
}
