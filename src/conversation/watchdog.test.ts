import { describe, expect, test } from "vitest";
import { look, startOfWatch, watch, type WatchdogEvent } from "./watchdog.ts";

type Step = [atMs: number, ...events: (WatchdogEvent | WatchdogEvent["type"])[]];

const silent: WatchdogEvent = { type: "caller-silent", endpointingMs: 400 };
const words: WatchdogEvent = { type: "recognised", hasWords: true };
const noWords: WatchdogEvent = { type: "recognised", hasWords: false };
const sound = (durationMs: number): WatchdogEvent => ({ type: "sound", durationMs });

/** Plays what happens, and tells what the watchdog does about it, as "ms action". */
function play(steps: Step[], untilMs: number): string[] {
  let state = startOfWatch(0);
  const actions: string[] = [];
  for (let nowMs = 0; nowMs <= untilMs; nowMs += 100) {
    for (const [atMs, ...events] of steps) {
      if (atMs !== nowMs) continue;
      for (const event of events) {
        state = watch(state, typeof event === "string" ? ({ type: event } as WatchdogEvent) : event, nowMs);
      }
    }
    for (;;) {
      const seen = look(state, nowMs);
      state = seen.state;
      if (!seen.action) break;
      actions.push(`${nowMs} ${seen.action}`);
    }
  }
  return actions;
}

/** The caller says something that is recognised and becomes a turn: over at 2,000. */
const TURN: Step[] = [
  [1_000, "caller-speaking"],
  [1_500, silent, "recognising"],
  [1_700, words],
  [1_900, "speech", "turn"],
];

const FILLER = ["3100 prepare-filler", "3800 filler"];

describe("nothing is owed", () => {
  test.each<[string, Step[]]>([
    ["before anybody has spoken", []],
    [
      "while the caller speaks",
      [
        [0, "speech"],
        [100, "caller-speaking"],
      ],
    ],
    ["after a reply", [...TURN, [2_600, sound(1_000)], [3_700, "speech-done"]]],
    [
      "after a greeting",
      [
        [0, "speech"],
        [700, sound(1_500)],
        [2_300, "speech-done"],
      ],
    ],
    [
      "after a noise",
      [
        [1_000, "caller-speaking"],
        [1_400, silent, "recognising"],
        [1_900, noWords],
      ],
    ],
    [
      "while the assistant is heard, though all of it is queued",
      [
        [0, "speech"],
        [300, sound(9_000)],
        [9_400, "speech-done"],
      ],
    ],
    [
      "when the caller hums along and is not recognised",
      [
        [0, "speech"],
        [300, sound(6_000)],
        [1_000, "caller-speaking"],
        [1_300, silent, "recognising"],
        [1_600, noWords],
        [6_400, "speech-done"],
      ],
    ],
  ])("%s", (_case, steps) => {
    expect(play(steps, 14_000)).toEqual([]);
  });
});

describe("somebody is waited for", () => {
  test.each<[string, Step[], string[]]>([
    [
      "a greeting that never starts",
      [[0, "speech", "sentence"]],
      ["1200 prepare-filler", "1900 filler", "8200 prepare-filler", "8900 filler", "10000 tts-failed"],
    ],
    [
      "a recogniser that hangs over words spoken into a reply that goes on",
      [
        [0, "speech"],
        [100, sound(4_000)],
        [1_000, "caller-speaking"],
        [1_500, silent, "recognising"],
        [4_200, "speech-done"],
      ],
      ["11500 stt-failed"],
    ],
    [
      "a recogniser that hangs",
      [
        [1_000, "caller-speaking"],
        [1_500, silent, "recognising"],
      ],
      [...FILLER, "10100 prepare-filler", "10800 filler", "11900 stt-failed"],
    ],
    [
      "a recogniser that does not tell, and gave nothing",
      [
        [1_000, "caller-speaking"],
        [1_500, silent],
      ],
      [...FILLER, "5900 say-unheard"],
    ],
    ["a model that hangs", TURN, [...FILLER, "10100 prepare-filler", "10800 filler", "11900 llm-failed"]],
    [
      "a voice that hangs",
      [...TURN, [2_200, "sentence"]],
      [...FILLER, "10100 prepare-filler", "10800 filler", "11900 tts-failed"],
    ],
    [
      "a voice that drips: a sample in two seconds is no sound",
      [...TURN, [2_200, "sentence"], ...[3, 5, 7, 9, 11].map((s): Step => [s * 1_000, sound(0.125)])],
      [...FILLER, "10100 prepare-filler", "10800 filler", "11900 tts-failed"],
    ],
    ["a reply that comes after the filler", [...TURN, [5_000, sound(1_000)], [6_100, "speech-done"]], FILLER],
    [
      "a reply that stops in the middle",
      [...TURN, [2_500, sound(500)]],
      ["4200 prepare-filler", "4900 filler", "11200 prepare-filler", "11900 filler", "13000 llm-failed"],
    ],
    [
      "a tool that is slow, and a model that is slow after it",
      [...TURN, [2_500, "tool"], [12_500, "tool-done"]],
      [
        ...FILLER,
        "10100 prepare-filler",
        "10800 filler",
        "17100 prepare-filler",
        "17800 filler",
        "22500 llm-failed",
      ],
    ],
    [
      "a tool whose message is heard first",
      [
        ...TURN,
        [2_500, "tool", "speech", sound(2_000)],
        [4_500, "speech-done"],
        [6_000, "tool-done", sound(900)],
        [6_900, "speech-done"],
      ],
      ["5700 prepare-filler"],
    ],
    [
      "words that never became a turn",
      [
        [1_000, "caller-speaking"],
        [1_500, silent, "recognising"],
        [1_700, words],
      ],
      [...FILLER, "5700 ask-again", "6200 say-no-answer"],
    ],
    [
      "a model with nothing to say",
      [...TURN, [2_400, "speech-done"], [3_000, "speech"], [3_100, "speech-done"]],
      ["2900 ask-again", "3100 prepare-filler", "3600 say-no-answer"],
    ],
    [
      "a model that has something to say when asked again",
      [...TURN, [2_400, "speech-done"], [3_000, "speech"], [3_100, sound(800)], [4_000, "speech-done"]],
      ["2900 ask-again"],
    ],
    [
      "a model with nothing to say, turn after turn",
      [
        ...TURN,
        [2_400, "speech-done"],
        [3_000, "speech"],
        [3_100, "speech-done"],
        [10_000, "caller-speaking"],
        [10_500, silent, "recognising"],
        [10_600, words],
        [10_900, "speech", "turn"],
        [11_000, "speech-done"],
        [11_600, "speech"],
        [11_700, "speech-done"],
      ],
      [
        "2900 ask-again",
        "3100 prepare-filler",
        "3600 say-no-answer",
        "11500 ask-again",
        "12100 prepare-filler",
        "12200 llm-failed",
      ],
    ],
    [
      "a reply that a noise cut off",
      [
        [0, "speech", sound(6_000)],
        [1_000, "caller-speaking"],
        [1_300, "cut-off", "speech-done"],
        [1_500, silent, "recognising"],
        [1_900, noWords],
        [2_800, "speech"],
        [3_000, sound(2_000)],
        [5_100, "speech-done"],
      ],
      ["2700 resume"],
    ],
    [
      "a reply that a noise dropped before it was heard",
      [
        ...TURN,
        [2_300, "caller-speaking"],
        [2_500, "speech-done"],
        [2_600, silent, "recognising"],
        [2_700, noWords],
        [3_600, "speech"],
        [3_700, sound(900)],
        [4_700, "speech-done"],
      ],
      ["3500 resume"],
    ],
    ["last words that do not come", [...TURN, [2_500, "ending"]], ["5000 hang-up"]],
    ["last words that come", [...TURN, [2_500, "ending"], [3_000, sound(3_000)]], ["8500 hang-up"]],
  ])("%s", (_case, steps, actions) => {
    expect(play(steps, 23_000)).toEqual(actions);
  });

  test("no filler while the caller speaks, and none soon after another", () => {
    const again: Step[] = [
      [4_500, "caller-speaking"],
      [5_000, silent, "recognising"],
      [5_100, words],
      [5_400, "turn"],
    ];
    // The second turn is over at 5,400; a filler was said at 3,800.
    expect(play([...TURN, ...again], 10_900)).toEqual([...FILLER, "10100 prepare-filler", "10800 filler"]);
  });
});
