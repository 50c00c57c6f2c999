import { isQuiet } from "./floor.ts";
import type { LiveConversation } from "./live-conversation.ts";
import { silenceSettingsOf, silenceStep, type SilenceStep } from "./silence.ts";

/** Asks a caller who says nothing, and hangs up in the end. Silence counts only while nobody else has to make a sound. */
export function watchSilence({ configuration, clock, floor, speaker, ending }: LiveConversation): void {
  const settings = silenceSettingsOf(configuration);
  if (!settings) return;
  let attempts = 0;
  let cancel: (() => void) | undefined;

  function wait(): void {
    cancel?.();
    cancel = undefined;
    if (!floor.isQuiet || ending.begun.aborted) return;
    const step = silenceStep(settings!, attempts);
    cancel = clock.after(step.afterMs, () => take(step));
  }

  function take(step: SilenceStep): void {
    cancel = undefined;
    const speak = () =>
      step.text === undefined
        ? speaker.reply(step.instructions)
        : speaker.say(step.text, { isInterruptible: step.action === "ask" });
    if (step.action === "hang-up") {
      ending.hangUp({ reason: "silence-timeout" }, speak);
      return;
    }
    attempts++;
    // A message that comes to nothing (a model without an answer) changes nothing on the floor: the wait goes on here.
    void speak().finally(() => cancel ?? wait());
  }

  floor.onChange((state, before) => {
    const isHeard =
      state.isCallerSpeaking ||
      state.keysPressed !== before.keysPressed ||
      state.turnsTyped !== before.turnsTyped;
    if (isHeard) attempts = 0;
    if (isHeard || isQuiet(state) !== isQuiet(before)) wait();
  });
  ending.begun.addEventListener("abort", () => cancel?.(), { once: true });
  wait();
}
