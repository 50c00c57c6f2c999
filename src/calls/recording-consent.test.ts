import { describe, expect, test } from "vitest";
import { createManualClock } from "../../test/harness/manual-clock.ts";
import { askForConsent, consentMessageOf } from "./recording-consent.ts";

const MESSAGE_MS = 4_000;

/** A caller who does something at a moment of the call, and what comes of it. */
async function play(happens: [atMs: number, what: string][], voice: "speaks" | "fails" = "speaks") {
  const clock = createManualClock();
  const over = new AbortController();
  const spokenAtMs: number[] = [];
  let press: (digit: string) => void = () => undefined;
  let settledAtMs: number | undefined;
  const result = askForConsent({
    message: "May we record?",
    onDigit: (listener) => (press = listener),
    clock,
    over: over.signal,
    speak(_text, signal) {
      spokenAtMs.push(clock.monotonicMs());
      if (voice === "fails") return Promise.resolve({ outcome: "failed", error: "no voice" });
      return new Promise((resolve) => {
        const done = () => resolve({ outcome: "spoken" });
        clock.after(MESSAGE_MS, done);
        signal.addEventListener("abort", done);
      });
    },
  });
  void result.then(() => (settledAtMs = clock.monotonicMs()));
  for (let atMs = 0; atMs <= 40_000 && settledAtMs === undefined; atMs += 100) {
    for (const [whenMs, what] of happens) {
      if (whenMs !== atMs) continue;
      if (what === "hangs up") over.abort();
      else press(what);
    }
    // Promises that hang on one another settle between two moments of the clock.
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    clock.advance(100);
  }
  return { result: await result, spokenAtMs, settledAtMs };
}

describe("what the caller does", () => {
  test.each<[string, [number, string][], string, number[], number]>([
    ["agrees after the message", [[6_000, "1"]], "agreed", [0], 6_000],
    ["agrees during the message", [[1_000, "1"]], "agreed", [0], 1_000],
    ["declines during the message", [[1_000, "2"]], "declined", [0], 1_000],
    [
      "presses something else first",
      [
        [1_000, "9"],
        [5_000, "#"],
        [7_000, "1"],
      ],
      "agreed",
      [0],
      7_000,
    ],
    ["answers the second time", [[16_000, "2"]], "declined", [0, 14_000], 16_000],
    ["answers in the last moment", [[27_900, "1"]], "agreed", [0, 14_000], 27_900],
    ["never answers", [], "unanswered", [0, 14_000], 28_000],
    [
      "the first answer counts",
      [
        [5_000, "2"],
        [5_000, "1"],
      ],
      "declined",
      [0],
      5_000,
    ],
    ["hangs up during the message", [[1_000, "hangs up"]], "gone", [0], 1_000],
    ["hangs up in the pause", [[8_000, "hangs up"]], "gone", [0], 8_000],
    [
      "agrees and hangs up at once",
      [
        [5_000, "1"],
        [5_000, "hangs up"],
      ],
      "gone",
      [0],
      5_000,
    ],
  ])("%s", async (_sentence, happens, outcome, asked, settledAtMs) => {
    const played = await play(happens);
    expect(played.result.outcome).toBe(outcome);
    expect(played.spokenAtMs).toEqual(asked);
    expect(Math.abs(played.settledAtMs! - settledAtMs)).toBeLessThanOrEqual(100);
  });

  test("who could not be asked has not agreed", async () => {
    expect((await play([], "fails")).result).toEqual({ outcome: "unspoken", error: "no voice" });
  });

  test("the answer says which key and when", async () => {
    const { result } = await play([[6_000, "1"]]);
    expect(result).toEqual({ outcome: "agreed", digit: "1", at: new Date("2026-01-01T00:00:06.000Z") });
  });
});

test.each<[unknown, string | undefined]>([
  [undefined, undefined],
  [null, undefined],
  [{ enabled: false, message: "May we?" }, undefined],
  [{ enabled: true, message: "May we?" }, "May we?"],
])("%j asks %j", (recording_consent, message) => {
  expect(consentMessageOf({ recording_consent })).toBe(message);
});
