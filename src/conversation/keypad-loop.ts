import { voice } from "@livekit/agents";
import type { Clock } from "../clock.ts";
import { keypadLine } from "../speech/llm/keypad-context.ts";
import { KEYPAD, NO_KEYS, paused, pressed } from "./keypad.ts";

export interface Keypad {
  press(digit: string): void;
}

/**
 * The caller's keypad in a conversation: keys are gathered, then the model is told of them. It answers at once where it
 * waits for the caller. Where it speaks, it says that to the end first: a key is no interruption, it may be the answer to
 * the first half of a question. Where the caller speaks, the keys are part of what that turn is answered with.
 *
 * @param addContext  resolves when the model knows
 * @param reply       starts an answer
 * @param over        aborted when the conversation ends
 */
export function createKeypad(options: {
  session: voice.AgentSession;
  addContext: (line: string) => Promise<void>;
  reply: () => void;
  over: AbortSignal;
  clock: Clock;
}): Keypad {
  const { session, clock, over } = options;
  let state = NO_KEYS;
  let isUnanswered = false;
  let cancel: () => void = () => undefined;

  async function tell(digits: string): Promise<void> {
    await options.addContext(keypadLine(digits));
    isUnanswered = true;
    answer();
  }

  function answer(): void {
    const isWaiting = session.agentState === "listening" && session.userState !== "speaking";
    if (!isUnanswered || !isWaiting || over.aborted || state.digits !== "") return;
    isUnanswered = false;
    options.reply();
  }

  session.on(voice.AgentSessionEventTypes.ConversationItemAdded, ({ item }) => {
    if (item.type === "message" && item.role === "user") isUnanswered = false;
  });
  session.on(voice.AgentSessionEventTypes.AgentStateChanged, answer);
  over.addEventListener("abort", () => cancel(), { once: true });

  return {
    press(digit) {
      if (over.aborted) return;
      const nowMs = clock.monotonicMs();
      const result = pressed(state, digit, nowMs);
      state = result.state;
      cancel();
      if (result.complete !== undefined) return void tell(result.complete);
      cancel = clock.after(KEYPAD.pauseMs, () => {
        // The timer may be a little early by the other clock.
        const digits = paused(state, Math.max(clock.monotonicMs(), result.untilMs));
        state = NO_KEYS;
        if (digits !== undefined) void tell(digits);
      });
    },
  };
}
