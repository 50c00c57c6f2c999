import { expect, test } from "vitest";
import { endOfFailed } from "./unanswered.ts";

test.each<[string, number[]]>([
  ["busy", [486, 600]],
  ["no_answer", [408, 480, 487]],
  ["declined", [403, 603, 607, 608]],
  ["unreachable", [300, 301, 302, 305, 380]],
  ["unreachable", [400, 401, 402, 404, 405, 407, 410, 416, 420, 484, 485, 488, 491]],
  ["unreachable", [500, 501, 502, 503, 504, 513, 580, 604, 606, 699]],
])("%s: %j", (reason, statusCodes) => {
  for (const statusCode of statusCodes) {
    expect(endOfFailed({ outcome: "failed", statusCode })).toEqual({
      status: "failed",
      reason,
      error: expect.stringMatching(new RegExp(`^[A-Z].* \\(SIP ${statusCode}\\)$`)),
    });
  }
});

test("a trunk from which nothing came has not said that nobody answered", () => {
  expect(endOfFailed({ outcome: "failed", statusCode: 408, isSilent: true })).toEqual({
    status: "failed",
    reason: "unreachable",
    error: "The trunk does not answer",
  });
});
