import { appendFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { prepareConversations } from "../../src/conversation/agent-conversation.ts";
import { sentencesOf } from "../../src/conversation/sentences.ts";
import { createEspeak, type Espeak } from "../../src/speech/tts/espeak.ts";
import { toTelephoneRate } from "../../src/telephony/codec/resample.ts";
import { createDialer, type Dialer } from "../../src/webhooks/dialer.ts";
import { CELLS, expected, REPRESENTATIVE, type Cell } from "./cells.ts";
import { playCell, type Played } from "./play-cell.ts";

// `npm run test:dead-air` plays the whole table; every other run a part of it. DEAD_AIR_ONLY plays what it matches,
// DEAD_AIR_STORIES names a file for what the caller of each call heard.

const STORIES = process.env["DEAD_AIR_STORIES"];
const ONLY = process.env["DEAD_AIR_ONLY"];
const isWhole = ONLY !== undefined || process.env["DEAD_AIR"] === "all";
const cells = ONLY
  ? CELLS.filter(({ name }) => new RegExp(ONLY).test(name))
  : process.env["DEAD_AIR"] === "all"
    ? CELLS
    : REPRESENTATIVE;
/** Calls at a time: they wait for speech in real time, so they cost little. */
const SIDE_BY_SIDE = Number(process.env["DEAD_AIR_SIDE_BY_SIDE"] ?? 8);

/** the endpointing delay */
const TURN_IS_OVER_MS = 400;
const MACHINE_MS = 500;
const SOUND_WITHIN_MS = 2_500;
/** A filler is a sound of a second, and the next may come seven seconds after it began. */
const FILLERS_APART_MS = 7_000;

let espeak: Espeak;
let dialer: Dialer;
const results = new Map<string, Promise<Played>>();

beforeAll(async () => {
  prepareConversations();
  espeak = createEspeak();
  dialer = createDialer({ allowed: [{ address: "127.0.0.0", prefixLength: 8, port: undefined }] });
  const { samples, sampleRateHz } = await espeak.synthesize("When do you close?", "en-us");
  const question = toTelephoneRate(samples, sampleRateHz);
  const waiting = cells.map((cell) => ({ cell, ...Promise.withResolvers<Played>() }));
  for (const { cell, promise } of waiting) {
    promise.catch(() => undefined);
    results.set(cell.name, promise);
  }
  const play = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { cell, resolve, reject } = next;
      const parts = { espeak, dialer, question };
      await playCell(cell, parts)
        .then((first) => (first.isVoid && isWhole ? playCell(cell, parts) : first))
        .then(resolve, reject);
    }
  };
  for (let lane = 0; lane < SIDE_BY_SIDE; lane++) void play();
}, 30_000);
afterAll(async () => {
  await Promise.allSettled(results.values());
  await dialer.close();
  await espeak.stop();
}, 120_000);

describe.each(cells.map((cell) => [cell.name, cell] as const))("%s", (name, cell) => {
  test(
    "the caller is not left in silence, and is told the end of it",
    { timeout: 1_800_000 },
    async ({ skip }) => {
      const { gapsMs, end, after, releasedAfterMs, isVoid } = await results.get(name)!;
      skip(isVoid, "void: the machine was too busy for calls in real time");
      const outcome = expected(cell);
      const story = JSON.stringify({ gapsMs, end, after });
      if (STORIES) await appendFile(STORIES, `${name} ${story}\n`);
      if (outcome === "quiet") {
        expect(end, story).toBeUndefined();
        expect(after, story).toEqual([]);
      } else {
        const owedMs = cell.place === "greeting" ? SOUND_WITHIN_MS : TURN_IS_OVER_MS + SOUND_WITHIN_MS;
        expect(gapsMs[0], story).toBeLessThan(owedMs + MACHINE_MS);
        for (const gapMs of gapsMs.slice(1)) expect(gapMs, story).toBeLessThan(FILLERS_APART_MS + MACHINE_MS);
        if (cell.place === "reply" && cell.part !== "stt" && gapsMs.length > 1) {
          expect(gapsMs[1], story).toBeLessThan(SOUND_WITHIN_MS + MACHINE_MS);
        }
        if (outcome === "goes on") expect(end, story).toBeUndefined();
        else if (outcome === "hangs up") expect(end, story).toEqual({ reason: "assistant-hangup" });
        else {
          expect(end, story).toEqual({ reason: "error", error: outcome.error });
          expect(after.at(-1), story).toEqual({ role: "assistant", content: apologyOf(cell) });
        }
      }
      expect(releasedAfterMs, "requests were left open at the provider").toBeDefined();
    },
  );
});

function apologyOf({ language }: Cell): string {
  return sentencesOf({ stt_config: { provider: "any", language } }).apology;
}
