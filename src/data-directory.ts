import { randomBytes, randomUUID } from "node:crypto";
import { mkdir, open, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";

/** What the data folder holds besides the database: who this installation is, and the key of its sealed secrets. */
export interface DataDirectory {
  path: string;
  /** made once; tells this folder's processes from those of other machines on the same database */
  installationId: string;
  /**
   * 32 bytes each: the current key, then those that a rotation has not finished with. From `secret.key`, unless the
   * operator brings keys of their own.
   */
  secretKeys: SecretKeys;
}

export type SecretKeys = [current: Buffer, ...previous: Buffer[]];

/**
 * Opens the data folder, making it and its files at first start.
 *
 * @param givenKeys  SWITCHHOOK_SECRET_KEY and SWITCHHOOK_SECRET_KEY_PREVIOUS; then no key is written to disk
 * @throws when the folder cannot be made or written, saying which folder
 */
export async function openDataDirectory(
  directory: string,
  givenKeys: SecretKeys | undefined,
): Promise<DataDirectory> {
  const absolute = path.resolve(directory);
  try {
    await mkdir(absolute, { recursive: true });
    const installationId = await readOrCreate(path.join(absolute, "installation-id"), () => randomUUID());
    return { path: absolute, installationId, secretKeys: givenKeys ?? (await readKeys(absolute)) };
  } catch (cause) {
    throw new Error(`The data folder ${absolute} cannot be used: ${(cause as Error).message}`, { cause });
  }
}

const keyFile = (directory: string) => path.join(directory, "secret.key");

async function readKeys(directory: string): Promise<SecretKeys> {
  const text = await readOrCreate(keyFile(directory), () => randomBytes(32).toString("hex"));
  return text.split("\n").map((line) => Buffer.from(line.trim(), "hex")) as SecretKeys;
}

/** Replaces the folder's keys, all or nothing: a crash leaves the old file or the new one. */
export async function writeKeys(directory: string, keys: SecretKeys): Promise<void> {
  const file = keyFile(directory);
  const temporary = `${file}.new`;
  const handle = await open(temporary, "w", 0o600);
  try {
    await handle.writeFile(keys.map((key) => `${key.toString("hex")}\n`).join(""));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
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
