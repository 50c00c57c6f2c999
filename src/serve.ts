import type { App } from "./app.ts";
import { boot } from "./boot.ts";
import { readConfig } from "./config.ts";
import { toError } from "./errors.ts";
import { createLogger, type Logger } from "./logger.ts";

const EXIT_FAILED = 1;
const EXIT_MISCONFIGURED = 2;

/** What somebody who has just started the server needs to know. */
export interface Ready {
  apiUrl: string;
  sipUrl: string;
  /** made at this start; it can never be shown again */
  newApiKey: string | undefined;
  dashboardUrl: string;
  /** signs the first visitor in, once */
  welcomeUrl: string | undefined;
  notices: readonly string[];
}

/** How the server talks to who started it; the default is lines for people. */
export interface StartOutput {
  ready(ready: Ready): void;
  problem(text: string): void;
}

/** The server as a process: it owns the signals, and ends the process itself. Settles when calls can come in. */
export async function serve(
  environment: Record<string, string | undefined>,
  output: StartOutput = { ready: printReady, problem: (text) => console.error(text) },
): Promise<void> {
  const read = readConfig(environment);
  if (read.outcome === "invalid") {
    for (const problem of read.problems) output.problem(problem);
    process.exit(EXIT_MISCONFIGURED);
  }
  const { config } = read;
  const logger = createLogger({ level: config.logLevel });
  let app: App | undefined;
  let stopping: Promise<void> | undefined;

  /** Once; the second Ctrl-C ends the process where it stands, which the next start survives. */
  const stop = (why: string, exitCode: number, drainMs = 0) => {
    if (stopping) process.exit(EXIT_FAILED);
    logger.info({ why, drain_ms: drainMs }, "stopping");
    const drained = drainMs > 0 ? app?.drain(drainMs) : undefined;
    stopping = (drained ?? Promise.resolve())
      .then(() => app?.stop())
      .then(
        () => process.exit(exitCode),
        (error: unknown) => {
          logger.fatal({ err: toError(error) }, "could not stop in an orderly way");
          process.exit(EXIT_FAILED);
        },
      );
  };
  process.on("SIGINT", () => stop("SIGINT", 0));
  process.on("SIGTERM", () => stop("SIGTERM", 0, config.calls.drainSeconds * 1_000));
  // For upgrades: however long the calls last that run now.
  process.on("SIGUSR2", () => stop("SIGUSR2", 0, Infinity));
  guardProcess(logger, () => stop("an uncaught exception", EXIT_FAILED));

  try {
    const booted = await boot({
      config,
      logger,
      onLockLost: () => stop("another process has taken over the data folder", EXIT_FAILED),
    });
    if (booted.outcome === "in-use") {
      output.problem(
        `Another Switchhook is running on the data folder ${booted.dataDirectory}. Stop it, or set SWITCHHOOK_DATA_DIR.`,
      );
      process.exit(EXIT_FAILED);
    }
    app = booted.app;
  } catch (error) {
    output.problem(explain(toError(error)));
    logger.debug({ err: toError(error) }, "start failed");
    process.exit(EXIT_FAILED);
  }
  // A signal that came while we were starting.
  if (stopping) {
    await app.stop();
    process.exit(0);
  }
  const { newApiKey, notices, httpUrl, sipPort, welcomeUrl } = app;
  output.ready({
    apiUrl: `${httpUrl}/api/v1`,
    sipUrl: `sip:${config.sip.host}:${sipPort}`,
    newApiKey: newApiKey?.wasGenerated ? newApiKey.key : undefined,
    dashboardUrl: `${httpUrl}/`,
    welcomeUrl,
    notices,
  });
}

function printReady({ apiUrl, sipUrl, newApiKey, dashboardUrl, welcomeUrl, notices }: Ready): void {
  if (newApiKey) console.log(`API key (shown this once): ${newApiKey}`);
  for (const notice of notices) console.log(`note: ${notice}`);
  console.log(`ready  API ${apiUrl}  SIP ${sipUrl} (UDP and TCP)`);
  console.log(
    welcomeUrl === undefined
      ? `dashboard  ${dashboardUrl}`
      : `dashboard  ${welcomeUrl}  (your first visit: works once, for a day)`,
  );
}

/**
 * A rejection that nobody awaits is a bug in one call, not a reason to cut the others off: it is logged. An uncaught
 * exception leaves state unknown: the calls are ended in order, and the process ends.
 */
function guardProcess(logger: Logger, stop: () => void): void {
  process.on("unhandledRejection", (reason) =>
    logger.error({ err: toError(reason) }, "an unhandled rejection"),
  );
  process.on("uncaughtException", (error) => {
    logger.fatal({ err: error }, "an uncaught exception");
    stop();
  });
}

/** What a person can do something about, without a stack. */
function explain(error: Error): string {
  const { code, port, address } = error as NodeJS.ErrnoException & { port?: number; address?: string };
  // From the web gateway's process it comes as a message alone.
  const taken = code === "EADDRINUSE" ? `${address}:${port}` : /EADDRINUSE (\S+)/.exec(error.message)?.[1];
  if (taken !== undefined)
    return `${taken} is in use by another program. Set PORT, SIP_PORT or WEB_RTC_PORT.`;
  if (code === "EADDRNOTAVAIL")
    return `${address ?? ""} is not an address of this machine. Set HOST or SIP_HOST.`;
  const { cause } = error;
  return cause instanceof Error && !error.message.includes(cause.message)
    ? `${error.message}: ${cause.message}`
    : error.message;
}
