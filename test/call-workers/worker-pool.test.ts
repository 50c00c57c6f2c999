import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createRemoteMedia } from "../../src/call-workers/remote-media.ts";
import { createRemoteSpeech } from "../../src/call-workers/remote-speech.ts";
import { createWorkerPool, type WorkerPool } from "../../src/call-workers/worker-pool.ts";
import { systemClock } from "../../src/clock.ts";
import { createLogger } from "../../src/logger.ts";
import type { ProviderSettings } from "../../src/speech/provider-availability.ts";
import type { MediaEngine } from "../../src/telephony/media-engine.ts";
import type { RtpParameters } from "../../src/telephony/rtp/rtp-session.ts";

// The real thing: processes, threads, RTP sockets.

const NO_KEYS: ProviderSettings = {
  openai: { apiKey: undefined, baseUrl: "http://127.0.0.1:1", isOwnServer: false },
};
const SPOKEN = { tts_config: { provider: "local", voice_id: "en" } };

let pool: WorkerPool;
let phone: Socket;
let packets: Buffer[];

beforeAll(async () => {
  pool = createWorkerPool({
    count: 2,
    mostLegs: 3,
    bindAddress: "127.0.0.1",
    rtpPorts: { first: 24_000, last: 24_039 },
    clock: systemClock,
    logger: createLogger({ level: "silent" }),
  });
  phone = createSocket("udp4");
  packets = [];
  phone.on("message", (packet) => packets.push(packet));
  phone.bind(0, "127.0.0.1");
  await Promise.all([pool.start(), once(phone, "listening")]);
  await untilReady();
});

afterAll(async () => {
  await pool.stop();
  phone.close();
});

async function untilReady(): Promise<void> {
  while (pool.workers.some(({ isReady }) => !isReady)) await pause(20);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function parameters(): RtpParameters {
  return {
    remote: { address: "127.0.0.1", port: phone.address().port },
    codec: "PCMU",
    payloadType: 0,
    telephoneEventPayloadType: 101,
    maySend: true,
    mayReceive: true,
  };
}

async function open(engine: MediaEngine<never>, onLost: (detail: string) => void = () => undefined) {
  const port = await engine.open({ onLost });
  if (!port) throw new Error("no port was to be had");
  return port;
}

const engine = () => createRemoteMedia(pool) as unknown as MediaEngine<never>;

/** mu-law silence is 0xff and 0x7f */
const isLoud = (packet: Buffer) => packet.subarray(12).some((byte) => (byte & 0x7f) < 0x60);

test("a text is spoken in the worker and leaves by RTP, played to its end", async () => {
  const port = await open(engine());
  const media = port.start(parameters());
  packets.length = 0;
  const spoken = await createRemoteSpeech(pool, NO_KEYS).speakText({
    text: "Hello there.",
    configuration: SPOKEN,
    media,
    signal: new AbortController().signal,
  });
  const sentBy = packets.filter(isLoud).length;
  expect(spoken).toEqual({ outcome: "spoken" });
  expect(sentBy).toBeGreaterThan(20);
  const counters = await port.close();
  expect(counters!.sent).toBeGreaterThan(sentBy);
  // Nothing of it is left to be heard.
  packets.length = 0;
  await pause(100);
  expect(packets.length).toBe(0);
});

test("speaking ends with its signal", async () => {
  const port = await open(engine());
  const media = port.start(parameters());
  const over = new AbortController();
  const startedMs = performance.now();
  const speaking = createRemoteSpeech(pool, NO_KEYS).speakText({
    text: "This is a long sentence, which nobody wants to hear to its very end, however patient they are.",
    configuration: SPOKEN,
    media,
    signal: over.signal,
  });
  await pause(300);
  over.abort();
  await speaking;
  expect(performance.now() - startedMs).toBeLessThan(2_500);
  await port.close();
});

test("legs are spread over the workers, and no more are opened than are allowed", async () => {
  const ports = [await open(engine()), await open(engine())];
  expect(pool.workers.map(({ legs }) => legs)).toEqual([1, 1]);
  expect(engine().hasRoom()).toBe(true);
  ports.push(await open(engine()));
  expect(engine().hasRoom()).toBe(false);
  await Promise.all(ports.map((port) => port.close()));
  expect(pool.workers.map(({ legs }) => legs)).toEqual([0, 0]);
});

test("a worker that dies: its legs are told, the other's are not, and another takes its place", async () => {
  const told: string[] = [];
  const first = await open(engine(), (detail) => told.push(`first: ${detail}`));
  const second = await open(engine(), (detail) => told.push(`second: ${detail}`));
  const [media] = [first.start(parameters()), second.start(parameters())];
  const { process: child } = media as unknown as { process: { pid: number } };
  process.kill(child.pid, "SIGKILL");
  while (told.length === 0) await pause(10);
  expect(told).toEqual(["first: the process that carried it ended"]);
  const spoken = await createRemoteSpeech(pool, NO_KEYS).speakText({
    text: "Hello",
    configuration: SPOKEN,
    media,
    signal: new AbortController().signal,
  });
  expect(spoken.outcome).toBe("failed");
  await Promise.all([first.close(), second.close()]);
  await untilReady();
  const again = await open(engine());
  again.start(parameters());
  packets.length = 0;
  while (packets.length < 5) await pause(20);
  await again.close();
});
