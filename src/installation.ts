import type { Config } from "./config.ts";
import { openDataDirectory, type DataDirectory } from "./data-directory.ts";
import { lockDataDirectory, type DataLock } from "./db/data-lock.ts";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "./db/embedded-postgres.ts";
import { takeStartTurn, type EndTurn } from "./db/start-turn.ts";
import type { Logger } from "./logger.ts";

/** A data folder and its database, held by this process alone. */
export interface Installation {
  dataDirectory: DataDirectory;
  connectionString: string;
  /** what the operator should know of where the database is */
  notice: string | undefined;
  /** Lets the folder go and stops the embedded PostgreSQL. */
  close(): Promise<void>;
}

export type OpenResult =
  | { outcome: "opened"; installation: Installation }
  | { outcome: "in-use"; dataDirectory: string };

interface OpenOptions {
  config: Config;
  logger: Logger;
  /** somebody else has taken the folder over while the database was away: this process has to end */
  onLockLost: () => void;
}

/**
 * Data folder, database, lock. The order matters: the lock is taken before anything is written, so that a second process
 * on the folder changes nothing.
 */
export async function openInstallation(options: OpenOptions): Promise<OpenResult> {
  const endTurn = await takeStartTurn(options.config.dataDirectory);
  try {
    return await openInTurn(options, endTurn);
  } finally {
    await endTurn();
  }
}

async function openInTurn(
  { config, logger, onLockLost }: OpenOptions,
  endTurn: EndTurn,
): Promise<OpenResult> {
  const dataDirectory = await openDataDirectory(config.dataDirectory, config.secretKeys);
  const inUse: OpenResult = { outcome: "in-use", dataDirectory: dataDirectory.path };
  let postgres: EmbeddedPostgres | undefined;
  let connectionString = config.databaseUrl;
  const lockFolder = (url: string) =>
    lockDataDirectory({
      connectionString: url,
      installationId: dataDirectory.installationId,
      onLost: onLockLost,
    });

  if (connectionString === undefined) {
    const started = await startEmbeddedPostgres({
      dataDirectory: dataDirectory.path,
      isInUse: async (url) => {
        const probe = await lockFolder(url);
        if (probe.outcome === "locked") await probe.lock.release();
        return probe.outcome === "taken";
      },
      onRestart: (detail) => logger.error({ detail }, "the embedded PostgreSQL had to be restarted"),
    });
    if (started.outcome === "in-use") return inUse;
    postgres = started.postgres;
    connectionString = postgres.connectionString;
  }
  let lock: DataLock;
  try {
    const locked = await lockFolder(connectionString);
    if (locked.outcome === "taken") {
      // Only a process that started in the very same moment gets here; PostgreSQL is left to whoever holds the lock.
      return inUse;
    }
    lock = locked.lock;
  } catch (error) {
    await postgres?.stop();
    throw error;
  }
  // From here on the lock in the database tells the others.
  await endTurn();
  return {
    outcome: "opened",
    installation: {
      dataDirectory,
      connectionString,
      notice: postgres?.notice,
      async close() {
        await lock.release();
        await postgres?.stop();
      },
    },
  };
}
