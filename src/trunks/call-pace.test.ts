import { expect, test } from "vitest";
import { createManualClock } from "../../test/harness/manual-clock.ts";
import { createLogger } from "../logger.ts";
import type { InboundTrunk, OutboundCall } from "../telephony/carrier.ts";
import { failedLeg } from "../telephony/sip/place-call.ts";
import { admitCall, createPacedPlaceCall, type CallPacePorts } from "./call-pace.ts";

const trunk = (id: string, organizationId: string, callsPerSecond?: number): InboundTrunk => ({
  id,
  organizationId,
  address: "pbx",
  port: 5_060,
  protocol: "UDP",
  callsPerSecond,
});
const free = async () => 0;
const full = async () => undefined;
const call = (one: OutboundCall["trunk"]): OutboundCall => ({
  to: "+31612345678",
  from: "+31850835037",
  trunk: one,
});

test.each([
  [
    "its own organization's number",
    [trunk("t", "a")],
    false,
    "a",
    free,
    { outcome: "admitted", trunk: { id: "t" } },
  ],
  ["another's number", [trunk("t", "a")], false, "b", free, { outcome: "refused", statusCode: 404 }],
  [
    "one of two organizations at one provider",
    [trunk("t", "a"), trunk("u", "b")],
    false,
    "b",
    free,
    { trunk: { id: "u" } },
  ],
  [
    "another's number, from an allowed range",
    [trunk("t", "a")],
    true,
    "b",
    free,
    { outcome: "admitted", trunk: undefined },
  ],
  ["with a limit that is not reached", [trunk("t", "a", 2)], false, "a", free, { outcome: "admitted" }],
  ["with a limit that is", [trunk("t", "a", 2)], true, "a", full, { statusCode: 503, retryAfterSeconds: 1 }],
  [
    "with a limit that is reached by another trunk",
    [trunk("t", "a"), trunk("u", "b", 2)],
    false,
    "a",
    full,
    { outcome: "admitted" },
  ],
] as const)("a call in to %s", async (_sentence, trunks, isAllowed, organizationId, takeSlot, expected) => {
  expect(await admitCall({ trunks, isAllowed }, organizationId, takeSlot)).toMatchObject(expected);
});

function pace(more: Partial<CallPacePorts>) {
  const clock = createManualClock();
  const placed: OutboundCall[] = [];
  const place = createPacedPlaceCall({
    takeSlot: free,
    downSince: async () => undefined,
    placeCall: async (one) => {
      placed.push(one);
      return failedLeg({ statusCode: 486 });
    },
    clock,
    logger: createLogger({ level: "silent" }),
    ...more,
  });
  return { clock, placed, place };
}

test("a call waits for its place", async () => {
  const { clock, placed, place } = pace({ takeSlot: async () => 700 });
  const leg = place(call(trunk("t", "a", 2)));
  await Promise.resolve();
  await Promise.resolve();
  clock.advance(699);
  expect(placed).toEqual([]);
  clock.advance(1);
  expect(await (await leg).answered).toEqual({ outcome: "failed", statusCode: 486 });
});

test("a call for which there is none fails, and says why", async () => {
  const { placed, place } = pace({ takeSlot: full });
  expect(await (await place(call(trunk("t", "a", 2)))).answered).toMatchObject({
    statusCode: 503,
    detail: expect.stringContaining("2 calls a second (calls_per_second)"),
  });
  expect(placed).toEqual([]);
  await place(call(trunk("t", "a")));
  expect(placed).toHaveLength(1);
});

test("without the database calls go out all the same", async () => {
  const { placed, place } = pace({ takeSlot: () => Promise.reject(new Error("away")) });
  await place(call(trunk("t", "a", 2)));
  expect(placed).toHaveLength(1);
});

test.each([
  [503, "x; the trunk has not answered since 2026-01-01T00:00:00.000Z"],
  [486, "x"],
])("a trunk that is down is tried, and named when that failed (%i)", async (statusCode, detail) => {
  const { place } = pace({
    downSince: async () => new Date("2026-01-01"),
    placeCall: async () => failedLeg({ statusCode, detail: "x" }),
  });
  expect(await (await place(call(trunk("t", "a")))).answered).toMatchObject({ statusCode, detail });
});
