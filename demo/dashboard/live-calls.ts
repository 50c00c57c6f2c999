import { setTimeout as sleep } from "node:timers/promises";
import { systemClock } from "../../src/clock.ts";
import type { Logger } from "../../src/logger.ts";
import { createEspeak } from "../../src/speech/tts/espeak.ts";
import { createSipCaller } from "../../src/telephony/sip/sip-caller.ts";
import { createDemoCaller } from "../caller.ts";

const LINES = [
  "When do you close today?",
  "Do you have tulips?",
  "And on Saturday, when do you open?",
  "Could you hold on for a moment?",
];
const THINKING_MS = 12_000;
const BETWEEN_CALLS_MS = 20_000;

/**
 * Real calls over loopback, one after the other, so that something happens on the pages while they are looked at: the
 * caller's voice is synthesized, what the assistant understands and answers is scripted, everything between is the product.
 */
export async function keepCalling(options: {
  sipPort: number;
  number: string;
  logger: Logger;
}): Promise<{ stop(): Promise<void> }> {
  const stopping = new AbortController();
  const espeak = createEspeak();
  const caller = createSipCaller({
    host: "127.0.0.1",
    rtpPorts: { first: 21_000, last: 21_039 },
    clock: systemClock,
    logger: options.logger,
  });
  await caller.start();
  const pause = (ms: number) => sleep(ms, undefined, { signal: stopping.signal }).catch(() => undefined);

  async function callOnce(): Promise<void> {
    const leg = await caller.placeCall({
      to: options.number,
      from: "+31612345678",
      trunk: { address: "127.0.0.1", port: options.sipPort, protocol: "UDP" },
    });
    const answered = await leg.answered;
    if (answered.outcome === "failed") return;
    const person = createDemoCaller(answered.media, espeak);
    let isOver = false;
    const ended = leg.ended.then(() => (isOver = true));
    // What is not said to its end, because the call is over, would be waited for without end.
    const unlessOver = (doing: Promise<unknown>) => Promise.race([doing, ended]);
    try {
      await unlessOver(person.listen());
      for (const line of LINES) {
        if (isOver || stopping.signal.aborted) break;
        await unlessOver(person.say(line));
        await unlessOver(pause(THINKING_MS));
      }
    } finally {
      await leg.hangUp();
    }
  }

  const calling = (async () => {
    while (!stopping.signal.aborted) {
      // One that goes wrong is seen on the pages; the next may go well.
      await callOnce().catch((error: unknown) => options.logger.debug({ err: error }, "a demo call failed"));
      await pause(BETWEEN_CALLS_MS);
    }
  })();

  return {
    async stop() {
      stopping.abort();
      await caller.stop();
      await calling;
      await espeak.stop();
    },
  };
}
