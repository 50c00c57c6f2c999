import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { openDatabase, type DatabaseConnection } from "../../src/db/database.ts";

export interface TestDatabase extends DatabaseConnection {
  connectionString: string;
}

/** A database of one's own, migrated and empty. Close it in `afterAll`: closing drops it. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  const postgresUrl = inject("postgresUrl");
  await administer(postgresUrl, `create database ${name}`);
  const connectionString = postgresUrl.replace(/\/postgres$/, `/${name}`);
  const connection = openDatabase({ connectionString, maxConnections: 10, onIdleError: () => undefined });
  return {
    ...connection,
    connectionString,
    close: async () => {
      await connection.close();
      await administer(postgresUrl, `drop database ${name} with (force)`);
    },
  };
}

async function administer(postgresUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: postgresUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
