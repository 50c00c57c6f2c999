import { beforeEach, expect, test } from "vitest";
import { createManualClock, type ManualClock } from "../../../test/harness/manual-clock.ts";
import { createRefusalLimit, type RefusalLimit } from "./refusal-limit.ts";

let clock: ManualClock;
let limit: RefusalLimit;
beforeEach(() => {
  clock = createManualClock();
  limit = createRefusalLimit(() => clock.monotonicMs());
});
const tell = (address: string, times: number, answer: "refusal" | "challenge" = "refusal") => {
  for (let time = 0; time < times; time++) limit.mayAnswer(address, answer);
};

test.each([
  ["refusal", 5],
  ["challenge", 20],
] as const)("after a few answers (%s) nothing more is said, for the rest of the minute", (answer, most) => {
  tell("192.0.2.1", most - 1, answer);
  expect(limit.isSilenced("192.0.2.1")).toBe(false);
  tell("192.0.2.1", 1, answer);
  expect(limit.isSilenced("192.0.2.1")).toBe(true);
  expect(limit.isSilenced("192.0.2.2")).toBe(false);
  clock.advance(60_000);
  expect(limit.isSilenced("192.0.2.1")).toBe(false);
});

test("who has shown who it is is not silenced, and answered whatever others do", () => {
  tell("192.0.2.1", 5);
  limit.forgive("192.0.2.1");
  tell("192.0.2.1", 50, "challenge");
  expect(limit.isSilenced("192.0.2.1")).toBe(false);
  for (let host = 0; host < 200; host++) limit.mayAnswer(`198.51.100.${host}`, "refusal");
  expect(limit.mayAnswer("192.0.2.1", "challenge")).toBe(true);
  expect(limit.mayAnswer("192.0.2.9", "challenge")).toBe(false);
  clock.advance(1_000);
  expect(limit.mayAnswer("192.0.2.9", "challenge")).toBe(true);
});

test("a whole IPv6 network counts as one", () => {
  tell("2001:db8:1:2::1", 3);
  tell("2001:db8:1:2:ffff:1:2:3", 2);
  expect(limit.isSilenced("2001:db8:1:2::abcd")).toBe(true);
  expect(limit.isSilenced("2001:db8:1:3::1")).toBe(false);
});

test("a million addresses take no more room than ten thousand", () => {
  for (let host = 0; host < 50_000; host++)
    limit.mayAnswer(`10.${host >> 16}.${(host >> 8) & 255}.${host & 255}`, "refusal");
  expect(limit.size).toBe(10_000);
});
