import { createSocket, type Socket } from "node:dgram";
import { afterEach, beforeEach, expect, test } from "vitest";
import { bridge } from "../../src/telephony/bridge.ts";
import { decodeG711 } from "../../src/telephony/codec/g711.ts";
import { createPacer } from "../../src/telephony/rtp/pacer.ts";
import { createAudioCodec } from "../../src/telephony/codec/create-codec.ts";
import { readRtp, writeAudioRtp, writeRtp } from "../../src/telephony/rtp/rtp-packet.ts";
import { createRtpPorts } from "../../src/telephony/rtp/rtp-ports.ts";
import { startRtpSession, type RtpParameters, type RtpSession } from "../../src/telephony/rtp/rtp-session.ts";
import { encodeTelephoneEvent } from "../../src/telephony/rtp/telephone-event.ts";
import { createManualClock, type ManualClock } from "../harness/manual-clock.ts";
import { shareAt, tone } from "../harness/tone.ts";

// Two telephones, two sessions, real sockets and told time: each tick is one frame of 20 ms.

interface Side {
  phone: Socket;
  session: RtpSession;
  sessionPort: number;
  parameters: RtpParameters;
  /** payloads of audio that the telephone got, decoded; null for a digit's packet */
  got: (Int16Array | null)[];
  /** what the session's own listener got: the conversation */
  overheard: number;
  digits: string;
  sequence: number;
}

let clock: ManualClock;
let caller: Side;
let desk: Side;
const pacers: ReturnType<typeof createPacer>[] = [];

async function createSide(codec: "PCMU" | "PCMA", pacer: ReturnType<typeof createPacer>): Promise<Side> {
  const phone = createSocket("udp4");
  await new Promise<void>((resolve) => phone.bind(0, "127.0.0.1", resolve));
  const opened = (await createRtpPorts({ first: 21_660, last: 21_679 }).open("127.0.0.1"))!;
  const parameters: RtpParameters = {
    remote: { address: "127.0.0.1", port: phone.address().port },
    codec,
    payloadType: codec === "PCMU" ? 0 : 8,
    telephoneEventPayloadType: 101,
    maySend: true,
    mayReceive: true,
  };
  const session = startRtpSession({
    socket: opened.socket,
    release: opened.release,
    pacer,
    clock,
    parameters,
    mediaTimeoutMs: 30_000,
    onTimeout: () => undefined,
  });
  const side: Side = {
    phone,
    session,
    sessionPort: opened.port,
    parameters,
    got: [],
    overheard: 0,
    digits: "",
    sequence: 0,
  };
  session.media.onAudio(() => side.overheard++);
  session.media.onDigit((digit) => (side.digits += digit));
  phone.on("message", (bytes) => {
    const read = readRtp(bytes);
    if (read.outcome !== "rtp") throw new Error(read.outcome);
    const isDigit = read.packet.getPayloadType() === 101;
    side.got.push(isDigit ? null : decodeG711(codec, read.payload));
  });
  return side;
}

beforeEach(async () => {
  clock = createManualClock();
  pacers[0] = createPacer(clock);
  caller = await createSide("PCMU", pacers[0]);
  desk = await createSide("PCMA", pacers[0]);
});
afterEach(async () => {
  for (const { session, phone } of [caller, desk]) {
    session.close();
    await new Promise<void>((resolve) => phone.close(() => resolve()));
  }
});

/** The telephone says 20 ms. */
function speak(side: Side, samples: Int16Array): void {
  const at = side.sequence++;
  const header = {
    payloadType: side.parameters.payloadType,
    sequence: at,
    timestamp: at * 160,
    ssrc: 7,
    isMarked: false,
  };
  side.phone.send(
    writeAudioRtp(header, createAudioCodec(side.parameters.codec), samples)!,
    side.sessionPort,
    "127.0.0.1",
  );
}

/** 20 ms pass, and every packet arrives. */
async function tick(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 4));
  clock.advance(20);
  await new Promise((resolve) => setTimeout(resolve, 4));
}

const joined = (frames: (Int16Array | null)[]) =>
  Int16Array.from(frames.flatMap((frame) => [...(frame ?? [])]));

test("each hears the other alone, in its own codec, and nobody else hears anything; parted, it is as before", async () => {
  const part = bridge(caller.session.media, desk.session.media);
  const [high, low] = [tone(1_000, 600), tone(400, 600)];
  for (let frame = 0; frame < 30; frame++) {
    speak(caller, high.subarray(frame * 160, frame * 160 + 160));
    speak(desk, low.subarray(frame * 160, frame * 160 + 160));
    await tick();
  }
  expect(shareAt(1_000, joined(desk.got.slice(10)))).toBeGreaterThan(0.95);
  expect(shareAt(400, joined(caller.got.slice(10)))).toBeGreaterThan(0.95);
  expect([caller.overheard, desk.overheard]).toEqual([0, 0]);
  part();
  part();
  await tick();
  expect([caller.overheard, desk.overheard]).toEqual([1, 1]);
});

test.each([
  ["from the caller to the desk", () => [caller, desk] as const],
  ["from the desk to the caller", () => [desk, caller] as const],
])("%s it takes no longer than to a listener of our own, and a frame at most", async (_way, sides) => {
  const [from, to] = sides();
  const loudest = (frame: Int16Array | null | undefined) => Math.max(...(frame ?? [0]));
  let heardAt: number | undefined;
  from.session.media.onAudio((frame) => {
    if (loudest(frame) > 1_000) heardAt ??= ticks;
  });
  let ticks = 0;
  async function click(): Promise<number> {
    for (let quiet = 0; quiet < 10; quiet++) {
      speak(from, new Int16Array(160));
      await tick();
    }
    ticks = 0;
    to.got.length = 0;
    for (let frame = 0; frame < 12; frame++) {
      speak(from, frame === 0 ? tone(1_000, 20) : new Int16Array(160));
      await tick();
      ticks++;
    }
    return to.got.findIndex((frame) => loudest(frame) > 1_000);
  }
  await click();
  const alone = heardAt!;
  bridge(caller.session.media, desk.session.media);
  const through = await click();
  expect(through).toBeGreaterThanOrEqual(0);
  expect(through - alone).toBeLessThanOrEqual(1);
});

test("while one side holds us nothing gathers: afterwards the delay is as before", async () => {
  bridge(caller.session.media, desk.session.media);
  desk.session.update({ ...desk.parameters, maySend: false });
  for (let frame = 0; frame < 50; frame++) {
    speak(caller, tone(1_000, 20));
    await tick();
  }
  expect(desk.session.media.queuedSamples).toBeLessThanOrEqual(2 * 160);
  desk.session.update(desk.parameters);
  for (let frame = 0; frame < 5; frame++) {
    speak(caller, tone(1_000, 20));
    await tick();
  }
  expect(desk.session.media.queuedSamples).toBeLessThanOrEqual(160);
});

test("a key pressed on one side is pressed on the other, whichever way it came", async () => {
  bridge(caller.session.media, desk.session.media);
  const payload = encodeTelephoneEvent("5", { isEnd: true, durationSamples: 800 });
  const header = { payloadType: 101, sequence: 900, timestamp: 900, ssrc: 7, isMarked: true };
  caller.phone.send(writeRtp(header, payload), caller.sessionPort, "127.0.0.1");
  for (let frame = 0; frame < 15; frame++) await tick();
  expect(desk.got.filter((packet) => packet === null).length).toBeGreaterThan(3);
  caller.got.length = 0;
  // By SIP INFO.
  desk.session.injectDigit("7");
  for (let frame = 0; frame < 15; frame++) await tick();
  expect(caller.got.filter((packet) => packet === null).length).toBeGreaterThan(3);
  expect([caller.digits, desk.digits]).toEqual(["", ""]);
});

test("ringing: one second in five, under whatever is said, and gone when it is switched off", async () => {
  const { media } = caller.session;
  media.setRingback(true);
  for (let frame = 0; frame < 60; frame++) await tick();
  expect(shareAt(425, joined(caller.got.slice(0, 50)))).toBeGreaterThan(0.95);
  expect(joined(caller.got.slice(51)).every((sample) => Math.abs(sample) < 10)).toBe(true);
  // Switched on once more it goes on, and does not begin again.
  media.setRingback(true);
  media.play(tone(1_000, 40));
  await tick();
  expect(shareAt(1_000, caller.got.at(-1)!)).toBeGreaterThan(0.9);
  media.setRingback(false);
  caller.got.length = 0;
  for (let frame = 0; frame < 260; frame++) await tick();
  expect(shareAt(425, joined(caller.got))).toBeLessThan(0.1);
});

test("joining takes away what was still to be heard, and the ringing", async () => {
  caller.session.media.setRingback(true);
  caller.session.media.play(tone(1_000, 2_000));
  bridge(caller.session.media, desk.session.media);
  expect(caller.session.media.queuedSamples).toBe(0);
  caller.got.length = 0;
  for (let frame = 0; frame < 10; frame++) await tick();
  expect(joined(caller.got).every((sample) => Math.abs(sample) < 10)).toBe(true);
});
