import { expect, test } from "vitest";
import { createSpeechDetector, WINDOW_MS } from "./speech-detector.ts";

/** One character a window: `#` speech, `~` neither, `.` silence. @returns the changes as "window change" */
function changesIn(windows: string): string[] {
  const detector = createSpeechDetector();
  return windows.split("").flatMap((window, index) => {
    const { change } = detector.take({ "#": 0.9, "~": 0.4, ".": 0.1 }[window]!);
    return change ? [`${index} ${change}`] : [];
  });
}

test.each<[string, string, string[]]>([
  ["silence", "........", []],
  ["one window is a click", "#.......", []],
  ["two in a row are a beginning", "##", ["1 started"]],
  ["two apart are not", "#.#.#.#.", []],
  ["what is neither begins nothing", "~~~~~~", []],
  ["and ends nothing", "##~~~~~~~~~~~~", ["1 started"]],
  ["a pause of 224 ms is a pause", "##.......##.......", ["1 started"]],
  ["one of 256 ms is the end", "##........##........", ["1 started", "9 ended", "11 started", "19 ended"]],
])("%s", (_name, windows, expected) => {
  expect(changesIn(windows)).toEqual(expected);
});

test("how long it was spoken for, without the silence that proved the end", () => {
  const detector = createSpeechDetector();
  const windows = "##########........".split("").map((window) => detector.take(window === "#" ? 0.9 : 0));
  expect(windows[1]).toMatchObject({
    change: "started",
    speechMs: 2 * WINDOW_MS,
    unbrokenSpeechMs: 2 * WINDOW_MS,
  });
  expect(windows[9]).toMatchObject({ isSpeaking: true, speechMs: 10 * WINDOW_MS, unbrokenSilenceMs: 0 });
  expect(windows[17]).toMatchObject({ change: "ended", speechMs: 10 * WINDOW_MS, silenceMs: 8 * WINDOW_MS });
  expect(detector.take(0)).toMatchObject({ speechMs: 0, isSpeaking: false });
});
