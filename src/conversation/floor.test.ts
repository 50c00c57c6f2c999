import { expect, test } from "vitest";
import { createFloor, type FloorState } from "./floor.ts";

test.each<[Partial<FloorState>, boolean]>([
  [{}, true],
  [{ isCallerSpeaking: true }, false],
  [{ isAssistantSpeaking: true }, false],
  [{ isAssistantThinking: true }, false],
  [{ isHeld: true }, false],
])("%j: quiet %s", (change, isQuiet) => {
  const floor = createFloor();
  floor.set(change);
  expect(floor.isQuiet).toBe(isQuiet);
});

test("is not quiet while a tool runs, however it ends", async () => {
  const floor = createFloor();
  const { promise, reject } = Promise.withResolvers<void>();
  const running = floor.duringTool(() => promise);
  const second = floor.duringTool(() => Promise.resolve(7));
  expect(floor.state.runningTools).toBe(2);
  expect(await second).toBe(7);
  expect(floor.isQuiet).toBe(false);
  reject(new Error("no answer"));
  await expect(running).rejects.toThrow("no answer");
  expect(floor.isQuiet).toBe(true);
});

test("tells what changed, until the listener is taken away", () => {
  const floor = createFloor();
  const seen: [boolean, boolean][] = [];
  const forget = floor.onChange((state, before) =>
    seen.push([before.isCallerSpeaking, state.isCallerSpeaking]),
  );
  floor.set({ isCallerSpeaking: true });
  forget();
  floor.set({ isCallerSpeaking: false });
  expect(seen).toEqual([[false, true]]);
});
