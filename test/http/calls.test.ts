import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../src/ids.ts";
import { startTwoOrganizations, TRANSPORTS, type TwoOrganizations } from "../harness/two-organizations.ts";

const day = (date: number, hour = 0) => new Date(Date.UTC(2026, 0, date, hour));

describe.each(TRANSPORTS)("over %s", (transport) => {
  let two: TwoOrganizations;
  /** newest first, one a day from the 5th back to the 1st of January, at noon */
  let ids: string[];
  beforeAll(async () => {
    two = await startTwoOrganizations(transport);
    ids = [];
    for (let date = 1; date <= 5; date++) {
      const id = newId();
      await two.database.db
        .insertInto("calls")
        .values({
          id,
          organization_id: two.mine.id,
          node_id: newId(),
          direction: "inbound",
          status: date <= 2 ? "rejected" : "ended",
          created_at: day(date, 12),
          ...(date === 5 && {
            caller_number: "+31612345678",
            called_number: "+31850835037",
            started_at: day(5, 12),
            ended_at: day(5, 13),
            end_reason: "user_hangup",
            configuration: JSON.stringify({ name: "Desk", business_name: "Acme", webhook_url: null }),
            messages: JSON.stringify([{ role: "user", content: "Hi" }]),
            summary: "A greeting",
          }),
        })
        .execute();
      ids.unshift(id);
    }
  });
  afterAll(() => two.close());
  const list = async (query = "") => (await two.mine.call("GET", `/calls${query}`)).body;
  const idsOf = (body: { calls: { id: string }[] }) => body.calls.map(({ id }) => id);

  test("a call has every documented field, in the list and alone, where it is unwrapped (facts 2.0, 2.3)", async () => {
    const { status, body } = await two.mine.call("GET", `/calls/${ids[0]}`);
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        id: ids[0],
        caller_phone: "+31612345678",
        assistant_phone: "+31850835037",
        status: "ended",
        direction: "inbound",
        end_reason: "user_hangup",
        error: null,
        started_at: "2026-01-05T12:00:00.000Z",
        ended_at: "2026-01-05T13:00:00.000Z",
        duration_seconds: 3_600,
        summary: "A greeting",
        analysis_result: null,
        messages: [{ role: "user", content: "Hi" }],
        room_name: null,
        recording_url: null,
        agent_id: null,
        number_id: null,
        agent_name: "Desk",
        business_name: "Acme",
        phone_number: "+31850835037",
        agent_version: null,
        created_at: "2026-01-05T12:00:00.000Z",
        updated_at: expect.any(String),
      },
    });
    expect((await list()).calls[0]).toEqual(body);
  });

  test("the newest comes first; a page is exact and the total is of all", async () => {
    expect(await list()).toMatchObject({ pagination: { total: 5, limit: 100, offset: 0 } });
    expect(idsOf(await list())).toEqual(ids);
    const page = await list("?limit=2&offset=1");
    expect(idsOf(page)).toEqual(ids.slice(1, 3));
    expect(page.pagination).toEqual({ total: 5, limit: 2, offset: 1 });
    expect(await list("?offset=5")).toEqual({ calls: [], pagination: { total: 5, limit: 100, offset: 5 } });
  });

  test.each([
    ["status=rejected", 2],
    ["status=in-progress", 0],
    ["status=nonsense", 0],
    ["start_date=2026-01-02T12:00:00Z", 4],
    ["start_date=2026-01-02T12:00:01Z", 3],
    ["end_date=2026-01-02T14:00:00%2B02:00", 2],
    ["start_date=2026-01-02&end_date=2026-01-04", 3],
    ["start_date=2026-01-05&end_date=2026-01-05", 1],
    ["start_date=2026-01-02&status=rejected", 1],
    ["unknown=1", 5],
    ["direction=inbound", 5],
    ["direction=outbound", 0],
    [`agent_id=${newId()}`, 0],
    [`number_id=${newId()}`, 0],
    ["search=", 5],
    ["search=06%2012%2034", 1],
    ["search=0850835", 1],
    ["search=%2B44", 0],
    ["search=%25", 0],
    ["search=%00", 0],
    ["search=0612345678&direction=outbound", 0],
  ])("?%s finds %i", async (query, total) => {
    const body = await list(`?${query}`);
    expect({ total: body.pagination.total, listed: body.calls.length }).toEqual({ total, listed: total });
  });

  test("by its id or the beginning of it; without its messages", async () => {
    expect(idsOf(await list(`?search=${ids[2]}`))).toEqual([ids[2]]);
    expect(idsOf(await list(`?search=${ids[2]!.slice(0, 30).toUpperCase()}`))).toContain(ids[2]);
    const [call] = (await list("?messages=false")).calls;
    expect(call).toMatchObject({ id: ids[0], summary: "A greeting", messages: [] });
  });

  test("filters behind the last page still say how many there are", async () => {
    expect((await list("?status=ended&offset=10")).pagination).toEqual({ total: 3, limit: 100, offset: 10 });
  });

  test.each([
    ["limit=0", "limit: must be a whole number from 1 to 1000"],
    ["limit=1001", "limit: must be a whole number from 1 to 1000"],
    ["limit=x", "limit: must be"],
    ["limit=", "limit: must be"],
    ["limit=1&limit=2", "limit: must be"],
    ["offset=-1", "offset: must be a whole number from 0"],
    ["status=", "status: must be a status"],
    ["status=a&status=b", "status: must be given once"],
    ["status=%00", "status: must be a status"],
    ["direction=up", "direction: "],
    ["agent_id=x", "agent_id: must be an id"],
    ["number_id=x", "number_id: must be an id"],
    ["messages=no", "messages: "],
    ["start_date=yesterday", "start_date: must be an ISO 8601 date"],
    ["end_date=2026-02-30", "end_date: must be an ISO 8601 date"],
    ["start_date=2026-01-01T00:00:00", "start_date: must be"],
    ["start_date=2026-01-03&end_date=2026-01-02", "start_date: must not be after end_date"],
  ])("refuses ?%s", async (query, problem) => {
    const { status, body } = await two.mine.call("GET", `/calls?${query}`);
    expect({ status, error: body.error }).toEqual({ status: 400, error: "Validation failed" });
    expect(body.details.join("\n")).toContain(problem);
  });

  test("nobody sees another organization's", async () => {
    expect((await two.theirs.call("GET", "/calls")).body.pagination.total).toBe(0);
    expect((await two.theirs.call("GET", `/calls/${ids[0]}`)).status).toBe(404);
  });
});
