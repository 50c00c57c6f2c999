import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase } from "../../src/db/database.ts";
import { createTestDatabase, type TestDatabase } from "../harness/database.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

test("a connection that breaks between two statements of a transaction is an error of that transaction, and of nothing else", async () => {
  const broken: Error[] = [];
  const { db, close } = openDatabase({
    connectionString: database.connectionString,
    maxConnections: 1,
    onIdleError: (error) => broken.push(error),
  });
  const uncaught: unknown[] = [];
  const note = (error: unknown) => uncaught.push(error);
  process.on("uncaughtException", note);
  const transaction = db.transaction().execute(async (tx) => {
    const { id } = await tx
      .selectNoFrom((select) => select.fn<number>("pg_backend_pid", []).as("id"))
      .executeTakeFirstOrThrow();
    await database.pool.query("select pg_terminate_backend($1)", [id]);
    // Nothing is under way on it now: nobody is there to be told but the connection itself.
    await expect.poll(() => broken.length, { timeout: 2_000 }).toBeGreaterThan(0);
    await tx.selectNoFrom((select) => select.lit(1).as("one")).execute();
  });
  await expect(transaction).rejects.toThrow(/terminat|connection/i);
  await db.selectNoFrom((select) => select.lit(1).as("one")).execute();
  process.off("uncaughtException", note);
  expect(uncaught).toEqual([]);
  await close();
});
