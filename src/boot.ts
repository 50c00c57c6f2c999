import { startApp, type App } from "./app.ts";
import type { Watch } from "./calls/call-timeline.ts";
import type { Config } from "./config.ts";
import { openDataDirectory } from "./data-directory.ts";
import { lockDataDirectory, type DataLock } from "./db/data-lock.ts";
import { takeStartTurn, type EndTurn } from "./db/start-turn.ts";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "./db/embedded-postgres.ts";
import type { Logger } from "./logger.ts";
import type { TraceSip } from "./telephony/sip/sip-endpoint.ts";

export type BootResult = { outcome: "started"; app: App } | { outcome: "in-use"; dataDirectory: string };

/**
 * From a configuration to a running server: data folder, database, lock, app. The order matters: the lock is taken
 * before anything is written, so that a second process on the folder changes nothing.
 */
export async function boot(options: {
  config: Config;
  logger: Logger;
  /** somebody else has taken the folder over while the database was away: this process has to end */
  onLockLost: () => void;
  watch?: Watch | undefined;
  traceSip?: TraceSip | undefined;
}): Promise<BootResult> {
  const endTurn = await takeStartTurn(options.config.dataDirectory);
  try {
    return await bootInTurn(options, endTurn);
  } finally {
    await endTurn();
  }
}

async function bootInTurn(options: Parameters<typeof boot>[0], endTurn: EndTurn): Promise<BootResult> {
  const { config, logger } = options;
  const dataDirectory = await openDataDirectory(config.dataDirectory, config.secretKey);
  const inUse: BootResult = { outcome: "in-use", dataDirectory: dataDirectory.path };
  let postgres: EmbeddedPostgres | undefined;
  let connectionString = config.databaseUrl;
  const lockFolder = (url: string) =>
    lockDataDirectory({
      connectionString: url,
      installationId: dataDirectory.installationId,
      onLost: options.onLockLost,
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
  let lock: DataLock | undefined;
  try {
    const locked = await lockFolder(connectionString);
    if (locked.outcome === "taken") {
      // Only a process that started in the very same moment gets here; PostgreSQL is left to whoever holds the lock.
      return inUse;
    }
    lock = locked.lock;
    // From here on the lock in the database tells the others.
    await endTurn();
    const app = await startApp({
      config,
      connectionString,
      dataDirectory,
      logger,
      watch: options.watch,
      traceSip: options.traceSip,
    });
    const stop = async () => {
      await app.stop();
      await lock?.release();
      await postgres?.stop();
    };
    const notices = postgres?.notice ? [postgres.notice, ...app.notices] : app.notices;
    return { outcome: "started", app: { ...app, notices, stop } };
  } catch (error) {
    await lock?.release();
    await postgres?.stop();
    throw error;
  }
}
