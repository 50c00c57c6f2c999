import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { systemClock } from "../../src/clock.ts";
import type { CallMedia, Digit } from "../../src/telephony/carrier.ts";
import { createPacer } from "../../src/telephony/rtp/pacer.ts";
import { startRtpSession, type RtpSession } from "../../src/telephony/rtp/rtp-session.ts";
import { isLoud } from "./fake-media.ts";

/** The two ends of a call's audio: real RTP in G.711 over loopback, without the signalling. */
export interface RtpLeg {
  /** the platform's end */
  media: CallMedia;
  /** The caller speaks. */
  speak(samples: Int16Array): void;
  /** The caller presses keys (RFC 4733). */
  press(digits: readonly Digit[]): void;
  /** keys that the platform has pressed, as the caller's end received them */
  readonly pressed: Digit[];
  /** Resolves when the caller has said everything. */
  untilSpoken(): Promise<void>;
  /** what the caller hears, as moments of the monotonic clock at which something loud was received */
  readonly loudAtMs: number[];
  close(): void;
}

const pacer = createPacer(systemClock);

async function open(): Promise<{ socket: Socket; port: number }> {
  const socket = createSocket("udp4");
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return { socket, port: socket.address().port };
}

export async function openRtpLeg(): Promise<RtpLeg> {
  const [platform, caller] = await Promise.all([open(), open()]);
  const start = (end: { socket: Socket }, remotePort: number): RtpSession =>
    startRtpSession({
      socket: end.socket,
      release: () => end.socket.close(),
      pacer,
      clock: systemClock,
      parameters: {
        remote: { address: "127.0.0.1", port: remotePort },
        codec: "PCMA",
        payloadType: 8,
        telephoneEventPayloadType: 101,
        maySend: true,
        mayReceive: true,
      },
      mediaTimeoutMs: 60_000,
      onTimeout: () => undefined,
    });
  const ends = [start(platform, caller.port), start(caller, platform.port)] as const;
  const [{ media }, { media: phone }] = ends;
  const loudAtMs: number[] = [];
  const pressed: Digit[] = [];
  phone.onDigit((digit) => pressed.push(digit));
  phone.onAudio((frame) => {
    if (isLoud(frame)) loudAtMs.push(performance.now());
  });
  return {
    media,
    speak: (samples) => phone.play(samples),
    press: (digits) => phone.sendDigits(digits),
    pressed,
    untilSpoken: () =>
      phone.queuedSamples === 0
        ? Promise.resolve()
        : new Promise((resolve) => phone.onPlayoutDrained(resolve)),
    loudAtMs,
    close: () => ends.forEach((end) => end.close()),
  };
}
