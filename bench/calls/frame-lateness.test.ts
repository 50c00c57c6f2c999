import { expect, test } from "vitest";
import { createFrameLateness } from "./frame-lateness.ts";

test("a steady stream is never late, whatever its delay and wherever its timestamps begin", () => {
  const lateness = createFrameLateness();
  for (let frame = 0; frame < 300; frame++) {
    const timestamp = (0xffff_ff00 + frame * 160) >>> 0;
    expect(lateness.take(timestamp, 1_000 + frame * 20)).toBeCloseTo(0);
  }
});

test("a late frame is, and those behind it are not", () => {
  const lateness = createFrameLateness();
  const late = Array.from({ length: 10 }, (_, frame) =>
    lateness.take(frame * 160, frame * 20 + (frame === 5 ? 12 : 0)),
  );
  expect(late).toEqual([0, 0, 0, 0, 0, 12, 0, 0, 0, 0]);
});

test("a sender that has let time go is late for two seconds, then that is its timeline", () => {
  const lateness = createFrameLateness();
  const late = Array.from({ length: 300 }, (_, frame) =>
    lateness.take(frame * 160, frame * 20 + (frame < 50 ? 0 : 100)),
  );
  expect(late[49]).toBe(0);
  expect(late[50]).toBe(100);
  expect(late[200]).toBe(0);
});
