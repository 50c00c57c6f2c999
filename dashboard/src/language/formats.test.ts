import { describe, expect, it } from "vitest";
import { formatsFor } from "./formats.ts";

const english = formatsFor("en-GB");
const dutch = formatsFor("nl");
const now = new Date("2026-11-26T12:00:00Z");
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1_000);

describe("formats", () => {
  it.each([
    [0, "0:00"],
    [9.4, "0:09"],
    [72, "1:12"],
    [3_599, "59:59"],
    [3_723, "1:02:03"],
    [-4, "0:00"],
  ])("writes %d seconds as %s", (seconds, text) => {
    expect(english.duration(seconds)).toBe(text);
  });

  it.each([
    [0, "now", "nu"],
    [5, "5 seconds ago", "5 seconden geleden"],
    [119, "1 minute ago", "1 minuut geleden"],
    [7_200, "2 hours ago", "2 uur geleden"],
    [86_400, "yesterday", "gisteren"],
    [864_000, "10 days ago", "10 dagen geleden"],
  ])("says when something was, %d seconds before now", (seconds, inEnglish, inDutch) => {
    expect(english.relative(ago(seconds), now)).toBe(inEnglish);
    expect(dutch.relative(ago(seconds), now)).toBe(inDutch);
  });

  it.each([
    [842.4, "842 ms", "842 ms"],
    [999.9, "1,000 ms", "1.000 ms"],
    [2_140, "2.14 s", "2,14 s"],
  ])("writes %d milliseconds", (value, inEnglish, inDutch) => {
    expect(english.milliseconds(value)).toBe(inEnglish);
    expect(dutch.milliseconds(value)).toBe(inDutch);
  });

  it("writes shares with one decimal", () => {
    expect(english.percent(0.9834)).toBe("98.3%");
    expect(dutch.percent(1)).toBe("100%");
  });
});
