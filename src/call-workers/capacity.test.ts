import { describe, expect, test } from "vitest";
import { chooseWorker, hasRoom, type WorkerState } from "./capacity.ts";

const worker = (legs: number, more: Partial<WorkerState> = {}): WorkerState => ({
  isReady: true,
  legs,
  load: { audioLatenessP99Ms: 1, loopDelayP99Ms: 10 },
  ...more,
});
const lateAudio = { load: { audioLatenessP99Ms: 21, loopDelayP99Ms: 10 } };
const busyLoop = { load: { audioLatenessP99Ms: 1, loopDelayP99Ms: 151 } };

describe("room for one more call", () => {
  test.each([
    ["no workers at all", [], 0, false],
    ["none is ready", [worker(0, { isReady: false })], 0, false],
    ["nothing reported yet", [worker(0, { load: undefined })], 0, true],
    ["below the cap", [worker(2), worker(1)], 4, true],
    ["at the cap, of all together", [worker(2), worker(2)], 4, false],
    ["no cap", [worker(500)], 0, true],
    ["below the cap, whatever is measured", [worker(9, lateAudio)], 10, true],
    ["one sends late, the other does not", [worker(9, lateAudio), worker(9)], 0, true],
    ["all send late", [worker(9, lateAudio), worker(9, lateAudio)], 0, false],
    ["all are slow to their turn", [worker(9, busyLoop)], 0, false],
  ])("%s", (_name, workers, mostLegs, expected) => {
    expect(hasRoom(workers, mostLegs)).toBe(expected);
  });
});

describe("the worker of a new call", () => {
  const [few, many, strained, relieved, starting] = [
    worker(1),
    worker(5),
    worker(4, busyLoop),
    worker(0, busyLoop),
    worker(0, { isReady: false }),
  ];
  test.each([
    ["the one with the fewest legs", [many, few], few],
    ["rather one that is not strained", [strained, many], many],
    ["a strained one where there is no other", [starting, strained], strained],
    ["one whose strain is over with its calls", [many, relieved], relieved],
    ["none that is starting", [starting], undefined],
  ])("%s", (_name, workers, expected) => {
    expect(chooseWorker(workers)).toBe(expected);
  });
});
