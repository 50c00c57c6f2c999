import { createHash } from "node:crypto";
import pg from "pg";

/**
 * One process a data folder. The lock is an advisory lock of PostgreSQL: it is gone the moment its holder is,
 * however the holder died, and it cannot be left behind like a file.
 */
export type DataLockResult =
  | { outcome: "locked"; lock: DataLock }
  /** another process holds it */
  | { outcome: "taken" };

export interface DataLock {
  release(): Promise<void>;
}

/** A holder that was just killed keeps its lock until PostgreSQL notices the closed socket; that takes milliseconds. */
const TRIES = 20;
const TRY_EVERY_MS = 50;
const RELOCK_EVERY_MS = 1_000;

/**
 * @param onLost  called when, after a restart of the database, somebody else has taken the lock in our place: two
 *                processes now believe in one folder, and this one has to stop
 */
export async function lockDataDirectory(options: {
  connectionString: string;
  installationId: string;
  onLost: () => void;
}): Promise<DataLockResult> {
  const key = createHash("sha256").update(options.installationId).digest().readBigInt64BE(0).toString();
  let isReleased = false;
  let client: pg.Client | undefined;
  let relockTimer: NodeJS.Timeout | undefined;

  async function tryLock(): Promise<"locked" | "taken"> {
    const candidate = new pg.Client({
      connectionString: options.connectionString,
      application_name: "switchhook lock",
    });
    candidate.on("error", () => undefined);
    await candidate.connect();
    const { rows } = await candidate.query<{ locked: boolean }>("select pg_try_advisory_lock($1) as locked", [
      key,
    ]);
    if (!rows[0]?.locked) {
      await candidate.end();
      return "taken";
    }
    client = candidate;
    candidate.on("end", scheduleRelock);
    return "locked";
  }

  function scheduleRelock(): void {
    if (isReleased) return;
    relockTimer = setTimeout(() => {
      tryLock().then(
        (result) => result === "taken" && !isReleased && options.onLost(),
        // The database is still away: ask again.
        scheduleRelock,
      );
    }, RELOCK_EVERY_MS);
  }

  for (let tries = 1; (await tryLock()) === "taken"; tries++) {
    if (tries === TRIES) return { outcome: "taken" };
    await new Promise((resolve) => setTimeout(resolve, TRY_EVERY_MS));
  }
  const lock: DataLock = {
    async release() {
      isReleased = true;
      clearTimeout(relockTimer);
      await client?.end().catch(() => undefined);
    },
  };
  return { outcome: "locked", lock };
}
