import { afterAll, beforeAll, expect, test } from "vitest";
import { createCallTransitions } from "../../src/calls/call-transitions.ts";
import { systemClock } from "../../src/clock.ts";
import { newId } from "../../src/ids.ts";
import { upkeepTasks } from "../../src/upkeep.ts";
import { endedCall } from "../harness/reported-call.ts";
import { startTwoOrganizations, type TwoOrganizations } from "../harness/two-organizations.ts";

let two: TwoOrganizations;
beforeAll(async () => {
  two = await startTwoOrganizations("memory");
});
afterAll(() => two.close());

async function report(
  organizationId: string,
  configuration: Record<string, unknown>,
  summary: string,
): Promise<string> {
  const transitions = createCallTransitions({
    db: two.database.db,
    recordEvent: async () => undefined,
    takeMinutes: async () => undefined,
    wakeDelivery: () => undefined,
  });
  const id = await endedCall(two.database.db, transitions, {
    organizationId,
    nodeId: newId(),
    configuration,
    endedAt: new Date(Date.now() - 31 * 86_400_000),
  });
  await transitions.report(id, { summary });
  return id;
}

async function found(search: string): Promise<string[]> {
  const { body } = await two.mine.call("GET", `/calls?search=${encodeURIComponent(search)}`);
  return body.calls.map(({ id }: { id: string }) => id);
}

test("a reported call is found by its words, as long as its content is kept, and by its own organization", async () => {
  const id = await report(two.mine.id, { name: "Desk" }, "Ada \u0000wants tulips for Café Zoë.");
  const secret = await report(two.mine.id, { gdpr_mode: true }, "Ada wants roses.");
  await report(two.theirs.id, { name: "Desk" }, "Ada wants tulips.");
  // Of the summary, of the transcript, the beginning of a word; all of them have to be there.
  for (const text of ["tulips", "TULI", "ada tul", "café", "when do you close"]) {
    expect(await found(text), text).toEqual([id]);
  }
  for (const text of ["roses", "tulips roses", "ulips", "system"])
    expect(await found(text), text).toEqual([]);
  expect(await found(secret)).toEqual([secret]);

  await two.mine.call("PATCH", "/organizations", { content_retention_days: 30, metadata_retention_days: 90 });
  const tasks = upkeepTasks(two.database.db, systemClock);
  await tasks.find(({ name }) => name === "calls past their retention")!.run();
  expect(await found("tulips")).toEqual([]);
});

test("a call of many hours is reported all the same", async () => {
  const id = await report(
    two.mine.id,
    { name: "Desk" },
    `${"word ".repeat(1_000_000)}${"x".repeat(100_000)}`,
  );
  expect(await found("word close")).toEqual([]);
  expect(await found("word")).toEqual([id]);
});
