import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createEspeak, parseWav } from "../../src/speech/tts/espeak.ts";
import {
  newDataDirectory,
  removeDataDirectory,
  startReadyServer,
  type RunningServer,
} from "../harness/server.ts";
import { isInstalled } from "./installed.ts";

const NUMBER = "+31850835037";
const GREETING = "Good morning. This is the front desk of the example company. How can I help you today?";
const MODULES = ["/usr/lib/baresip/modules", "/usr/lib/x86_64-linux-gnu/baresip/modules"];
const FRAME_MS = 20;
/** Pauses inside of a greeting belong to it. */
const LONGEST_PAUSE_MS = 1_200;

const hasBaresip = isInstalled("baresip");
if (!hasBaresip) console.warn("baresip is missing: apt-get install baresip-core");

test("what is missing on this machine", () => {
  // Always runs, so that a machine without the tool counts a test and says what it lacks.
  expect(typeof hasBaresip).toBe("boolean");
});

/** A telephone with a silent microphone that records what it hears. */
async function telephone(folder: string): Promise<void> {
  const installed = await Promise.all(
    MODULES.map((place) =>
      readdir(place).then(
        (files) => (files.length > 0 ? place : undefined),
        () => undefined,
      ),
    ),
  );
  const silence = Buffer.alloc(44 + 8_000 * 2 * 20);
  silence.write("RIFF", 0);
  silence.writeUInt32LE(silence.length - 8, 4);
  silence.write("WAVEfmt ", 8);
  silence.writeUInt32LE(16, 16);
  silence.writeUInt16LE(1, 20);
  silence.writeUInt16LE(1, 22);
  silence.writeUInt32LE(8_000, 24);
  silence.writeUInt32LE(16_000, 28);
  silence.writeUInt16LE(2, 32);
  silence.writeUInt16LE(16, 34);
  silence.write("data", 36);
  silence.writeUInt32LE(silence.length - 44, 40);
  await mkdir(path.join(folder, "heard"));
  await writeFile(path.join(folder, "silence.wav"), silence);
  await writeFile(
    path.join(folder, "accounts"),
    "<sip:caller@127.0.0.1;transport=udp>;regint=0;audio_codecs=PCMA/8000/1\n",
  );
  await writeFile(path.join(folder, "contacts"), "");
  const config = [
    `module_path ${installed.find((place) => place !== undefined)}`,
    ...["g711", "aufile", "aubridge", "sndfile"].map((name) => `module ${name}.so`),
    "module_app account.so",
    "module_app menu.so",
    "sip_listen 127.0.0.1:0",
    "rtp_ports 24000-24098",
    "rtp_stats no",
    `audio_source aufile,${path.join(folder, "silence.wav")}`,
    "audio_player aubridge,nowhere",
    "audio_alert aubridge,nowhere",
    `snd_path ${path.join(folder, "heard")}`,
    "net_interface 127.0.0.1",
  ];
  await writeFile(path.join(folder, "config"), `${config.join("\n")}\n`);
}

/** What was heard, from the first loud frame to the last before a long silence. */
function voicedMs(samples: Int16Array, sampleRateHz: number): number {
  const frameSamples = (sampleRateHz * FRAME_MS) / 1_000;
  let first: number | undefined;
  let last = 0;
  for (let at = 0; at + frameSamples <= samples.length; at += frameSamples) {
    const atMs = (at / sampleRateHz) * 1_000;
    if (!samples.subarray(at, at + frameSamples).some((sample) => Math.abs(sample) > 500)) continue;
    if (first !== undefined && atMs - last > LONGEST_PAUSE_MS) break;
    first ??= atMs;
    last = atMs + FRAME_MS;
  }
  return first === undefined ? 0 : last - first;
}

describe.skipIf(!hasBaresip)("baresip", () => {
  let dataDirectory: string;
  let folder: string;
  let server: RunningServer;
  beforeAll(async () => {
    dataDirectory = await newDataDirectory();
    folder = await mkdtemp(path.join(tmpdir(), "switchhook-baresip-"));
    server = await startReadyServer(dataDirectory);
    const { assistant } = (
      await server.api("POST", "/assistants", {
        name: "Desk",
        first_message: GREETING,
        tts_config: { provider: "local", voice_id: "en" },
      })
    ).body as unknown as { assistant: { id: string } };
    await server.api("POST", "/numbers", { phone_number: NUMBER, agent_id: assistant.id });
  });
  afterAll(async () => {
    await server.end("SIGTERM");
    await removeDataDirectory(dataDirectory);
    await rm(folder, { recursive: true, force: true });
  });

  test("calls, and hears the whole greeting", async () => {
    const espeak = createEspeak();
    const spoken = await espeak.synthesize(GREETING, "en");
    await espeak.stop();
    const spokenMs = voicedMs(spoken.samples, spoken.sampleRateHz);
    await telephone(folder);
    const seconds = Math.ceil(spokenMs / 1_000) + 4;
    const dial = `/dial sip:${NUMBER}@127.0.0.1:${server.sipPort}`;
    const phone = spawn("baresip", ["-f", folder, "-e", dial, "-t", String(seconds)], { stdio: "ignore" });
    const code = await new Promise((resolve) => phone.once("exit", resolve));
    expect(code).toBe(0);

    const recordings = (await readdir(path.join(folder, "heard"))).filter((name) => name.includes("dec"));
    expect(recordings).toHaveLength(1);
    const heard = parseWav(await readFile(path.join(folder, "heard", recordings[0]!)));
    const heardMs = voicedMs(heard.samples, heard.sampleRateHz);
    expect(heardMs).toBeGreaterThan(spokenMs * 0.9);
    expect(heardMs).toBeLessThan(spokenMs * 1.15);

    const newest = async () => {
      const { calls } = (await server.api("GET", "/calls")).body as unknown as {
        calls: { status: string; end_reason: string; messages: { role: string; content: string }[] }[];
      };
      return calls[0];
    };
    await expect.poll(async () => (await newest())?.end_reason, { timeout: 10_000 }).toBe("user_hangup");
    expect(await newest()).toMatchObject({
      status: "ended",
      messages: [{ role: "assistant", content: GREETING }],
    });
  }, 60_000);
});
