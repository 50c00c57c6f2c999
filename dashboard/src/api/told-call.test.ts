import { expect, test } from "vitest";
import { asTold } from "./told-call.ts";
import type { Wire } from "./wire.ts";

const [AT, LATER] = ["2026-11-26T10:00:00.000Z", "2026-11-26T10:01:30.000Z"];
const RINGING = { status: "ringing", started_at: null, ended_at: null } as const;
const RUNNING = { status: "in-progress", started_at: AT, ended_at: null } as const;
const OVER = { status: "ended", started_at: AT, ended_at: LATER } as const;

const shown = (row: object, told: object) => {
  const { status, ended_at, duration_seconds } = asTold(
    { id: "1", duration_seconds: null, ...row } as Wire<"Call">,
    { id: "1", ...told } as Wire<"LiveCall">,
  );
  return { status, ended_at, duration_seconds };
};

test.each([
  ["a row that was on its way when the call was answered", RINGING, RUNNING, RUNNING, null],
  ["one that is older than its end", RUNNING, OVER, OVER, 90],
  ["one that is newer than what was told", OVER, RUNNING, OVER, null],
  ["the same", RUNNING, RUNNING, RUNNING, null],
])("%s", (_name, row, told, { status, ended_at }, duration_seconds) => {
  expect(shown(row, told)).toEqual({ status, ended_at, duration_seconds });
});
