import type { AssistantConfiguration } from "../assistants/configuration.ts";
import type { WarmTransfer } from "../assistants/tools.ts";
import type { Clock } from "../clock.ts";
import type { Speech } from "../conversation/conversation.ts";
import type { LegMedia, LegEnd } from "../telephony/carrier.ts";

/** What a person made of a call that was offered. */
export type Acceptance = { outcome: "accepted" } | { outcome: "failed"; detail: string };

/** After the first time of asking, a person may still be looking for the key; after the second nobody is there. */
const FIRST_WAIT_MS = 10_000;
const LAST_WAIT_MS = 20_000;
/** Asked, repeated and waited for: whoever holds us, or talks on, or is a mailbox, has had enough. */
const WITHIN_MS = 120_000;
/** The person has picked up and hears nothing yet; a summary that is later is not waited for. */
const BRIEFING_WITHIN_MS = 3_000;

/**
 * Briefs the person on the second leg in the assistant's voice, and asks for a key. Silence, any other key, a mailbox
 * and a hang-up all mean no.
 *
 * @param summary  of the conversation so far; settles by `stopSummary` at the latest
 */
export async function offerCall(options: {
  warm: WarmTransfer;
  media: LegMedia;
  /** of the leg to the person */
  ended: Promise<LegEnd>;
  summary: Promise<string>;
  stopSummary: () => void;
  speech: Pick<Speech<LegMedia>, "speakText">;
  configuration: AssistantConfiguration;
  clock: Clock;
  /** the caller is gone */
  signal: AbortSignal;
}): Promise<Acceptance> {
  const { warm, media, clock, speech, configuration } = options;
  const { promise: decided, resolve: decide } = Promise.withResolvers<Acceptance>();
  const over = new AbortController();
  const fail = (detail: string) => decide({ outcome: "failed", detail });
  void decided.then(() => over.abort());
  options.signal.addEventListener("abort", () => fail("the caller hung up"), { signal: over.signal });
  if (options.signal.aborted) fail("the caller hung up");
  void options.ended.then(() => fail("the person hung up without taking the call"));
  const cancelLimit = clock.after(WITHIN_MS, () => fail("nobody took the call"));
  media.onDigit((digit) => {
    if (digit === warm.acceptDigit) decide({ outcome: "accepted" });
    else if (digit === warm.rejectDigit) fail("the person did not want to take the call");
  });

  async function say(text: string): Promise<void> {
    const spoken = await speech.speakText({ text, configuration, media, signal: over.signal });
    if (spoken.outcome === "failed") fail("the person could not be told about the call");
  }

  function wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = clock.after(ms, resolve);
      over.signal.addEventListener("abort", () => (cancel(), resolve()), { once: true });
    });
  }

  async function ask(): Promise<void> {
    const cancelSummary = clock.after(BRIEFING_WITHIN_MS, options.stopSummary);
    const briefing = warm.briefing ?? (await options.summary);
    cancelSummary();
    const prompt = warm.prompt ?? promptOf(warm);
    if (!over.signal.aborted) await say(`${briefing} ${prompt}`);
    if (!over.signal.aborted) await wait(FIRST_WAIT_MS);
    if (!over.signal.aborted) await say(prompt);
    if (!over.signal.aborted) await wait(LAST_WAIT_MS);
    fail("nobody took the call");
  }

  ask().catch(() => fail("the person could not be told about the call"));
  const acceptance = await decided;
  cancelLimit();
  media.clearPlayout();
  return acceptance;
}

/** Digits as words: some voices read "#" as nothing. */
function promptOf({ acceptDigit, rejectDigit }: WarmTransfer): string {
  return `Press ${spell(acceptDigit)} to take the call, or ${spell(rejectDigit)} to decline.`;
}

function spell(digit: string): string {
  return digit === "*" ? "star" : digit === "#" ? "hash" : digit;
}
