import { describe, expect, test } from "vitest";
import { readE164 } from "./e164.ts";

describe("readE164", () => {
  test.each([
    ["+31850835037", "+31850835037"],
    ["0031850835037", "+31850835037"],
    ["31850835037", "+31850835037"],
    ["+31 (85) 083-5037", "+31850835037"],
    ["+31850835037;phone-context=example.com", "+31850835037"],
    ["tel:+31-85-083-5037", "+31850835037"],
    ["0850835037", undefined],
    ["anonymous", undefined],
    ["+1", undefined],
    ["+1234567890123456", undefined],
    ["", undefined],
  ])("reads %j as %j", (text, number) => {
    expect(readE164(text)).toBe(number);
  });
});
