import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { SipCaller } from "../../src/telephony/sip/sip-caller.ts";
import { placeAnsweredCall, startCaller } from "../harness/caller.ts";
import { isLoud } from "../harness/fake-media.ts";
import { createReceiver, type ReceivedRequest, type Receiver } from "../harness/receiver.ts";
import {
  newDataDirectory,
  removeDataDirectory,
  startReadyServer,
  type RunningServer,
} from "../harness/server.ts";
import { shareAt, tone } from "../harness/tone.ts";
import { readWav, type Wav } from "../harness/wav.ts";

const NUMBER = "+31850835037";
const RTP = { RTP_PORT_RANGE: "22500-22599", RECORDING: "on" };
let dataDirectory: string;
let server: RunningServer;
let receiver: Receiver;
let caller: SipCaller;
let assistantId: string;

beforeAll(async () => {
  dataDirectory = await newDataDirectory();
  server = await startReadyServer(dataDirectory, RTP);
  const created = await server.api("POST", "/assistants", {
    name: "Desk",
    first_message: "Hello, this is the desk.",
    stt_config: { provider: "scripted", model: "script-1", language: "en", utterances: [] },
    llm_config: { provider: "scripted", model: "script-1", script: [] },
    tts_config: { provider: "local", voice_id: "en" },
  });
  assistantId = (created.body["assistant"] as { id: string }).id;
  await server.api("POST", "/numbers", { phone_number: NUMBER, agent_id: assistantId });
  caller = await startCaller({ first: 22_600, last: 22_699 });
});
afterAll(async () => {
  await caller.stop();
  await server.end("SIGTERM");
  await removeDataDirectory(dataDirectory);
});
beforeEach(async () => {
  receiver = await createReceiver();
  await server.api("PATCH", "/settings/webhook", { url: receiver.url, events: ["end-of-call-report"] });
});
afterEach(() => receiver.close());

const isReport = ({ message }: ReceivedRequest) => message["type"] === "end-of-call-report";

const answeredCall = () => placeAnsweredCall(caller, server.sipPort, { to: NUMBER });

/** Hears the greeting, whistles for a second, hangs up. */
async function whistledCall(): Promise<Record<string, unknown>> {
  const { leg, media } = await answeredCall();
  await new Promise<void>((resolve) => media.onAudio((frame) => isLoud(frame) && resolve()));
  const whistled = new Promise<void>((resolve) => media.onPlayoutDrained(resolve));
  media.play(tone(440, 1_000));
  await whistled;
  // As long as the server's jitter buffer holds the last of it back.
  await new Promise((resolve) => setTimeout(resolve, 200));
  await leg.hangUp();
  const [report] = await receiver.waitFor(1, isReport);
  return report!.message;
}

async function download(url: string): Promise<Wav> {
  const response = await fetch(url);
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "audio/wav"]);
  const folder = await mkdtemp(path.join(tmpdir(), "switchhook-download-"));
  try {
    const file = path.join(folder, "call.wav");
    await writeFile(file, Buffer.from(await response.arrayBuffer()));
    const wav = await readWav(file);
    const [left, right] = await Promise.all([wav.left(), wav.right()]);
    return { durationMs: wav.durationMs, left: async () => left, right: async () => right };
  } finally {
    await rm(folder, { recursive: true });
  }
}

const files = () =>
  readdir(path.join(dataDirectory, "recordings"), { recursive: true }).then(
    (names) => names.filter((name) => name.endsWith(".wav")),
    () => [],
  );

function loudestSecond(samples: Int16Array): Int16Array {
  let best = samples.subarray(0, 8_000);
  const powerOf = (part: Int16Array) => part.reduce((sum, sample) => sum + sample * sample, 0);
  for (let at = 0; at + 8_000 <= samples.length; at += 400) {
    const part = samples.subarray(at, at + 8_000);
    if (powerOf(part) > powerOf(best)) best = part;
  }
  return best;
}

test("the report's URL plays the call: the caller left, the greeting right", async () => {
  const report = await whistledCall();
  const url = String(report["recording_url"]);
  expect(url).toMatch(new RegExp(`^${server.apiUrl.replace("/api/v1", "")}/recordings/[0-9a-f-]{36}\\?`));
  const wav = await download(url);
  const [left, right] = [await wav.left(), await wav.right()];
  // The whistle is the caller's: nearly all of the left's loudest second, and nothing of the right.
  expect(shareAt(440, loudestSecond(left))).toBeGreaterThan(0.8);
  expect(isLoud(right)).toBe(true);
  expect(shareAt(440, loudestSecond(right))).toBeLessThan(0.1);
  // The greeting came first, while the caller said nothing yet.
  const firstLoud = (samples: Int16Array) => samples.findIndex((sample) => Math.abs(sample) > 300);
  expect(firstLoud(right)).toBeLessThan(firstLoud(left));
  const seconds = Number(report["duration_seconds"]);
  expect(Math.abs(wav.durationMs / 1_000 - seconds)).toBeLessThan(1.5);
  const { id } = report["call"] as { id: string };
  const { body } = await server.api("GET", `/calls/${id}`);
  expect(String(body["recording_url"]).split("?")[0]).toBe(url.split("?")[0]);
  expect((await fetch(url.replace("signature=", "signature=A"))).status).toBe(403);
});

test.each<[string, object]>([
  ["in GDPR mode", { gdpr_mode: true }],
  ["an assistant that says no", { gdpr_mode: false, recording: { enabled: false } }],
  [
    "one that asks for consent, before that is given",
    { recording: null, recording_consent: { enabled: true, message: "May we record this?" } },
  ],
])("%s: no audio is written, and there is no URL", async (_who, change) => {
  const before = (await files()).length;
  await server.api("PATCH", `/assistants/${assistantId}`, change);
  const { leg } = await answeredCall();
  await leg.hangUp();
  const [report] = await receiver.waitFor(1, isReport);
  expect(report!.message).not.toHaveProperty("recording_url");
  const { id } = report!.message["call"] as { id: string };
  expect((await server.api("GET", `/calls/${id}`)).body).toMatchObject({ recording_url: null });
  expect(await files()).toHaveLength(before);
  await server.api("PATCH", `/assistants/${assistantId}`, {
    gdpr_mode: false,
    recording: null,
    recording_consent: null,
  });
});

test("kill -9 in mid-call: after the restart what was recorded can be heard", async () => {
  const { media } = await answeredCall();
  await new Promise<void>((resolve) => media.onAudio((frame) => isLoud(frame) && resolve()));
  media.play(tone(440, 3_000));
  await new Promise<void>((resolve) => media.onPlayoutDrained(resolve));
  await server.end("SIGKILL");
  server = await startReadyServer(dataDirectory, RTP);
  const [report] = await receiver.waitFor(1, isReport);
  expect(report!.message).toMatchObject({ end_reason: "server_lost", recording_url: expect.any(String) });
  const { id } = report!.message["call"] as { id: string };
  const { body } = await server.api("GET", `/calls/${id}`);
  const wav = await download(String(body["recording_url"]));
  expect(wav.durationMs).toBeGreaterThan(2_000);
  expect(shareAt(440, loudestSecond(await wav.left()))).toBeGreaterThan(0.8);
}, 60_000);
