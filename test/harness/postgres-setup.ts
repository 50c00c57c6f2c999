import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { openDatabase } from "../../src/db/database.ts";
import { startEmbeddedPostgres } from "../../src/db/embedded-postgres.ts";
import { migrate } from "../../src/db/migrate.ts";

declare module "vitest" {
  interface ProvidedContext {
    postgresUrl: string;
  }
}

/** One PostgreSQL for the whole run, with a migrated database `template1` from which each test file's own is cloned. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(path.join(tmpdir(), "switchhook-test-"));
  const started = await startEmbeddedPostgres({
    dataDirectory: directory,
    isInUse: () => Promise.resolve(false),
    onRestart: (detail) => console.error(detail),
  });
  if (started.outcome === "in-use") throw new Error("a new folder cannot be in use");
  const { postgres } = started;
  const template = openDatabase({
    connectionString: postgres.connectionString.replace(/\/postgres$/, "/template1"),
    maxConnections: 1,
    onIdleError: () => undefined,
  });
  await migrate(template.pool);
  await template.close();
  project.provide("postgresUrl", postgres.connectionString);
  return async () => {
    await postgres.stop();
    await rm(directory, { recursive: true, force: true });
  };
}
