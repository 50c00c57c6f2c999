import { Kysely, PostgresDialect, type Transaction } from "kysely";
import pg from "pg";
import type { Tables } from "./tables.ts";

export type Database = Kysely<Tables>;
/** A database or an open transaction: what a store function takes when it may run inside somebody's transaction. */
export type Queryable = Kysely<Tables> | Transaction<Tables>;

export interface DatabaseConnection {
  db: Database;
  pool: pg.Pool;
  close(): Promise<void>;
}

/**
 * Opens a pool of connections.
 *
 * @param onIdleError  told when a connection breaks on which nothing is under way (PostgreSQL restarted). The pool replaces it by itself;
 *                     without a listener Node would end the process.
 */
export function openDatabase(options: {
  connectionString: string;
  maxConnections: number;
  onIdleError: (error: Error) => void;
}): DatabaseConnection {
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    max: options.maxConnections,
    // Long enough for a database that is just restarting, short enough that a live call is not kept waiting.
    connectionTimeoutMillis: 5_000,
    application_name: "switchhook",
  });
  pool.on("error", options.onIdleError);
  // A connection that is lent out and breaks between two statements tells nobody but its own listeners; the next
  // statement on it fails by itself.
  pool.on("connect", (client) => client.on("error", options.onIdleError));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return {
    db,
    pool,
    close: async () => {
      await db.destroy();
      // Kysely ends the pool only if it has run a query itself.
      if (!pool.ended) await pool.end();
    },
  };
}
