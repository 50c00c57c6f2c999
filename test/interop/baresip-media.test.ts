import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { createLogger } from "../../src/logger.ts";
import { parseWav } from "../../src/speech/tts/espeak.ts";
import { toTelephoneRate } from "../../src/telephony/codec/resample.ts";
import type { SipCarrier } from "../../src/telephony/sip/sip-carrier.ts";
import { createLocalCarrier } from "../harness/local-carrier.ts";
import { shareAt, tone } from "../harness/tone.ts";
import { isInstalled } from "./installed.ts";

// Encryption and Opus of others: baresip's SRTP is its own (libre), its Opus is libopus.

const MODULES = ["/usr/lib/baresip/modules", "/usr/lib/x86_64-linux-gnu/baresip/modules"];
const modules = MODULES.find((place) => existsSync(path.join(place, "srtp.so")));
const isMissing = !isInstalled("baresip") || modules === undefined;
if (isMissing) console.warn("baresip with its SRTP module is missing: apt-get install baresip-core");

test("what is missing on this machine", () => {
  // Always runs, so that a machine without the tool counts a test and says what it lacks.
  expect(typeof isMissing).toBe("boolean");
});

/** A sine of 440 Hz for 10 s, as a WAV file of 16 bits. */
function wavOf440(sampleRateHz: number, channels: number): Buffer {
  const frames = sampleRateHz * 10;
  const file = Buffer.alloc(44 + frames * channels * 2);
  file.write("RIFF", 0);
  file.writeUInt32LE(file.length - 8, 4);
  file.write("WAVEfmt ", 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(channels, 22);
  file.writeUInt32LE(sampleRateHz, 24);
  file.writeUInt32LE(sampleRateHz * channels * 2, 28);
  file.writeUInt16LE(channels * 2, 32);
  file.writeUInt16LE(16, 34);
  file.write("data", 36);
  file.writeUInt32LE(file.length - 44, 40);
  for (let at = 0; at < frames * channels; at++) {
    const frame = Math.floor(at / channels);
    file.writeInt16LE(Math.round(8_000 * Math.sin((2 * Math.PI * 440 * frame) / sampleRateHz)), 44 + at * 2);
  }
  return file;
}

/** A whole number of waves of both tones. */
const WINDOW_SAMPLES = 200;

/**
 * How much of what is loud is at one frequency, in half a second from its middle: the median of 25 ms each, because on a
 * machine under load frames are left out, and a tone that goes on elsewhere in its wave is no tone any more.
 */
function usualShareAt(frequencyHz: number, samples: Int16Array): number {
  const from = samples.findIndex((sample) => Math.abs(sample) > 1_000);
  if (from < 0) return 0;
  const shares = Array.from({ length: 20 }, (_, window) => {
    const begin = from + 2_000 + window * WINDOW_SAMPLES;
    return shareAt(frequencyHz, samples.slice(begin, begin + WINDOW_SAMPLES));
  });
  return shares.toSorted((a, b) => a - b)[shares.length / 2]!;
}

describe.skipIf(isMissing)("baresip", () => {
  let folder: string;
  let carrier: SipCarrier;
  let heard: number[];
  let answer: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "switchhook-baresip-"));
    heard = [];
    answer = "";
    carrier = createLocalCarrier({
      host: "127.0.0.1",
      port: 0,
      rtpPorts: { first: 24_200, last: 24_219 },
      clock: systemClock,
      logger: createLogger({ level: "silent" }),
      trace: (direction, text) => {
        if (direction === "out" && text.startsWith("SIP/2.0 200") && text.includes("m=audio")) answer = text;
      },
      onLeg: (leg) => {
        void leg.answer().then((result) => {
          if (result.outcome !== "answered") return;
          result.media.play(tone(1_000, 8_000));
          result.media.onAudio((frame) => heard.push(...frame));
        });
      },
    });
    await carrier.start();
  });
  afterEach(async () => {
    await carrier.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test.each([
    ["SRTP", "mediaenc=srtp-mand;audio_codecs=PCMA/8000/1", ["srtp"], 8_000, 1, "RTP/SAVP 8", 1],
    ["SRTP in a plain line", "mediaenc=srtp;audio_codecs=PCMU/8000/1", ["srtp"], 8_000, 1, "RTP/AVP 0", 1],
    ["Opus", "audio_codecs=opus/48000/2", ["opus"], 48_000, 2, "RTP/AVP 96", 0],
    [
      "Opus in SRTP",
      "mediaenc=srtp-mand;audio_codecs=opus/48000/2",
      ["opus", "srtp"],
      48_000,
      2,
      "RTP/SAVP 96",
      1,
    ],
  ] as const)("%s: heard both ways", async (_what, account, more, sampleRateHz, channels, line, keys) => {
    await mkdir(path.join(folder, "heard"));
    await writeFile(path.join(folder, "tone.wav"), wavOf440(sampleRateHz, channels));
    await writeFile(
      path.join(folder, "accounts"),
      `<sip:caller@127.0.0.1;transport=udp>;regint=0;${account}\n`,
    );
    await writeFile(path.join(folder, "contacts"), "");
    const config = [
      `module_path ${modules}`,
      ...["g711", "aufile", "aubridge", "sndfile", ...more].map((name) => `module ${name}.so`),
      "module_app account.so",
      "module_app menu.so",
      "sip_listen 127.0.0.1:0",
      "rtp_ports 24100-24198",
      `audio_source aufile,${path.join(folder, "tone.wav")}`,
      "audio_player aubridge,nowhere",
      "audio_alert aubridge,nowhere",
      `snd_path ${path.join(folder, "heard")}`,
      "net_interface 127.0.0.1",
    ];
    await writeFile(path.join(folder, "config"), `${config.join("\n")}\n`);
    const dial = `/dial sip:+31850835037@127.0.0.1:${carrier.port}`;
    const phone = spawn("baresip", ["-f", folder, "-e", dial, "-t", "5"], { stdio: "ignore" });
    expect(await new Promise((resolve) => phone.once("exit", resolve))).toBe(0);

    expect(answer).toContain(line);
    expect(answer.match(/^a=crypto:/gm) ?? []).toHaveLength(keys);
    expect(usualShareAt(440, Int16Array.from(heard))).toBeGreaterThan(0.9);
    const [name] = (await readdir(path.join(folder, "heard"))).filter((file) => file.includes("dec"));
    const wav = parseWav(await readFile(path.join(folder, "heard", name!)));
    const left = wav.samples.filter((_, index) => index % channels === 0);
    expect(usualShareAt(1_000, toTelephoneRate(left, wav.sampleRateHz))).toBeGreaterThan(0.9);
  });
});
