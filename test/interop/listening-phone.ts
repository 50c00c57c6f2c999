import { systemClock } from "../../src/clock.ts";
import { createLogger } from "../../src/logger.ts";
import { FRAME_MS, type CallMedia } from "../../src/telephony/carrier.ts";
import { toTelephoneRate } from "../../src/telephony/codec/resample.ts";
import { createSipCaller, type SipCaller } from "../../src/telephony/sip/sip-caller.ts";
import type { Espeak } from "../../src/speech/tts/espeak.ts";
import { isLoud } from "../harness/fake-media.ts";

/** A person on a telephone: says a sentence, listens until the other has finished one. */
export interface Person {
  say(text: string): Promise<void>;
  /** @returns what was heard since the last time, once it has been loud and then quiet for a while; at 8,000 Hz */
  listen(): Promise<Int16Array>;
}

/** Pauses inside of a sentence are shorter. */
const QUIET_MS = 800;
const LISTEN_AT_MOST_MS = 30_000;

export function createPerson(
  { media, ended }: { media: CallMedia; ended: Promise<unknown> },
  espeak: Espeak,
  voice: string,
): Person {
  let heard: Int16Array[] = [];
  let isOver = false;
  let isListening = false;
  let check: () => void = () => undefined;
  media.onAudio((frame) => {
    if (!isListening && !isLoud(frame)) return;
    isListening = true;
    heard.push(Int16Array.from(frame));
    check();
  });
  // Who says goodbye and hangs up leaves no silence behind.
  void ended.then(() => {
    isOver = true;
    check();
  });
  return {
    async say(text) {
      const spoken = await espeak.synthesize(text, voice);
      heard = [];
      isListening = false;
      const drained = new Promise<void>((resolve) => media.onPlayoutDrained(resolve));
      media.play(toTelephoneRate(spoken.samples, spoken.sampleRateHz));
      await drained;
    },
    async listen() {
      await new Promise<void>((resolve, reject) => {
        const limit = setTimeout(() => reject(new Error("nothing was said")), LISTEN_AT_MOST_MS);
        check = () => {
          const quiet = heard.length - 1 - heard.findLastIndex(isLoud);
          if (!heard.some(isLoud) || (quiet * FRAME_MS < QUIET_MS && !isOver)) return;
          clearTimeout(limit);
          check = () => undefined;
          resolve();
        };
        check();
      });
      const samples = Int16Array.from(heard.flatMap((frame) => [...frame]));
      heard = [];
      isListening = false;
      return samples;
    },
  };
}

export function createTelephone(rtpPorts: { first: number; last: number }): SipCaller {
  return createSipCaller({
    host: "127.0.0.1",
    rtpPorts,
    clock: systemClock,
    logger: createLogger({ level: "silent" }),
  });
}
