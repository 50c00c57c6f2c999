import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  newDataDirectory,
  removeDataDirectory,
  startReadyServer,
  type RunningServer,
} from "../harness/server.ts";
import { isInstalled } from "./installed.ts";

const SCENARIO = fileURLToPath(new URL("./sipp-call.xml", import.meta.url));
const NUMBER = "+31850835037";
const CALLS = 50;

const hasSipp = isInstalled("sipp");
if (!hasSipp) console.warn("sipp is missing: apt-get install sip-tester");

describe.skipIf(!hasSipp)("sipp", () => {
  let dataDirectory: string;
  let server: RunningServer;
  beforeAll(async () => {
    dataDirectory = await newDataDirectory();
    server = await startReadyServer(dataDirectory);
    const { assistant } = (await server.api("POST", "/assistants", { name: "Desk", first_message: "Hello." }))
      .body as unknown as { assistant: { id: string } };
    await server.api("POST", "/numbers", { phone_number: NUMBER, agent_id: assistant.id });
  });
  afterAll(async () => {
    await server.end("SIGTERM");
    await removeDataDirectory(dataDirectory);
  });

  test.each(["u1", "t1"])(`places ${CALLS} calls at 10/s over %s, none of which fails`, async (transport) => {
    const { stdout } = await promisify(execFile)(
      "sipp",
      [
        "127.0.0.1:" + server.sipPort,
        "-sf",
        SCENARIO,
        "-s",
        NUMBER,
        "-t",
        transport,
        "-i",
        "127.0.0.1",
        "-m",
        String(CALLS),
        "-r",
        "10",
        "-nostdin",
        "-timeout",
        "60",
        "-mp",
        "23000",
      ],
      { maxBuffer: 10_000_000 },
    );
    expect(/Successful call\s*\|[^|]*\|\s*(\d+)/.exec(stdout)?.[1]).toBe(String(CALLS));
    expect(/Failed call\s*\|[^|]*\|\s*(\d+)/.exec(stdout)?.[1]).toBe("0");
  });

  test("and every one of them has ended and is on record", async () => {
    const listed = async () => {
      const { calls } = (await server.api("GET", "/calls?limit=1000")).body as unknown as {
        calls: { status: string; end_reason: string | null }[];
      };
      return calls.map((call) => `${call.status} ${call.end_reason}`);
    };
    // The last ones are still being closed when sipp has gone.
    await expect.poll(listed, { timeout: 10_000 }).toEqual(Array(2 * CALLS).fill("ended user_hangup"));
  });
});

test("what is missing on this machine", () => {
  // Always runs, so that a machine without the tools counts a test and says what it lacks.
  expect(typeof hasSipp).toBe("boolean");
});
