import { readdir, readFile } from "node:fs/promises";
import type pg from "pg";

const MIGRATIONS_DIRECTORY = new URL("./migrations/", import.meta.url);

/** Any constant will do; it only has to be the same in every process that migrates. */
const MIGRATION_LOCK = 7_702_001;

/**
 * Runs the migrations that have not run yet, in the order of their file names, each in a transaction of its own.
 * Several processes may start at once: an advisory lock lets one of them work while the others wait.
 *
 * @returns the names of the migrations that ran now
 * @throws when the database has migrations that this version does not know: an older version was started on a
 *         newer database, and guessing would damage it
 */
export async function migrate(pool: pg.Pool): Promise<string[]> {
  const files = (await readdir(MIGRATIONS_DIRECTORY)).filter((name) => name.endsWith(".sql")).toSorted();
  const client = await pool.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await client.query(
      "create table if not exists migrations (name text primary key, applied_at timestamptz not null default now())",
    );
    const { rows } = await client.query<{ name: string }>("select name from migrations");
    const applied = new Set(rows.map((row) => row.name));
    const unknown = [...applied].filter((name) => !files.includes(name));
    if (unknown.length > 0) {
      throw new Error(
        `The database was made by a newer version of Switchhook (unknown migrations: ${unknown.join(", ")})`,
      );
    }
    const due = files.filter((name) => !applied.has(name));
    for (const name of due) {
      const statements = await readFile(new URL(name, MIGRATIONS_DIRECTORY), "utf8");
      await client.query("begin");
      try {
        await client.query(statements);
        await client.query("insert into migrations (name) values ($1)", [name]);
        await client.query("commit");
      } catch (cause) {
        await client.query("rollback");
        throw new Error(`Migration ${name} failed`, { cause });
      }
    }
    return due;
  } finally {
    // Ending the session's hold explicitly: the connection goes back to the pool and would keep the lock.
    await client.query("select pg_advisory_unlock($1)", [MIGRATION_LOCK]).catch(() => undefined);
    client.release();
  }
}
