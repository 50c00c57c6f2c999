import type { Socket } from "node:dgram";
import { randomBytes } from "node:crypto";
import type { Clock } from "../../clock.ts";
import { FRAME_MS, SAMPLE_RATE_HZ, SAMPLES_PER_FRAME, type CallMedia, type Digit } from "../carrier.ts";
import { decodeG711, STATIC_PAYLOAD_TYPES, type G711Codec } from "../codec/g711.ts";
import { createHeaderLog, type HeaderLog } from "./header-log.ts";
import { createJitterBuffer, TARGET_DELAY_MS } from "./jitter-buffer.ts";
import type { Pacer } from "./pacer.ts";
import { createPlayoutQueue } from "./playout-queue.ts";
import { startRecorder, type Recorder } from "./recorder.ts";
import { readRtp, writeAudioRtp, writeRtp } from "./rtp-packet.ts";
import { createRtpSource } from "./rtp-source.ts";
import { createRtpStatistics } from "./rtp-statistics.ts";
import { createDigitReader, createDigitSender } from "./telephone-event.ts";

/** What offer and answer agreed on. */
export interface RtpParameters {
  remote: { address: string; port: number };
  codec: G711Codec;
  payloadType: number;
  /** undefined: the peer takes no digits */
  telephoneEventPayloadType: number | undefined;
  /** false while the peer holds us (it sent `sendonly` or `inactive`) */
  maySend: boolean;
  mayReceive: boolean;
}

export interface RtpCounters {
  sent: number;
  received: number;
  /** by sequence number, RFC 3550 */
  lost: number;
  /** came after its moment; of these samples nothing was heard */
  lateSamples: number;
  /** interarrival jitter, RFC 3550, 6.4.1 */
  jitterMs: number;
  malformed: number;
  /** from another source than the caller's */
  foreign: number;
}

export interface RtpSession {
  media: CallMedia;
  /** A re-INVITE changed codec, address or direction. */
  update(parameters: RtpParameters): void;
  readonly counters: RtpCounters;
  /** A digit that came by another way than RTP (SIP INFO). */
  injectDigit(digit: Digit): void;
  close(): void;
}

const SILENCE = new Int16Array(SAMPLES_PER_FRAME);

/**
 * The audio of one call over RTP (RFC 3550): frames out on the pacer's clock, always, with silence where nothing is
 * queued, so that NAT bindings stay open; frames in through the jitter buffer on the same clock.
 *
 * While the peer holds us nothing is sent, what is queued stays queued, and what is heard is silence, not its music.
 */
export function startRtpSession(options: {
  socket: Socket;
  release: () => void;
  pacer: Pacer;
  clock: Clock;
  parameters: RtpParameters;
  /** no packet for this long while there should be some: the caller is gone without a BYE */
  mediaTimeoutMs: number;
  onTimeout: () => void;
}): RtpSession {
  const { socket, clock } = options;
  let { parameters } = options;
  let silentForMs = 0;
  let hasTimedOut = false;
  const counted = { sent: 0, malformed: 0, foreign: 0 };
  const statistics = createRtpStatistics();
  const source = createRtpSource(parameters.remote);
  const jitter = createJitterBuffer();
  const queue = createPlayoutQueue();
  const digits = createDigitSender();
  let readDigit = createDigitReader();
  let onAudio: ((frame: Int16Array) => void) | undefined;
  let onDigit: ((digit: Digit) => void) | undefined;
  let onDrained: (() => void) | undefined;
  let wasSpeaking = false;
  let recorder: Recorder | undefined;
  let headerLog: HeaderLog | undefined;
  const localPort = socket.address().port;

  // All three start at random, so that a stream cannot be guessed (RFC 3550, 5.1).
  const seed = randomBytes(10);
  const ssrc = seed.readUInt32BE(0);
  let sequence = seed.readUInt16BE(4);
  let timestamp = seed.readUInt32BE(6);

  const isHeld = () => !parameters.maySend || !parameters.mayReceive;

  function receive(bytes: Buffer, from: { address: string; port: number }): void {
    const read = readRtp(bytes);
    if (read.outcome === "malformed") counted.malformed++;
    if (read.outcome !== "rtp") return;
    capture("in", bytes, from);
    const { packet, payload } = read;
    const owner = source.accept(packet.getSsrc(), from, silentForMs);
    if (owner === "foreign") {
      counted.foreign++;
      return;
    }
    if (owner === "changed") {
      jitter.reset();
      statistics.restart();
      readDigit = createDigitReader();
    }
    silentForMs = 0;
    const packetTimestamp = packet.getTimestamp();
    const payloadType = packet.getPayloadType();
    const isDigit = payloadType === parameters.telephoneEventPayloadType;
    statistics.count({
      sequence: packet.getSequenceNumber(),
      timestamp: packetTimestamp,
      arrivedAtSamples: clock.monotonicMs() * (SAMPLE_RATE_HZ / 1_000),
      hasSteadyTimestamp: !isDigit,
    });
    if (isDigit) {
      const digit = readDigit(packetTimestamp, payload);
      if (digit !== undefined) onDigit?.(digit);
      return;
    }
    const codec = codecOf(payloadType);
    if (codec && !isHeld()) jitter.push(packetTimestamp, decodeG711(codec, payload));
  }

  /** Around a change of codec packets of the old one are still on their way; the static types mean the same always. */
  function codecOf(payloadType: number): G711Codec | undefined {
    if (payloadType === parameters.payloadType) return parameters.codec;
    if (payloadType === STATIC_PAYLOAD_TYPES.PCMU) return "PCMU";
    return payloadType === STATIC_PAYLOAD_TYPES.PCMA ? "PCMA" : undefined;
  }

  function tick(): void {
    const said = parameters.maySend ? sendFrame() : SILENCE;
    timestamp = (timestamp + SAMPLES_PER_FRAME) >>> 0;
    watchSilence();
    if (!onAudio && !recorder) return;
    const heard = jitter.pop();
    recorder?.add(heard, said);
    onAudio?.(heard);
  }

  function watchSilence(): void {
    silentForMs = isHeld() ? 0 : silentForMs + FRAME_MS;
    if (silentForMs < options.mediaTimeoutMs || hasTimedOut) return;
    hasTimedOut = true;
    options.onTimeout();
  }

  /** @returns what the peer hears of it */
  function sendFrame(): Int16Array {
    if (parameters.telephoneEventPayloadType === undefined) digits.clear();
    const digit = digits.nextFrame();
    if (!digit) return sendAudio();
    // A digit takes the place of audio, which waits.
    wasSpeaking = false;
    const at = (timestamp - digit.startedSamplesAgo) >>> 0;
    for (let copy = 0; copy < digit.copies; copy++) {
      send(writeRtp(header(parameters.telephoneEventPayloadType!, at, digit.isFirst), digit.payload!));
    }
    return SILENCE;
  }

  function sendAudio(): Int16Array {
    const isSpeaking = queue.length > 0;
    const frame = isSpeaking ? queue.take(SAMPLES_PER_FRAME) : SILENCE;
    // The marker says "a talkspurt begins here" (RFC 3551, 4.1): receivers re-adjust their buffers at it.
    const isFirst = isSpeaking && !wasSpeaking;
    send(writeAudioRtp(header(parameters.payloadType, timestamp, isFirst), parameters.codec, frame));
    wasSpeaking = isSpeaking;
    if (isSpeaking && queue.length === 0) onDrained?.();
    return frame;
  }

  function header(payloadType: number, at: number, isMarked: boolean) {
    return { payloadType, sequence, timestamp: at, ssrc, isMarked };
  }

  function send(packet: Buffer): void {
    sequence = (sequence + 1) & 0xffff;
    counted.sent++;
    capture("out", packet, source.destination);
    const { address, port } = source.destination;
    // An unreachable port is the peer's state, not an error of ours: the media timeout decides.
    socket.send(packet, port, address, ignoreSendError);
  }

  function capture(direction: "in" | "out", packet: Buffer, remote: RtpParameters["remote"]): void {
    headerLog?.add({ at: clock.now().getTime(), direction, packet, remote });
  }

  socket.on("message", receive);
  const leavePacer = options.pacer.add(tick);

  const media: CallMedia = {
    onAudio: (listener) => (onAudio = listener),
    onDigit: (listener) => (onDigit = listener),
    onPlayoutDrained: (listener) => (onDrained = listener),
    play: (samples) => queue.add(samples),
    clearPlayout: () => queue.clear(),
    get queuedSamples() {
      return queue.length;
    },
    sendDigits: (more) => digits.add(more),
    startRecording({ path }) {
      recorder ??= startRecorder({ path, clock });
    },
    statistics: () =>
      Promise.resolve({
        codec: parameters.codec,
        sentPackets: counted.sent,
        receivedPackets: statistics.received,
        lostPackets: statistics.lost,
        latePackets: Math.round(jitter.lateSamples / SAMPLES_PER_FRAME),
        jitterMs: statistics.jitterSamples / (SAMPLE_RATE_HZ / 1_000),
        bufferMs: TARGET_DELAY_MS,
      }),
    startHeaderCapture: () => (headerLog ??= createHeaderLog({ localPort })),
    capturedHeaders: () => Promise.resolve(headerLog?.read() ?? []),
    stopRecording: () => recorder?.stop() ?? Promise.resolve({ outcome: "nothing" }),
  };
  return {
    media,
    update(next) {
      const { remote } = parameters;
      if (next.remote.address !== remote.address || next.remote.port !== remote.port)
        source.redirect(next.remote);
      parameters = next;
      silentForMs = 0;
      // What came before the hold is not to be heard after it.
      if (isHeld()) jitter.reset();
    },
    injectDigit: (digit) => onDigit?.(digit),
    get counters() {
      return {
        ...counted,
        received: statistics.received,
        lost: statistics.lost,
        jitterMs: statistics.jitterSamples / (SAMPLE_RATE_HZ / 1_000),
        lateSamples: jitter.lateSamples,
      };
    },
    close() {
      leavePacer();
      void recorder?.stop();
      socket.off("message", receive);
      options.release();
    },
  };
}

function ignoreSendError(): void {}
