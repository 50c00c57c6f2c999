import { beforeEach, expect, test } from "vitest";
import { createManualClock, type ManualClock } from "../../test/harness/manual-clock.ts";
import { createLogger } from "../logger.ts";
import type { CallMedia, RecordingResult } from "../telephony/carrier.ts";
import type { CallContext } from "./call-context.ts";
import { recordCall } from "./call-recording.ts";
import { createCallWriter } from "./call-writer.ts";

// What is written down, in order; the recorder and the store are elsewhere's tests.

let clock: ManualClock;
let told: string[];
let stop: () => Promise<RecordingResult>;
const recorded: RecordingResult = { outcome: "recorded", durationMs: 1_000, sizeBytes: 32_044 };

beforeEach(() => {
  clock = createManualClock();
  told = [];
  stop = () => Promise.resolve(recorded);
});

function record(configuration: Record<string, unknown>) {
  const logger = createLogger({ level: "silent" });
  const recordings = {
    isOnByDefault: true,
    place: (callId: string) => ({ path: `2026/01/${callId}.wav`, file: `/data/2026/01/${callId}.wav` }),
    begin: async ({ path }: { path: string }) => void told.push(`row ${path}`),
    keep: async (_id: string, { sizeBytes }: { sizeBytes: number }) => void told.push(`kept ${sizeBytes}`),
    fail: async (_id: string, error: string) => void told.push(`failed: ${error}`),
  };
  const media: Pick<CallMedia, "startRecording" | "stopRecording"> = {
    startRecording: ({ path }) => void told.push(`recording ${path}`),
    stopRecording: () => stop(),
  };
  const context = {
    call: { id: "c", organizationId: "o", direction: "inbound" },
    ports: { recordings, clock, newId: () => "r" },
    writer: createCallWriter({ clock, logger, callId: "c" }),
    logger,
  };
  return recordCall(context as unknown as CallContext, configuration, media as CallMedia);
}

const begun = ["recording /data/2026/01/c.wav", "row 2026/01/c.wav"];

test("from the answer on, to a row that names the file", async () => {
  const recording = record({});
  await recording.finish();
  await recording.finish();
  expect(told).toEqual([...begun, "kept 32044"]);
});

test("after the consent, and not before; consent comes once", async () => {
  const recording = record({ recording_consent: { enabled: true, message: "May we?" } });
  expect(told).toEqual([]);
  recording.consentGiven();
  recording.consentGiven();
  await recording.finish();
  expect(told).toEqual([...begun, "kept 32044"]);
});

test.each([
  ["consent never came", { recording_consent: { enabled: true, message: "May we?" } }, false],
  [
    "consent in GDPR mode",
    { recording_consent: { enabled: true, message: "May we?" }, gdpr_mode: true },
    true,
  ],
  ["switched off", { recording: { enabled: false } }, true],
])("%s: nothing is written", async (_why, configuration, hasConsented) => {
  const recording = record(configuration);
  if (hasConsented) recording.consentGiven();
  await recording.finish();
  // Consent that comes when the call is over.
  recording.consentGiven();
  expect(told).toEqual([]);
});

test.each<[RecordingResult, string]>([
  [{ outcome: "nothing" }, "failed: Nothing was heard"],
  [{ outcome: "failed", error: "ENOSPC" }, "failed: ENOSPC"],
])("%j is written down as %s", async (result, line) => {
  stop = () => Promise.resolve(result);
  await record({}).finish();
  expect(told).toEqual([...begun, line]);
});

test("a disk that hangs holds the report up for three seconds, and leaves the row to the loop", async () => {
  stop = () => new Promise(() => undefined);
  const finished = record({}).finish();
  clock.advance(3_000);
  await finished;
  expect(told).toEqual(begun);
});
