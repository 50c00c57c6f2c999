import { afterAll, expect } from "vitest";

// A test that leaks a timer, a socket or an unhandled rejection fails. Vitest reports rejections by itself; this
// looks at what still keeps the event loop alive once a file's own afterAll hooks have run.

const HARMLESS = new Set([
  "PipeWrap",
  "TTYWrap",
  "MessagePort",
  "FSReqPromise",
  "CloseReq",
  "TickObject",
  "Immediate",
]);

const before = countResources();

afterAll(async () => {
  // Handles close on the next turns of the loop, not at once: give them a bounded time.
  for (let tries = 0; tries < 40 && leaked().length > 0; tries++) {
    await new Promise((resolve) => setImmediate(() => setTimeout(resolve, 25)));
  }
  expect(leaked(), "resources left open by this file").toEqual([]);
});

function countResources(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo()) {
    if (!HARMLESS.has(kind)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

function leaked(): string[] {
  return [...countResources()]
    .filter(([kind, count]) => kind !== "Timeout" && count > (before.get(kind) ?? 0))
    .map(([kind, count]) => `${kind}: ${count - (before.get(kind) ?? 0)}`);
}
