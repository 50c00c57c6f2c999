import { constants } from "node:fs";
import { access, stat, statfs } from "node:fs/promises";
import path from "node:path";
import type { DatabaseClock } from "../../db/database-clock.ts";
import { note, ok, problem, warning, type Finding } from "./finding.ts";

/** What signatures and leases bear; receivers refuse what is five minutes off. */
const SKEW_NOTED_MS = 2_000;
const SKEW_HARMFUL_MS = 30_000;

/** @param clock  undefined: the embedded database, on this very clock */
export function judgeDatabase(clock: DatabaseClock | undefined): Finding[] {
  if (!clock) return [ok("database", "The embedded PostgreSQL is used, in the data folder.")];
  if (clock.outcome === "unreachable") {
    return [
      problem(
        "database",
        `The database of DATABASE_URL cannot be used: ${clock.detail}.`,
        "See that it runs, that this machine may reach it, and that user, password and database name are right.",
      ),
    ];
  }
  const seconds = (Math.abs(clock.aheadMs) / 1_000).toFixed(1);
  const saw = `The database's clock is ${seconds} s ${clock.aheadMs >= 0 ? "ahead of" : "behind"} this machine's.`;
  const change = "Run a time service (chrony, systemd-timesyncd) on both machines.";
  const reached = ok("database", "The database of DATABASE_URL answers.");
  if (Math.abs(clock.aheadMs) >= SKEW_HARMFUL_MS) return [reached, problem("clock", saw, change)];
  if (Math.abs(clock.aheadMs) >= SKEW_NOTED_MS) return [reached, warning("clock", saw, change)];
  return [reached, ok("clock", saw)];
}

const LEAST_FREE_BYTES = 1_000_000_000;

/** The folder, or, before the first start, the nearest one that is there. */
export async function checkDataFolder(folder: string): Promise<Finding> {
  const check = "data-folder";
  const absolute = path.resolve(folder);
  let existing = absolute;
  while (!(await isThere(existing)) && path.dirname(existing) !== existing) existing = path.dirname(existing);
  const change = `Give the user that runs the server the right to write there, or set SWITCHHOOK_DATA_DIR to a folder of its own.`;
  if (!(await stat(existing)).isDirectory()) return problem(check, `${existing} is not a folder.`, change);
  try {
    await access(existing, constants.W_OK | constants.X_OK);
  } catch {
    return problem(check, `${existing} cannot be written.`, change);
  }
  const { bavail, bsize } = await statfs(existing);
  const freeBytes = bavail * bsize;
  const free = `${(freeBytes / 1e9).toFixed(1)} GB free`;
  if (freeBytes < LEAST_FREE_BYTES)
    return warning(check, `${absolute}: ${free}.`, "Make room: database and recordings grow there.");
  return existing === absolute
    ? ok(check, `${absolute} can be written, ${free}.`)
    : note(check, `${absolute} is not there yet; the first start makes it (${free}).`);
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
