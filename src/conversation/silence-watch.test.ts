import { beforeEach, expect, test } from "vitest";
import { createManualClock, type ManualClock } from "../../test/harness/manual-clock.ts";
import type { AssistantConfiguration } from "../assistants/configuration.ts";
import { createFloor, type Floor } from "./floor.ts";
import type { LiveConversation } from "./live-conversation.ts";
import { watchSilence } from "./silence-watch.ts";

let clock: ManualClock;
let floor: Floor;
let said: string[];
let ended: string | undefined;
let begun: AbortController;

beforeEach(() => {
  clock = createManualClock();
  floor = createFloor();
  said = [];
  ended = undefined;
  begun = new AbortController();
});

/** Speech takes a second here, and is heard to its end. */
function start(silence: object = {}, more: AssistantConfiguration = {}): void {
  async function speak(text: string): Promise<void> {
    said.push(`${clock.monotonicMs() / 1_000}: ${text}`);
    floor.set({ isAssistantSpeaking: true });
    clock.after(1_000, () => floor.set({ isAssistantSpeaking: false }));
  }
  watchSilence({
    configuration: {
      autonomous_silence_handling: true,
      llm_config: { provider: "openai" },
      speech_config: { silence: { messages: ["One?", "Two?"], final_message: "Bye.", ...silence } },
      ...more,
    },
    clock,
    floor,
    speaker: { say: speak, reply: () => speak("(the model)") },
    ending: {
      begun: begun.signal,
      hangUp({ reason }: { reason: string }, lastWords: () => Promise<unknown>) {
        begun.abort();
        ended = reason;
        void lastWords();
      },
    },
  } as unknown as LiveConversation);
}

test("asks, asks again, and hangs up: at 3 s, 12 s after each message, 8 s after the last", () => {
  start();
  clock.advance(120_000);
  expect(said).toEqual(["3: One?", "16: Two?", "29: One?", "38: Bye."]);
  expect(ended).toBe("silence-timeout");
});

test("the caller's voice begins it all anew, and so does a key", () => {
  start();
  clock.advance(20_000);
  floor.set({ isCallerSpeaking: true });
  clock.advance(60_000);
  floor.set({ isCallerSpeaking: false });
  clock.advance(2_000);
  floor.set({ keysPressed: 1 });
  clock.advance(4_000);
  expect(said).toEqual(["3: One?", "16: Two?", "85: One?"]);
  expect(ended).toBeUndefined();
});

test.each([
  { isAssistantSpeaking: true },
  { isAssistantThinking: true },
  { runningTools: 1 },
  { isHeld: true },
] as const)("does not count while %j", (change) => {
  start();
  clock.advance(2_000);
  floor.set(change);
  clock.advance(600_000);
  expect(said).toEqual([]);
  floor.set({ isAssistantSpeaking: false, isAssistantThinking: false, runningTools: 0, isHeld: false });
  clock.advance(3_000);
  expect(said).toHaveLength(1);
});

test("a message that comes to nothing does not stop the count", async () => {
  start({ messages: [], max_attempts: 2 });
  // What the model says is nothing: the floor stays quiet.
  floor.set = () => undefined;
  for (let step = 0; step < 40; step++) {
    clock.advance(1_000);
    await Promise.resolve();
    await Promise.resolve();
  }
  expect(said).toEqual(["3: (the model)", "15: (the model)", "23: Bye."]);
});

test("waits for nothing once the conversation is ending, or where it is off", () => {
  start();
  begun.abort();
  clock.advance(60_000);
  expect(said).toEqual([]);
  begun = new AbortController();
  start({}, { autonomous_silence_handling: false });
  clock.advance(60_000);
  expect(said).toEqual([]);
});
