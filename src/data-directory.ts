import { randomBytes, randomUUID } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

/** What the data folder holds besides the database: who this installation is, and the key of its sealed secrets. */
export interface DataDirectory {
  path: string;
  /** made once; tells this folder's processes from those of other machines on the same database */
  installationId: string;
  /** 32 bytes, from `secret.key`, unless the operator brings a key of their own */
  secretKey: Buffer;
}

/**
 * Opens the data folder, making it and its files at first start.
 *
 * @param givenSecretKey  SWITCHHOOK_SECRET_KEY; then no key is written to disk
 * @throws when the folder cannot be made or written, saying which folder
 */
export async function openDataDirectory(
  directory: string,
  givenSecretKey: Buffer | undefined,
): Promise<DataDirectory> {
  const absolute = path.resolve(directory);
  try {
    await mkdir(absolute, { recursive: true });
    const installationId = await readOrCreate(path.join(absolute, "installation-id"), () => randomUUID());
    const secretKey =
      givenSecretKey ??
      Buffer.from(
        await readOrCreate(path.join(absolute, "secret.key"), () => randomBytes(32).toString("hex")),
        "hex",
      );
    return { path: absolute, installationId, secretKey };
  } catch (cause) {
    throw new Error(`The data folder ${absolute} cannot be used: ${(cause as Error).message}`, { cause });
  }
}

/** Two processes that start together agree: `wx` lets one of them write, and both read what was written. */
async function readOrCreate(file: string, create: () => string): Promise<string> {
  try {
    await writeFile(file, `${create()}\n`, { mode: 0o600, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return (await readFile(file, "utf8")).trim();
}
