import { randomBytes } from "node:crypto";
import type { Config } from "./config.ts";
import { writeKeys, type DataDirectory, type SecretKeys } from "./data-directory.ts";
import { openDatabase } from "./db/database.ts";
import { migrate } from "./db/migrate.ts";
import { rewrapSecrets } from "./db/sealed-columns.ts";
import { openInstallation } from "./installation.ts";
import type { Logger } from "./logger.ts";
import { createSecretBox } from "./secret-box.ts";

export type RotationResult =
  | {
      outcome: "rotated";
      rewrapped: number;
      /** the key is in the data folder, not the environment's */ isInFolder: boolean;
    }
  | { outcome: "in-use"; dataDirectory: string }
  /** the environment gives one key; there is nothing to come from */
  | { outcome: "no-previous-key" };

/**
 * Replaces the master key, with the server stopped. The data folder's own key is made anew; the environment's is the
 * operator's to change, and this puts the stored secrets under it.
 *
 * The steps, and what a crash after each leaves: (1) the new key is written in front of the old one: a folder that
 * opens everything, and seals with the new; (2) one transaction wraps every secret anew: the same, and nothing needs
 * the old key any more; (3) the old key is dropped. Whatever was done is found done when the command is repeated.
 */
export async function rotateSecretKey(config: Config, logger: Logger): Promise<RotationResult> {
  if (config.secretKeys?.length === 1) return { outcome: "no-previous-key" };
  const opened = await openInstallation({ config, logger, onLockLost: () => process.exit(1) });
  if (opened.outcome === "in-use") return opened;
  const { dataDirectory, connectionString, close } = opened.installation;
  try {
    const isInFolder = config.secretKeys === undefined;
    const keys = isInFolder ? await withNewKey(dataDirectory) : dataDirectory.secretKeys;
    const {
      db,
      pool,
      close: closeDatabase,
    } = openDatabase({
      connectionString,
      maxConnections: 2,
      onIdleError: () => undefined,
    });
    try {
      await migrate(pool);
      const [current, ...previous] = keys;
      const rewrapped = await rewrapSecrets(db, createSecretBox(current, previous));
      if (isInFolder) await writeKeys(dataDirectory.path, [current]);
      return { outcome: "rotated", rewrapped, isInFolder };
    } finally {
      await closeDatabase();
    }
  } finally {
    await close();
  }
}

/** An earlier rotation that did not come to its end has made the new key already. */
async function withNewKey({ path, secretKeys }: DataDirectory): Promise<SecretKeys> {
  if (secretKeys.length > 1) return secretKeys;
  const keys: SecretKeys = [randomBytes(32), ...secretKeys];
  await writeKeys(path, keys);
  return keys;
}
