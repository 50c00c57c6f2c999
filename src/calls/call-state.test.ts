import { describe, expect, test } from "vitest";
import {
  durationSeconds,
  FINAL_STATUSES,
  isAnnounced,
  mayMove,
  statusesBefore,
  type CallStatus,
} from "./call-state.ts";

const STATUSES: CallStatus[] = ["connecting", "ringing", "in-progress", ...FINAL_STATUSES];

describe("a call's moves", () => {
  const legal = new Set([
    "connecting>ringing",
    "connecting>in-progress",
    "connecting>ended",
    "connecting>ended-with-error",
    "connecting>failed",
    "ringing>failed",
    "in-progress>transferred",
    "ringing>in-progress",
    "ringing>ended",
    "ringing>ended-with-error",
    "ringing>rejected",
    "in-progress>ended",
    "in-progress>ended-with-error",
  ]);
  const all = STATUSES.flatMap((from) => STATUSES.map((to) => [from, to] as const));

  test.each(all)("%s to %s", (from, to) => {
    expect(mayMove(from, to)).toBe(legal.has(`${from}>${to}`));
    expect(statusesBefore(to).includes(from)).toBe(legal.has(`${from}>${to}`));
  });

  test.each([
    ["ringing", false],
    ["in-progress", true],
    ["ended", true],
    ["ended-with-error", true],
    ["rejected", false],
    ["connecting", false],
    ["failed", false],
    ["transferred", false],
  ] as const)("%s is announced by status-update: %s", (status, announced) => {
    expect(isAnnounced(status)).toBe(announced);
  });
});

test.each([
  [null, "2026-01-01T00:00:05.000Z", 0],
  ["2026-01-01T00:00:00.000Z", null, 0],
  ["2026-01-01T00:00:00.000Z", "2026-01-01T00:00:04.600Z", 5],
  ["2026-01-01T00:00:05.000Z", "2026-01-01T00:00:00.000Z", 0],
])("a call answered at %s that ended at %s lasted %d s", (started, ended, seconds) => {
  const call = { startedAt: started ? new Date(started) : null, endedAt: ended ? new Date(ended) : null };
  expect(durationSeconds(call)).toBe(seconds);
});
