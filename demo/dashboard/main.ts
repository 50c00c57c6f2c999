import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { startApp, type App } from "../../src/app.ts";
import { readConfig, type Config } from "../../src/config.ts";
import { openInstallation } from "../../src/installation.ts";
import { createLogger } from "../../src/logger.ts";
import { startDemoReceiver } from "../receiver.ts";
import { keepCalling } from "./live-calls.ts";
import { seedCalls } from "./seed.ts";
import { addTrunks, setUp, type Ask } from "./setup.ts";

// `npm run demo -- --dashboard`: the server with two weeks of made-up calls, to look at. Everything is in a temporary
// folder, which goes with it. `--calls 50` makes fewer, `--no-live-calls` places none, `--no-build` takes the pages as they
// were built last; PORT is where it listens.

const BUILD = fileURLToPath(new URL("../../scripts/build-dashboard.ts", import.meta.url));
const SEED = 20_261_126;
const CALLS = 300;
/** Nothing listens there. */
const DEAD_URL = "http://127.0.0.1:9/crm";

/** Runs until it is interrupted. */
export async function demoDashboard(argv: readonly string[]): Promise<void> {
  const say = (text: string) => process.stdout.write(`${text}\n`);
  say("Switchhook demo: everything you are about to see is made up. Names, numbers, calls, voices.\n");
  if (!argv.includes("--no-build")) {
    execFileSync(process.execPath, [BUILD, "--if-older"], { stdio: "inherit" });
  }
  const folder = await mkdtemp(path.join(tmpdir(), "switchhook-demo-"));
  const logger = createLogger({ level: process.env["LOG_LEVEL"] ?? "fatal" });
  const config = configOf(folder, "0");
  const opened = await openInstallation({ config, logger, onLockLost: () => process.exit(1) });
  if (opened.outcome === "in-use") throw new Error("a new folder cannot be in use");
  const { installation } = opened;
  const { connectionString, dataDirectory } = installation;
  const start = (with_: Config) => startApp({ config: with_, connectionString, dataDirectory, logger });

  say("Making an organization: assistants, numbers, …");
  const first = await start(config);
  const apiKey = first.newApiKey!.key;
  const { secret } = (await askOf(first, apiKey)("GET", "/settings/webhook")).webhook;
  const receiver = await startDemoReceiver(secret, () => undefined);
  const urls = { receiver: receiver.url, dead: DEAD_URL };
  const setup = await setUp(askOf(first, apiKey), urls);
  await first.stop();
  say("Two weeks of calls, with transcripts, tools, webhooks, latency, recordings …");
  const calls = await seedCalls(installation, setup, {
    seed: SEED,
    calls: callsOf(argv),
    urls,
    now: new Date(),
  });

  const app = await start(configOf(folder, process.env["PORT"] ?? "0"));
  const ask = askOf(app, apiKey);
  await addTrunks(ask, app.sipPort);
  const live = argv.includes("--no-live-calls")
    ? undefined
    : await keepCalling({ sipPort: app.sipPort, number: setup.numbers.shop.phoneNumber, logger });
  say(`\n${calls} calls are there${live ? ", and a real one is always on its way" : ""}.`);
  say(`dashboard  ${app.welcomeUrl ?? app.httpUrl}`);
  say(`API        ${app.httpUrl}/api/v1  key ${apiKey}`);
  say(`It is all in the folder ${folder} and is gone with it: Ctrl-C ends it.`);

  await new Promise<void>((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
  await live?.stop();
  await app.stop();
  await receiver.close();
  await installation.close();
  await rm(folder, { recursive: true, force: true });
}

function callsOf(argv: readonly string[]): number {
  const given = argv.indexOf("--calls");
  return given < 0 ? CALLS : Math.min(10_000, Math.max(1, Math.floor(Number(argv[given + 1]) || CALLS)));
}

function configOf(folder: string, port: string): Config {
  const read = readConfig({
    SWITCHHOOK_DATA_DIR: folder,
    PORT: port,
    SIP_PORT: "0",
    WEB_RTC_PORT: "0",
    CALL_WORKERS: "1",
  });
  if (read.outcome === "invalid") throw new Error(read.problems.join("\n"));
  return read.config;
}

function askOf({ httpUrl }: App, apiKey: string): Ask {
  return async (method, route, body) => {
    const response = await fetch(`${httpUrl}/api/v1${route}`, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(`${method} ${route}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  };
}
