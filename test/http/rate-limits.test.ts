import { afterAll, beforeAll, expect, test } from "vitest";
import { createSecretBox } from "../../src/secret-box.ts";
import { createOrganization, createTestApi, type TestApi, type TestResponse } from "../harness/api.ts";
import { createTestDatabase, type TestDatabase } from "../harness/database.ts";

// Two servers on one database, as an installation of several processes is.

const MOST = 20;
const secretBox = createSecretBox(Buffer.alloc(32, 3));
let database: TestDatabase;
let servers: [TestApi, TestApi];
beforeAll(async () => {
  database = await createTestDatabase();
  const rateLimits = {
    requestsPerMinute: MOST,
    sessionRequestsPerMinute: 0,
    signInsPerEmail: 0,
    controlsPerMinute: 0,
  };
  servers = [
    await createTestApi(database.db, secretBox, { rateLimits }),
    await createTestApi(database.db, secretBox, { rateLimits }),
  ];
  await createOrganization(database.db, secretBox, "fl_first_0123456789");
  await createOrganization(database.db, secretBox, "fl_second_0123456789");
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
  await database.close();
});

const MINUTE_MS = 60_000;
const LONG_ENOUGH_MS = 10_000;

/** All of the requests in one of the clock's minutes: where little is left of this one, the next is waited for. */
async function inOneWindow(send: () => Promise<TestResponse[]>): Promise<TestResponse[]> {
  const leftMs = MINUTE_MS - (Date.now() % MINUTE_MS);
  if (leftMs < LONG_ENOUGH_MS) await new Promise((resolve) => setTimeout(resolve, leftMs + 50));
  const answers = await send();
  const windows = new Set(answers.map(({ headers }) => headers["x-ratelimit-reset"]));
  expect(windows.size).toBe(1);
  return answers;
}

test("two processes let the limit through between them, and say so in three headers", async () => {
  const answers = await inOneWindow(() =>
    Promise.all(
      Array.from({ length: MOST + 10 }, (_, index) =>
        servers[index % 2]!.request("GET", "/numbers", { key: "fl_first_0123456789" }),
      ),
    ),
  );
  const allowed = answers.filter(({ status }) => status === 200);
  const refused = answers.filter(({ status }) => status === 429);
  expect([allowed.length, refused.length]).toEqual([MOST, 10]);
  const remaining = allowed.map(({ headers }) => Number(headers["x-ratelimit-remaining"]));
  expect(remaining.toSorted((a, b) => a - b)).toEqual(Array.from({ length: MOST }, (_, index) => index));
  for (const { headers, body } of refused) {
    const retryAfter = Number(headers["retry-after"]);
    expect(retryAfter).toBeGreaterThanOrEqual(1);
    expect(retryAfter).toBeLessThanOrEqual(60);
    expect(headers).toMatchObject({ "x-ratelimit-limit": String(MOST), "x-ratelimit-remaining": "0" });
    expect(Number(headers["x-ratelimit-reset"])).toBeGreaterThan(Date.now() / 1_000 - 1);
    expect(body).toEqual({
      error: "Rate limit exceeded",
      message: `More than ${MOST} requests a minute. Please retry after ${retryAfter} seconds.`,
      code: "rate_limit_exceeded",
      retry_after: retryAfter,
    });
  }
});

test("another key has a count of its own, and a refused request has changed nothing", async () => {
  const key = "fl_second_0123456789";
  const answers = await inOneWindow(() =>
    Promise.all(
      Array.from({ length: MOST + 5 }, () =>
        servers[0].request("POST", "/assistants", { key, body: { name: "Desk" } }),
      ),
    ),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(MOST);
  expect(await database.db.selectFrom("assistants").select("id").execute()).toHaveLength(MOST);
});

test("wrong keys are counted by the address they come from; a good one from there is not touched", async () => {
  const answers = await inOneWindow(() =>
    Promise.all(
      Array.from({ length: MOST + 5 }, (_, index) =>
        servers[index % 2]!.request("GET", "/numbers", { key: `fl_guess_${index}` }),
      ),
    ),
  );
  const statuses = answers.map(({ status }) => status);
  expect([
    statuses.filter((status) => status === 401).length,
    statuses.filter((status) => status === 429).length,
  ]).toEqual([MOST, 5]);
  await createOrganization(database.db, secretBox, "fl_third_0123456789");
  expect((await servers[0].request("GET", "/numbers", { key: "fl_third_0123456789" })).status).toBe(200);
});
