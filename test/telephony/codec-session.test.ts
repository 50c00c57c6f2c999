import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Application, createEncoder } from "libopus-wasm";
import { systemClock } from "../../src/clock.ts";
import { createAudioCodec } from "../../src/telephony/codec/create-codec.ts";
import { RTP_CODECS, type CodecName } from "../../src/telephony/codec/rtp-codecs.ts";
import { createPacer } from "../../src/telephony/rtp/pacer.ts";
import { createRtpPorts, type OpenRtpPort } from "../../src/telephony/rtp/rtp-ports.ts";
import { startRtpSession, type RtpParameters, type RtpSession } from "../../src/telephony/rtp/rtp-session.ts";
import { shareAt, tone } from "../harness/tone.ts";

// Two sessions that talk to each other over sockets, on the system's clock.

let ports: [OpenRtpPort, OpenRtpPort];
let sessions: RtpSession[];

beforeEach(async () => {
  const range = createRtpPorts({ first: 22_100, last: 22_119 });
  ports = [(await range.open("127.0.0.1"))!, (await range.open("127.0.0.1"))!];
  sessions = [];
});
afterEach(() => {
  for (const session of sessions) session.close();
  for (const port of ports) port.release();
});

const parametersFor = (port: OpenRtpPort, codec: CodecName): RtpParameters => ({
  remote: { address: "127.0.0.1", port: port.port },
  codec,
  payloadType: RTP_CODECS[codec].payloadType,
  telephoneEventPayloadType: 101,
  telephoneEventClockRateHz: RTP_CODECS[codec].clockRateHz,
  maySend: true,
  mayReceive: true,
});

function connect(codec: CodecName): [RtpSession, RtpSession] {
  const pacer = createPacer(systemClock);
  sessions = ports.map((port, index) =>
    startRtpSession({
      socket: port.socket,
      release: port.release,
      pacer,
      clock: systemClock,
      parameters: parametersFor(ports[1 - index]!, codec),
      mediaTimeoutMs: 30_000,
      onTimeout: () => undefined,
    }),
  );
  return [sessions[0]!, sessions[1]!];
}

function hear({ media }: RtpSession, samples: number): Promise<Int16Array> {
  return new Promise((resolve) => {
    const heard: number[] = [];
    media.onAudio((frame) => {
      if (heard.length > 0 || frame.some((sample) => Math.abs(sample) > 1_000)) heard.push(...frame);
      if (heard.length >= samples) resolve(Int16Array.from(heard.slice(0, samples)));
    });
  });
}

describe.each(["PCMU", "PCMA", "opus"] as const)("%s", (codec) => {
  test("speech is heard both ways, and digits once each", async () => {
    const [a, b] = connect(codec);
    const heard = [hear(a, 4_000), hear(b, 4_000)] as const;
    b.media.play(tone(1_000, 700));
    a.media.play(tone(440, 700));
    expect(shareAt(1_000, await heard[0])).toBeGreaterThan(0.9);
    expect(shareAt(440, await heard[1])).toBeGreaterThan(0.9);
    let digits = "";
    const all = new Promise<void>((resolve) =>
      b.media.onDigit((digit) => {
        digits += digit;
        if (digits.length === 3) resolve();
      }),
    );
    a.media.sendDigits(["1", "1", "#"]);
    await all;
    expect(digits).toBe("11#");
    expect(b.counters).toMatchObject({ malformed: 0, foreign: 0, lost: 0 });
    // Timestamps read by the wrong clock are 100 ms off a packet; a machine that is busy with other things is not.
    expect(b.counters.jitterMs).toBeLessThan(60);
  });
});

test("from G.711 to Opus and back in one call, heard each time", async () => {
  const [a, b] = connect("PCMA");
  for (const codec of ["opus", "PCMU", "opus"] as const) {
    a.update(parametersFor(ports[1], codec));
    b.update(parametersFor(ports[0], codec));
    // What was on its way under the old codec has come by then.
    await new Promise((resolve) => setTimeout(resolve, 100));
    const heard = hear(b, 3_200);
    a.media.play(tone(440, 500));
    expect(shareAt(440, await heard)).toBeGreaterThan(0.9);
    b.media.onAudio(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
});

describe("Opus as others send it", () => {
  const opened = async () => {
    const codec = createAudioCodec("opus");
    const into = new Uint8Array(codec.mostFrameBytes);
    // The library needs a moment to make it.
    await expect.poll(() => codec.encode(new Int16Array(160), into), { interval: 1 }).toBeGreaterThan(0);
    return codec;
  };

  test.each([
    ["the full band in stereo", 48_000, 2, 20],
    ["wide band", 16_000, 1, 20],
    ["packets of 60 ms", 48_000, 1, 60],
    ["packets of 10 ms", 48_000, 1, 10],
  ] as const)("%s", async (_sentence, sampleRate, channels, packetMs) => {
    const codec = await opened();
    const encoder = await createEncoder({ sampleRate, channels, application: Application.Audio });
    const frameSize = (sampleRate * packetMs) / 1_000;
    const heard: number[] = [];
    for (let packet = 0; packet < 600 / packetMs; packet++) {
      const pcm = Int16Array.from({ length: frameSize * channels }, (_, index) => {
        const at = packet * frameSize + Math.floor(index / channels);
        return 8_000 * Math.sin((2 * Math.PI * 440 * at) / sampleRate);
      });
      const samples = codec.decode(encoder.encode(pcm, { frameSize }))!;
      expect(samples.length).toBe(packetMs * 8);
      heard.push(...samples);
    }
    expect(shareAt(440, Int16Array.from(heard.slice(800)))).toBeGreaterThan(0.9);
    encoder.free();
    codec.close();
  });

  test.each([
    ["an empty payload", []],
    ["half a packet", [0xff, 0x7f]],
    ["noise", Array.from({ length: 40 }, () => 0xff)],
  ])("%s is not heard and breaks nothing", async (_sentence, payload) => {
    const codec = await opened();
    expect(codec.decode(Uint8Array.from(payload))).toBeUndefined();
    expect(codec.encode(new Int16Array(160), new Uint8Array(codec.mostFrameBytes))).toBeGreaterThan(0);
    codec.close();
  });
});
