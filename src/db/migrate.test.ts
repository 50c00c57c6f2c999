import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../test/harness/database.ts";
import { migrate } from "./migrate.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

test("runs each migration once, also when several processes start together", async () => {
  const runs = await Promise.all([migrate(database.pool), migrate(database.pool), migrate(database.pool)]);
  expect(runs.flat()).toEqual([]);
});

test("refuses a database that a newer version has made", async () => {
  await database.pool.query("insert into migrations (name) values ('9999-future.sql')");
  await expect(migrate(database.pool)).rejects.toThrow("newer version");
});
