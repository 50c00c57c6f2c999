import type { AssistantConfiguration } from "../assistants/configuration.ts";
import type { Clock } from "../clock.ts";

/**
 * Asks the caller for consent before anything else happens (facts 11.3): the message in the assistant's voice, 1 agrees,
 * 2 declines; without an answer it is asked once more. Until the answer there is no conversation, so no audio can
 * reach a recogniser, a model or a disk.
 */
export type ConsentResult =
  | { outcome: "agreed" | "declined"; digit: string; at: Date }
  | { outcome: "unanswered"; at: Date }
  /** the caller hung up, or the server stops */
  | { outcome: "gone" }
  /** the question could not be spoken in any voice. Fails closed: who was not asked has not agreed */
  | { outcome: "unspoken"; error: string };

const AGREE = "1";
const DECLINE = "2";
/** from the end of the message */
const ANSWER_WITHIN_MS = 10_000;
const TIMES_ASKED = 2;

/** @returns undefined when the assistant does not ask; a configuration that cannot be read does not come here */
export function consentMessageOf(configuration: AssistantConfiguration): string | undefined {
  const consent = configuration["recording_consent"];
  if (typeof consent !== "object" || consent === null) return undefined;
  const { enabled, message } = consent as Record<string, unknown>;
  return enabled === true && typeof message === "string" ? message : undefined;
}

/**
 * @param speak    says the message; resolves when it was heard, or `signal` aborted and it is silent
 * @param onDigit  digits from the keypad, by RTP or INFO; those pressed during the message count
 * @param over     aborted when the caller is gone or the server stops
 */
export async function askForConsent(options: {
  message: string;
  speak: (
    text: string,
    signal: AbortSignal,
  ) => Promise<{ outcome: "spoken" } | { outcome: "failed"; error: string }>;
  onDigit: (listener: (digit: string) => void) => void;
  clock: Clock;
  over: AbortSignal;
}): Promise<ConsentResult> {
  const { message, speak, clock, over } = options;
  const answered = new AbortController();
  let answer: Extract<ConsentResult, { digit: string }> | undefined;
  options.onDigit((digit) => {
    // Any other key is a slip of the finger, not an answer.
    if (answer || (digit !== AGREE && digit !== DECLINE)) return;
    answer = { outcome: digit === AGREE ? "agreed" : "declined", digit, at: clock.now() };
    answered.abort();
  });
  const settled = AbortSignal.any([over, answered.signal]);
  for (let asked = 0; asked < TIMES_ASKED && !settled.aborted; asked++) {
    const spoken = await speak(message, settled);
    if (settled.aborted) break;
    if (spoken.outcome === "failed") return { outcome: "unspoken", error: spoken.error };
    await pause(clock, ANSWER_WITHIN_MS, settled);
  }
  // A caller who pressed 1 and hung up is gone: there is nothing left to agree to.
  if (over.aborted) return { outcome: "gone" };
  return answer ?? { outcome: "unanswered", at: clock.now() };
}

function pause(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      cancel();
      signal.removeEventListener("abort", done);
      resolve();
    };
    const cancel = clock.after(delayMs, done);
    signal.addEventListener("abort", done);
  });
}
