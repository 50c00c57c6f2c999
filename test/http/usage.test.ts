import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "../../src/ids.ts";
import { startTwoOrganizations, type TwoOrganizations } from "../harness/two-organizations.ts";

const DAY_MS = 86_400_000;
let two: TwoOrganizations;

/** Call n of 250 ended n days after the year's beginning; every fifth was from a browser, every seventh never answered. */
beforeAll(async () => {
  two = await startTwoOrganizations("socket");
  const calls = Array.from({ length: 250 }, (_, index) => {
    const endedAt = new Date(Date.UTC(2025, 0, 1) + index * DAY_MS);
    const isWeb = index % 5 === 0;
    return {
      id: newId(),
      organization_id: two.mine.id,
      node_id: newId(),
      direction: isWeb ? ("web" as const) : ("inbound" as const),
      status: "ended",
      called_number: isWeb ? null : "+31850835037",
      configuration: JSON.stringify({ name: "Desk", business_name: "Shop" }),
      started_at: index % 7 === 0 ? null : new Date(endedAt.getTime() - (index + 0.4) * 1_000),
      ended_at: endedAt,
    };
  });
  await two.database.db.insertInto("calls").values(calls).execute();
});
afterAll(() => two.close());

const indexes = Array.from({ length: 250 }, (_, index) => index).filter((index) => index % 7 !== 0);
const usage = async (query = "") => (await two.mine.call("GET", `/usage${query}`)).body;

test("every answered call, the latest first, and a summary of all of them", async () => {
  const { logs, pagination, summary } = await usage();
  expect(pagination).toEqual({ total: indexes.length, limit: 100, offset: 0 });
  expect(logs).toHaveLength(100);
  expect(logs[0]).toEqual({
    id: expect.any(String),
    duration_sec: 249,
    call_type: "phone",
    phone_number: "+31850835037",
    agent_name: "Desk",
    business_name: "Shop",
    created_at: new Date(Date.UTC(2025, 0, 1) + 249 * DAY_MS).toISOString(),
  });
  const seconds = indexes.reduce((sum, index) => sum + index, 0);
  expect(summary).toEqual({
    total_calls: indexes.length,
    total_duration_seconds: seconds,
    total_duration_minutes: Math.round((seconds / 60) * 100) / 100,
  });
});

test("pages of 100 come to the total exactly, as the official client steps through them", async () => {
  const seen: number[] = [];
  for (let offset = 0; ; offset += 100) {
    const { logs, pagination } = await usage(`?limit=100&offset=${offset}`);
    seen.push(...logs.map((log: { duration_sec: number }) => log.duration_sec));
    if (offset + logs.length >= pagination.total) break;
  }
  expect(seen).toEqual(indexes.toReversed());
});

test("browser calls are told apart, and have no number", async () => {
  const { logs } = await usage("?limit=1000");
  const web = logs.filter((log: { call_type: string }) => log.call_type === "web");
  expect(web.map((log: { duration_sec: number }) => log.duration_sec)).toEqual(
    indexes.toReversed().filter((index) => index % 5 === 0),
  );
  expect(web[0].phone_number).toBeNull();
});

test("a period, whose summary is its own", async () => {
  const { pagination, summary } = await usage("?start_date=2025-01-02&end_date=2025-01-04&limit=1");
  expect(pagination.total).toBe(3);
  expect(summary).toMatchObject({ total_calls: 3, total_duration_seconds: 1 + 2 + 3 });
});

test.each(["?limit=0", "?offset=-1", "?start_date=yesterday", "?start_date=2026-01-02&end_date=2026-01-01"])(
  "%s is refused",
  async (query) => {
    expect((await two.mine.call("GET", `/usage${query}`)).status).toBe(400);
  },
);

test("others see nothing of it", async () => {
  expect((await two.theirs.call("GET", "/usage")).body).toEqual({
    logs: [],
    pagination: { total: 0, limit: 100, offset: 0 },
    summary: { total_calls: 0, total_duration_seconds: 0, total_duration_minutes: 0 },
  });
});
