import { createSocket } from "node:dgram";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { createLogger } from "../../src/logger.ts";
import { createSipCaller, type SipCaller } from "../../src/telephony/sip/sip-caller.ts";
import { createReceiver, type Receiver } from "../harness/receiver.ts";
import { startOpenAiServer, type OpenAiServer } from "../harness/openai-server.ts";
import {
  newDataDirectory,
  removeDataDirectory,
  startReadyServer,
  type RunningServer,
} from "../harness/server.ts";
import { isInstalled } from "./installed.ts";
import { scenarioName } from "./sipp-parts.ts";
import { isListening, freePort, nextMediaPort, runSipp, type SippRun } from "./sipp-run.ts";
import { until } from "./until.ts";
import {
  CALLED,
  CALLERS,
  NUMBERS,
  type CalledRow,
  type CallerRow,
  type ScenarioRow,
} from "./sipp-scenarios.ts";

// sipp plays the telephone company, one behaviour a scenario, all of them at once against one server.

const PRESSED = /The caller pressed ([^.]+) on the keypad\./g;
const LOAD_CALLS = 50;
const SLOW_RING_MS = 3_000;
const TRANSFER_TO = "+31201234567";
/** Of those whom we call: trunks are known by their address, and callers must not be taken for one of them. */
const TRUNKS_AT = "127.0.0.2";

const hasSipp = isInstalled("sipp");
if (!hasSipp) console.warn("sipp is missing: apt-get install sip-tester");

const scenario = (file: string) => new URL(`./sipp/${file}.xml`, import.meta.url);

/** A name for people, and a number of their own by which their call is found. */
function named<Row extends ScenarioRow>(rows: readonly Row[], prefix: string) {
  const longestFirst = rows.toSorted((one, other) => Number(other.isLong ?? 0) - Number(one.isLong ?? 0));
  return longestFirst.map((row, index) => {
    const what = scenarioName(readFileSync(scenario(row.file), "utf8"));
    const details = [row.over, ...Object.values(row.keys ?? {})].filter(Boolean).join(", ");
    const theirs = `${prefix}${String(index).padStart(3, "0")}`;
    return { row, theirs, title: `${row.file}: ${what}${details && ` (${details})`}` };
  });
}
type Named<Row extends ScenarioRow> = ReturnType<typeof named<Row>>[number];

interface Call {
  id: string;
  status: string;
  end_reason: string | null;
  caller_phone: string | null;
}

describe.skipIf(!hasSipp)("sipp", () => {
  let dataDirectory: string;
  let server: RunningServer;
  let receiver: Receiver;
  let openAi: OpenAiServer;
  let stack: SipCaller;
  let desk: string;
  let brief: string;

  beforeAll(async () => {
    dataDirectory = await newDataDirectory();
    receiver = await createReceiver();
    openAi = await startOpenAiServer();
    openAi.chat = [{ type: "say", text: "Yes." }];
    receiver.behave = ({ message, body }) => {
      const isSlow = message["type"] === "assistant-request" && body.includes(NUMBERS.slow);
      return { answer: {}, ...(isSlow && { afterMs: SLOW_RING_MS }) };
    };
    server = await startReadyServer(dataDirectory, {
      OPENAI_BASE_URL: openAi.baseUrl,
      OPENAI_API_KEY: "sk-of-the-test",
      RATE_LIMIT_REQUESTS_PER_MINUTE: "0",
      RATE_LIMIT_CONTROLS_PER_MINUTE: "0",
    });
    await server.api("PATCH", "/settings/webhook", { url: receiver.url });
    const assistant = (fields: object) =>
      make("assistants", "assistant", {
        name: "Desk",
        first_message: "Hello.",
        llm_config: { provider: "scripted", model: "script-1", script: [] },
        stt_config: { provider: "scripted", model: "script-1", language: "en", utterances: [] },
        tts_config: { provider: "local", voice_id: "en" },
        ...fields,
      });
    desk = await assistant({});
    brief = await assistant({ max_duration_seconds: 1 });
    const keypad = await assistant({ llm_config: { provider: "openai", model: "gpt-5.4" } });
    for (const [phone_number, agent_id] of [
      [NUMBERS.desk, desk],
      [NUMBERS.slow, desk],
      [NUMBERS.brief, brief],
      [NUMBERS.keypad, keypad],
      [NUMBERS.bare, undefined],
    ]) {
      await make("numbers", "number", { phone_number, ...(agent_id && { agent_id }) });
    }
    stack = createSipCaller({
      host: "127.0.0.1",
      rtpPorts: { first: 22_600, last: 22_619 },
      clock: systemClock,
      logger: createLogger({ level: "silent" }),
    });
    await stack.start();
  });
  afterAll(async () => {
    await stack.stop();
    await server.end("SIGTERM");
    await receiver.close();
    await openAi.stop();
    await removeDataDirectory(dataDirectory);
  });

  async function make(route: string, name: string, body: object): Promise<string> {
    const created = await server.api("POST", `/${route}`, body);
    if (created.status !== 201) throw new Error(`${route}: ${JSON.stringify(created.body)}`);
    return (created.body[name] as { id: string }).id;
  }

  async function listedOf(caller: string): Promise<Call[]> {
    const { body } = await server.api("GET", "/calls?limit=1000");
    return (body["calls"] as Call[]).filter((call) => call.caller_phone === caller);
  }

  /** Waits until our record of a caller's calls says how they ended. */
  async function recorded(caller: string, expected: readonly (string | undefined)[]): Promise<void> {
    await until(
      async () => (await listedOf(caller)).map((call) => `${call.status} ${call.end_reason}`),
      (seen) => seen.join() === expected.join(),
      10_000,
    );
  }

  async function runOne(row: ScenarioRow, more: Partial<Parameters<typeof runSipp>[0]>): Promise<SippRun> {
    return runSipp({
      file: scenario(row.file),
      folder: dataDirectory,
      role: "calls",
      serverPort: server.sipPort,
      number: NUMBERS.desk,
      caller: "",
      transport: row.over === "tcp" ? (row.file === "tcp-reconnect" ? "tn" : "t1") : "u1",
      mediaPort: nextMediaPort(),
      controlPort: await freePort(),
      keys: row.keys,
      beside: row.beside === undefined ? undefined : scenario(row.beside),
      ...more,
      more: [...(row.more ?? []), ...(more.more ?? [])],
    });
  }

  function check(run: SippRun, row: ScenarioRow): void {
    if (!run.passed) throw new Error(run.story);
    const problems = row.ladder?.(run.ladder) ?? [];
    if (problems.length > 0) throw new Error(`${problems.join("\n")}\n${run.story}`);
  }

  /** The call that a scenario has set up, once it talks. */
  async function inProgress(caller: string): Promise<string> {
    const seen = await until(
      () => listedOf(caller),
      ([call]) => call?.status === "in-progress",
      15_000,
    );
    return seen[0]!.id;
  }

  async function meanwhile(row: CallerRow | CalledRow, caller: string): Promise<void> {
    if (!row.meanwhile) return;
    const id = await inProgress(caller);
    if (row.meanwhile === "transfer") {
      await server.api("POST", `/calls/${id}/control`, { type: "transfer", destination: TRANSFER_TO });
      return;
    }
    const { digits = "" } = row as CallerRow;
    // The model is asked until it has been told of all that was pressed, and of nothing twice. Keys that come far apart
    // are two lines.
    await until(
      async () => {
        const command = { type: "inject-context", content: caller, trigger_response: true };
        await server.api("POST", `/calls/${id}/control`, command);
        const asked = openAi.requests.map(({ bytes }) => bytes.toString());
        const newest = asked.findLast((text) => text.includes(caller)) ?? "";
        return [...newest.matchAll(PRESSED)].map(([, keys]) => keys!.replaceAll(" ", "")).join("");
      },
      (heard) => heard === digits,
      10_000,
      400,
    );
  }

  describe.concurrent("calls us", () => {
    const rows = named(CALLERS, "+31610000");
    test.for(rows)("$title", async ({ row, theirs }: Named<CallerRow>) => {
      const wanted = await listen(row.file === "rtp-from-elsewhere");
      const run = runOne(row, {
        caller: theirs,
        number: NUMBERS[row.number ?? "desk"],
        more: ["-key", "elsewhere", String(wanted.port)],
      });
      const [ran] = await Promise.all([run, meanwhile(row, theirs)]);
      check(ran, row);
      await recorded(theirs, row.ends === undefined ? [] : [row.ends]);
      await wanted.close();
    });
  });

  describe.concurrent("is called by us", () => {
    const rows = named(CALLED, "+31620000");
    test.for(rows)("$title", async ({ row, theirs }: Named<CalledRow>) => {
      const sipPort = await freePort();
      const running = runOne(row, {
        role: "is-called",
        sipPort,
        caller: theirs,
        address: TRUNKS_AT,
        isTrunk: row.by !== "stack",
      });
      const isUp = await Promise.race([
        until(() => isListening(sipPort, row.over ?? "udp"), Boolean, 10_000),
        running.then(({ story }) => story),
      ]);
      if (isUp !== true) throw new Error(String(isUp));
      if (row.by === "stack") {
        const [ran, statusCode] = await Promise.all([running, givenUp(row, theirs, sipPort)]);
        check(ran, row);
        expect(String(statusCode)).toBe(row.ends);
        return;
      }
      const trunk = await make("sip-trunks", "trunk", {
        name: row.file,
        provider: "sipp",
        address: `${TRUNKS_AT}:${sipPort}`,
        transport: row.over ?? "udp",
        auth_username: "trunk-out",
        auth_password: "interop-secret",
      });
      const number = await make("numbers", "number", {
        phone_number: theirs.replace("+3162", "+3163"),
        transfer_trunk_id: trunk,
      });
      const order = {
        destination: theirs,
        number_id: number,
        assistant_id: row.brief ? brief : desk,
      };
      const placed = await server.api("POST", "/calls/outbound", order);
      expect(placed.status).toBe(201);
      const [ran] = await Promise.all([running, meanwhile(row, theirs)]);
      check(ran, row);
      await recorded(theirs, [row.ends]);
    });
  });

  /** @returns the status that the call came to */
  async function givenUp(row: CalledRow, to: string, port: number): Promise<number | "answered"> {
    const ringing = Promise.withResolvers<void>();
    const leg = await stack.placeCall({
      to,
      from: NUMBERS.desk,
      trunk: { address: TRUNKS_AT, port, protocol: "UDP" },
      onRinging: () => ringing.resolve(),
    });
    if (row.giveUp === "ringing") await ringing.promise;
    await leg.hangUp();
    const pickUp = await leg.answered;
    return pickUp.outcome === "failed" ? pickUp.statusCode : "answered";
  }

  /** A port that is named to us and from which nothing comes: our audio has to leave it soon. */
  async function listen(isWanted: boolean): Promise<{ port: number; close: () => Promise<void> }> {
    if (!isWanted) return { port: 9, close: () => Promise.resolve() };
    const socket = createSocket("udp4");
    let heard = 0;
    socket.on("message", () => heard++);
    await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
    return {
      port: socket.address().port,
      async close() {
        await new Promise<void>((resolve) => socket.close(() => resolve()));
        // Half a second before the audio came from elsewhere, and two seconds after: 25 frames, not 125.
        expect(heard).toBeGreaterThan(5);
        expect(heard).toBeLessThan(75);
      },
    };
  }

  describe("in numbers", () => {
    test.each(["u1", "t1"] as const)(
      `places ${LOAD_CALLS} calls at 10/s over %s, none of which fails`,
      async (transport) => {
        const caller = transport === "u1" ? "+31640000001" : "+31640000002";
        const run = await runOne(
          { file: "load", ends: undefined },
          { transport, caller, more: ["-m", String(LOAD_CALLS), "-r", "10"] },
        );
        if (!run.passed) throw new Error(run.story);
        // The last ones are still being closed when sipp has gone.
        await recorded(caller, Array<string>(LOAD_CALLS).fill("ended user_hangup"));
      },
    );
  });
});

test("what is missing on this machine", () => {
  // Always runs, so that a machine without the tools counts a test and says what it lacks.
  expect(typeof hasSipp).toBe("boolean");
});
