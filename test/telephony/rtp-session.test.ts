import { afterEach, beforeEach, expect, test } from "vitest";
import { createSocket, type Socket } from "node:dgram";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createManualClock, type ManualClock } from "../harness/manual-clock.ts";
import { shareAt, tone } from "../harness/tone.ts";
import { decodeG711 } from "../../src/telephony/codec/g711.ts";
import { readWav } from "../harness/wav.ts";
import { createPacer } from "../../src/telephony/rtp/pacer.ts";
import { createAudioCodec } from "../../src/telephony/codec/create-codec.ts";
import { readRtp, writeAudioRtp, writeRtp } from "../../src/telephony/rtp/rtp-packet.ts";
import { createRtpPorts } from "../../src/telephony/rtp/rtp-ports.ts";
import { startRtpSession, type RtpParameters, type RtpSession } from "../../src/telephony/rtp/rtp-session.ts";
import { encodeTelephoneEvent } from "../../src/telephony/rtp/telephone-event.ts";

// Real sockets, told time: each `tick` is one frame of 20 ms.

interface Phone {
  socket: Socket;
  port: number;
  heard: {
    payloadType: number;
    sequence: number;
    timestamp: number;
    isMarked: boolean;
    payload: Uint8Array;
  }[];
}

let clock: ManualClock;
let session: RtpSession;
let sessionPort: number;
let phone: Phone;
let phones: Phone[];
let frames: Int16Array[];
let digits: string;
let timeouts: number;
let parameters: RtpParameters;

async function createPhone(): Promise<Phone> {
  const socket = createSocket("udp4");
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  const heard: Phone["heard"] = [];
  socket.on("message", (bytes) => {
    const read = readRtp(bytes);
    if (read.outcome !== "rtp") throw new Error(read.outcome);
    const { packet } = read;
    heard.push({
      payloadType: packet.getPayloadType(),
      sequence: packet.getSequenceNumber(),
      timestamp: packet.getTimestamp(),
      isMarked: packet.getMarker(),
      payload: read.payload,
    });
  });
  const made = { socket, port: socket.address().port, heard };
  phones.push(made);
  return made;
}

beforeEach(async () => {
  clock = createManualClock();
  phones = [];
  frames = [];
  digits = "";
  timeouts = 0;
  phone = await createPhone();
  const opened = (await createRtpPorts({ first: 21_640, last: 21_649 }).open("127.0.0.1"))!;
  sessionPort = opened.port;
  parameters = {
    remote: { address: "127.0.0.1", port: phone.port },
    codec: "PCMU",
    payloadType: 0,
    telephoneEventPayloadType: 101,
    maySend: true,
    mayReceive: true,
  };
  session = startRtpSession({
    socket: opened.socket,
    release: opened.release,
    pacer: createPacer(clock),
    clock,
    parameters,
    mediaTimeoutMs: 30_000,
    onTimeout: () => timeouts++,
  });
  session.media.onAudio((frame) => frames.push(frame));
  session.media.onDigit((digit) => (digits += digit));
});
afterEach(async () => {
  session.close();
  await Promise.all(
    phones.map(({ socket }) => new Promise<void>((resolve) => socket.close(() => resolve()))),
  );
});

const ticks = (count: number) => clock.advance(count * 20);
const header = { payloadType: 0, ssrc: 7, isMarked: false };
/** Sends, and waits until the session has seen it. */
async function send(from: Phone, packet: Buffer): Promise<void> {
  const total = () => {
    const { received, foreign, malformed } = session.counters;
    return received + foreign + malformed;
  };
  const before = total();
  from.socket.send(packet, sessionPort, "127.0.0.1");
  await expect.poll(total, { interval: 1 }).toBe(before + 1);
}
const audio = (sequence: number, level = 8_000, ssrc = 7) =>
  writeAudioRtp(
    { ...header, ssrc, sequence, timestamp: sequence * 160 },
    createAudioCodec("PCMU"),
    new Int16Array(160).fill(level),
  )!;
const loud = () => frames.filter((frame) => Math.abs(frame[0]!) > 4_000).length;

test("sends a frame every 20 ms, silence when nothing is queued, the marker where speech begins", async () => {
  ticks(2);
  session.media.play(tone(440, 30));
  ticks(3);
  await expect.poll(() => phone.heard.length).toBe(5);
  expect(phone.heard.map(({ isMarked }) => isMarked)).toEqual([false, false, true, false, false]);
  expect(phone.heard[0]!.payload.every((byte) => byte === 0xff)).toBe(true);
  const steps = phone.heard
    .slice(1)
    .map(({ sequence, timestamp }, index) => [
      (sequence - phone.heard[index]!.sequence) & 0xffff,
      (timestamp - phone.heard[index]!.timestamp) >>> 0,
    ]);
  expect(steps).toEqual(Array.from({ length: 4 }, () => [1, 160]));
});

test("holds what waits to be heard, and goes on with it; what is cleared is held no more", async () => {
  const { media } = session;
  const heardAt = (index: number) => shareAt(440, decodeG711("PCMU", phone.heard[index]!.payload)) > 0.9;
  media.play(tone(440, 100));
  ticks(2);
  media.pausePlayout();
  ticks(3);
  expect(media.queuedSamples).toBe(480);
  media.resumePlayout();
  ticks(4);
  media.pausePlayout();
  media.play(tone(440, 100));
  expect(media.clearPlayout()).toBe(800);
  media.play(tone(440, 20));
  ticks(1);
  await expect.poll(() => phone.heard.length).toBe(10);
  expect(phone.heard.map((_, index) => heardAt(index))).toEqual(
    [1, 1, 0, 0, 0, 1, 1, 1, 0, 1].map((is) => is === 1),
  );
});

test("a background is under the silence and under what is said, and stops when told to", async () => {
  const { media } = session;
  const power = (index: number) => Math.max(...decodeG711("PCMU", phone.heard[index]!.payload));
  media.setBackground({ clip: "office", volume: 0.5 });
  ticks(10);
  media.play(tone(440, 40, 30_000));
  ticks(2);
  media.setBackground(null);
  ticks(1);
  await expect.poll(() => phone.heard.length).toBe(13);
  expect(Math.max(...Array.from({ length: 10 }, (_, index) => power(index)))).toBeGreaterThan(200);
  // On top of a loud voice: not wrapped round, not in its place.
  expect(shareAt(440, decodeG711("PCMU", phone.heard[11]!.payload))).toBeGreaterThan(0.9);
  expect(phone.heard[12]!.payload.every((byte) => byte === 0xff)).toBe(true);
  // What we send is nothing that we hear.
  expect(loud()).toBe(0);
});

test("answers to where packets come from, and a stray one changes nothing", async () => {
  const real = await createPhone();
  const stray = await createPhone();
  for (let sequence = 1; sequence <= 4; sequence++) await send(real, audio(sequence));
  await send(stray, audio(100, 100, 99));
  ticks(1);
  await expect.poll(() => real.heard.length).toBe(1);
  expect([phone.heard.length, stray.heard.length]).toEqual([0, 0]);
  expect(session.counters).toMatchObject({ received: 4, foreign: 1, lost: 0 });
});

test("what is no RTP neither stops it nor is heard", async () => {
  for (const bytes of [[], [0x80], Array<number>(40).fill(0xff), Array<number>(12).fill(0)]) {
    await send(phone, Buffer.from(bytes));
  }
  expect(session.counters.malformed).toBe(4);
  await send(phone, audio(1));
  ticks(5);
  expect(loud()).toBeGreaterThan(0);
});

test("counts what was lost, and conceals it", async () => {
  for (const sequence of [1, 2, 4, 5]) await send(phone, audio(sequence));
  ticks(9);
  expect(session.counters).toMatchObject({ received: 4, lost: 1 });
  expect(frames.map((frame) => Math.round(frame[0]! / 1_000))).toEqual([0, 0, 0, 8, 8, 4, 8, 8, 4]);
});

test("reads a digit once, also when its end is lost, and again when it is pressed again", async () => {
  const event = (sequence: number, timestamp: number, isEnd: boolean) =>
    writeRtp(
      { ...header, payloadType: 101, sequence, timestamp },
      encodeTelephoneEvent("5", { isEnd, durationSamples: 160 * sequence }),
    );
  await send(phone, event(1, 1_000, false));
  await send(phone, event(2, 1_000, false));
  await send(phone, event(5, 4_000, false));
  for (const sequence of [6, 7, 8]) await send(phone, event(sequence, 4_000, true));
  expect(digits).toBe("55");
});

test("sends a digit as eight frames of one timestamp while the audio waits", async () => {
  session.media.sendDigits(["#"]);
  session.media.play(tone(440, 20));
  ticks(12);
  await expect.poll(() => phone.heard.length).toBe(11);
  const events = phone.heard.filter(({ payloadType }) => payloadType === 101);
  expect(events).toHaveLength(10);
  expect(new Set(events.map(({ timestamp }) => timestamp)).size).toBe(1);
  expect(events.map(({ isMarked }) => isMarked)).toEqual([true, ...Array<boolean>(9).fill(false)]);
  const speech = phone.heard.find(({ payloadType }) => payloadType === 0)!;
  expect(speech.isMarked).toBe(true);
  expect((speech.timestamp - events[0]!.timestamp) >>> 0).toBe(11 * 160);
});

test("on hold nothing is sent, silence is heard, and what was queued is played afterwards", async () => {
  session.media.play(tone(440, 40));
  session.update({ ...parameters, maySend: false });
  for (let sequence = 1; sequence <= 4; sequence++) await send(phone, audio(sequence));
  ticks(10);
  expect([phone.heard.length, loud(), frames.length]).toEqual([0, 0, 10]);
  expect(session.media.queuedSamples).toBe(320);
  session.update(parameters);
  ticks(2);
  await expect.poll(() => phone.heard.length).toBe(2);
  expect(session.media.queuedSamples).toBe(0);
});

test("a change of codec is followed, and the old one is understood while it lasts", async () => {
  session.update({ ...parameters, codec: "PCMA", payloadType: 8 });
  ticks(1);
  await expect.poll(() => phone.heard.length).toBe(1);
  expect(phone.heard[0]!.payloadType).toBe(8);
  await send(phone, audio(1));
  ticks(4);
  expect(frames.at(-1)![0]).toBeGreaterThan(7_000);
});

test("a re-INVITE with another address sends there at once", async () => {
  for (let sequence = 1; sequence <= 4; sequence++) await send(phone, audio(sequence));
  const other = await createPhone();
  session.update({ ...parameters, remote: { address: "127.0.0.1", port: other.port } });
  ticks(1);
  await expect.poll(() => other.heard.length).toBe(1);
  expect(phone.heard).toHaveLength(0);
});

test("half a minute without a packet is told once; not on hold, and a packet starts it anew", async () => {
  ticks(1_000);
  await send(phone, audio(1));
  ticks(1_000);
  session.update({ ...parameters, maySend: false });
  ticks(3_000);
  session.update(parameters);
  ticks(1_499);
  expect(timeouts).toBe(0);
  ticks(10);
  expect(timeouts).toBe(1);
  ticks(3_000);
  expect(timeouts).toBe(1);
});

test("records what is heard of both sides: lost packets concealed, late ones left out, hold as silence", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "switchhook-session-"));
  const file = path.join(folder, "call.wav");
  session.media.startRecording({ path: file });
  // The fourth is lost, the second comes when its moment is over.
  for (const sequence of [1, 3, 5]) await send(phone, audio(sequence));
  session.media.play(new Int16Array(160 * 4).fill(-4_000));
  ticks(6);
  await send(phone, audio(2));
  ticks(4);
  session.update({ ...parameters, maySend: false });
  session.media.play(new Int16Array(160).fill(-2_000));
  await send(phone, audio(6));
  ticks(5);
  session.update(parameters);
  ticks(2);
  session.close();
  expect(await session.media.stopRecording()).toEqual({
    outcome: "recorded",
    durationMs: 340,
    sizeBytes: 10_924,
  });
  const wav = await readWav(file);
  const [left, right] = [await wav.left(), await wav.right()];
  const thousands = (samples: Int16Array) =>
    Array.from({ length: 17 }, (_, frame) => Math.round(samples[frame * 160 + 80]! / 1_000));
  expect(thousands(left)).toEqual([0, 0, 0, 8, 4, 8, 4, 8, 4, 2, 0, 0, 0, 0, 0, 0, 0]);
  expect(thousands(right)).toEqual([-4, -4, -4, -4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -2, 0]);
  expect(session.counters.lateSamples).toBe(160);
  await rm(folder, { recursive: true });
});

test("keeps the headers of packets from when it is asked, and not a sample", async () => {
  await send(phone, audio(1));
  session.media.startHeaderCapture();
  for (const sequence of [2, 3]) await send(phone, audio(sequence));
  await send(phone, Buffer.alloc(12, 0xff));
  ticks(1);
  const headers = await session.media.capturedHeaders();
  const remote = { address: "127.0.0.1", port: phone.port };
  expect(headers).toMatchObject([
    {
      direction: "in",
      localPort: sessionPort,
      remote,
      headerHex: "80000002000001400000 0007".replace(" ", ""),
      sizeBytes: 172,
    },
    { direction: "in", headerHex: "80000003000001e000000007" },
    { direction: "out", remote, headerHex: expect.stringMatching(/^8000[0-9a-f]{20}$/), sizeBytes: 172 },
  ]);
});
