import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  newDataDirectory,
  removeDataDirectory,
  startReadyServer,
  type RunningServer,
} from "../harness/server.ts";
import { isInstalled } from "./installed.ts";
import { startLinphone } from "./linphone-phone.ts";
import { writeWav } from "./phone.ts";
import { freePort, isListening, nextMediaPort, runSipp, type SippOptions, type SippRun } from "./sipp-run.ts";
import { picked } from "./sipp-scenarios.ts";
import { until } from "./until.ts";

// The server as it stands on the internet, where nobody calls in but its trunks: sipp shows a password, and is a registrar.

const NUMBER = "+31850835037";
const CREDENTIALS = { auth_username: "trunk-in", auth_password: "interop-secret" };

const hasSipp = isInstalled("sipp");
if (!hasSipp) console.warn("sipp is missing: apt-get install sip-tester");

describe.skipIf(!hasSipp)("sipp, where callers are known by a password", () => {
  let dataDirectory: string;
  let server: RunningServer;

  beforeAll(async () => {
    dataDirectory = await newDataDirectory();
    const start = () =>
      startReadyServer(dataDirectory, {
        RTP_PORT_RANGE: "22900-22939",
        SIP_ALLOWED_SOURCES: "none",
        RATE_LIMIT_REQUESTS_PER_MINUTE: "0",
      });
    server = await start();
    const agent_id = await make("assistants", "assistant", {
      name: "Desk",
      first_message: "Hello.",
      llm_config: { provider: "scripted", model: "script-1", script: [] },
      stt_config: { provider: "scripted", model: "script-1", language: "en", utterances: [] },
      tts_config: { provider: "local", voice_id: "en" },
    });
    await make("numbers", "number", { phone_number: NUMBER, agent_id });
    await trunk({ address: "192.0.2.1", inbound_auth: "digest", ...CREDENTIALS });
    // A server that starts knows its trunks; one that runs, soon.
    await server.end("SIGTERM");
    server = await start();
  });
  afterAll(async () => {
    await server.end("SIGTERM");
    await removeDataDirectory(dataDirectory);
  });

  async function make(route: string, name: string, body: object): Promise<string> {
    const created = await server.api("POST", `/${route}`, body);
    if (created.status !== 201) throw new Error(`${route}: ${JSON.stringify(created.body)}`);
    return (created.body[name] as { id: string }).id;
  }

  function trunk(fields: object): Promise<string> {
    return make("sip-trunks", "trunk", { name: "sipp", provider: "sipp", ...fields });
  }

  async function sipp(file: string, more: Partial<SippOptions>): Promise<SippRun> {
    const run = await runSipp({
      file: new URL(`./sipp/${file}.xml`, import.meta.url),
      folder: dataDirectory,
      role: "calls",
      serverPort: server.sipPort,
      number: NUMBER,
      caller: "+31612345601",
      transport: "u1",
      mediaPort: nextMediaPort(),
      controlPort: await freePort(),
      // By itself sipp leaves the number out of it, and proves nothing about the number.
      more: ["-auth_uri", `${NUMBER}@127.0.0.1:${server.sipPort}`],
      ...more,
    });
    if (!run.passed) throw new Error(run.story);
    return run;
  }

  async function endsOf(caller: string): Promise<string[]> {
    const { calls } = (await server.api("GET", "/calls?limit=100")).body as unknown as {
      calls: { caller_phone: string; status: string; end_reason: string }[];
    };
    return calls
      .filter((call) => call.caller_phone === caller)
      .map((call) => `${call.status} ${call.end_reason}`);
  }

  test.each(["u1", "t1"] as const)("a caller who knows it gets through (%s)", async (transport) => {
    const caller = transport === "u1" ? "+31612345602" : "+31612345603";
    await sipp("digest-caller", { caller, transport });
    await until(
      () => endsOf(caller),
      (ends) => ends.join() === "ended user_hangup",
      10_000,
    );
  });

  // Not baresip: its library gives up at the first challenge by SHA-256, wherever it stands (docs/decisions/0039).
  test.skipIf(!isInstalled("linphonec"))("so does linphone, which knows SHA-256", async () => {
    const number = "+31630000012";
    const microphone = path.join(dataDirectory, "microphone.wav");
    await writeFile(microphone, writeWav(new Int16Array(8_000), 8_000));
    const phone = await startLinphone({
      folder: dataDirectory,
      number,
      sipPort: 25_720,
      rtpPort: 25_730,
      microphone,
      credentials: { username: CREDENTIALS.auth_username, password: CREDENTIALS.auth_password },
    });
    const seen = (end: string) =>
      until(
        () => endsOf(number),
        (ends) => ends.join() === end,
        10_000,
      );
    try {
      phone.dial(`sip:${NUMBER}@127.0.0.1:${server.sipPort}`);
      await seen("in-progress null");
      phone.hangUp();
      await seen("ended user_hangup");
    } catch (error) {
      throw new Error(`${String(error)}\nlinphone said:\n${phone.output()}`, { cause: error });
    } finally {
      await phone.stop();
    }
  });

  test("a caller who does not is asked again, and leaves no record", async () => {
    const caller = "+31612345604";
    await sipp("digest-caller-wrong", { caller });
    expect(await endsOf(caller)).toEqual([]);
  });

  test("we register where a trunk wants it, with its password, and take it back when the trunk goes", async () => {
    const sipPort = await freePort();
    const address = "127.0.0.3";
    const running = sipp("registered", { role: "is-called", sipPort, address, isTrunk: true });
    // Looked at later; until then it must not count as unhandled.
    running.catch(() => undefined);
    await until(() => isListening(sipPort, "udp"), Boolean, 10_000);
    const id = await trunk({ address: `${address}:${sipPort}`, register: true, ...CREDENTIALS });
    const shown = async () =>
      (await server.api("GET", `/sip-trunks/${id}`)).body["trunk"] as {
        registration: { state: string; expires_at: string } | null;
      };
    const { registration } = await until(shown, (seen) => seen.registration?.state === "registered", 10_000);
    const leftMs = Date.parse(registration!.expires_at) - Date.now();
    expect(leftMs).toBeGreaterThan(40_000);
    expect(leftMs).toBeLessThan(60_000);
    await server.api("DELETE", `/sip-trunks/${id}`);
    const { ladder } = await running;
    const contacts = picked(ladder, "received", /^REGISTER/).map(
      ({ text }) => /^Contact: .*$/m.exec(text)?.[0],
    );
    expect(new Set(contacts)).toEqual(new Set([`Contact: <sip:trunk-in@127.0.0.1:${server.sipPort}>`]));
  });
});

test("what is missing on this machine", () => {
  // Always runs, so that a machine without the tools counts a test and says what it lacks.
  expect(typeof hasSipp).toBe("boolean");
});
