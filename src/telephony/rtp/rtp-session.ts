import type { Socket } from "node:dgram";
import { randomBytes } from "node:crypto";
import type { Clock } from "../../clock.ts";
import {
  FRAME_MS,
  HEARD_AFTER_MS,
  SAMPLE_RATE_HZ,
  SAMPLES_PER_FRAME,
  type CallMedia,
  type Digit,
} from "../carrier.ts";
import type { AudioCodec } from "../codec/audio-codec.ts";
import { createAudioCodec } from "../codec/create-codec.ts";
import { RTP_CODECS, type CodecName } from "../codec/rtp-codecs.ts";
import { createBackgroundSound, type BackgroundSound } from "./background-sound.ts";
import { relayFrame } from "../bridge.ts";
import { createHeaderLog, type HeaderLog } from "./header-log.ts";
import { createJitterBuffer } from "./jitter-buffer.ts";
import type { Pacer } from "./pacer.ts";
import { createPacketProtection } from "./packet-protection.ts";
import { createPlayoutQueue } from "./playout-queue.ts";
import { startRecorder, type Recorder } from "./recorder.ts";
import { createRingback } from "./ringback.ts";
import { isRtcpPacket } from "./rtcp-packet.ts";
import { readRtp, writeAudioRtp, writeRtp, type ReadRtpResult } from "./rtp-packet.ts";
import { createRtpSource } from "./rtp-source.ts";
import { createRtpStatistics } from "./rtp-statistics.ts";
import type { SrtpParameters } from "./srtp-suite.ts";
import { createDigitReader, createDigitSender } from "./telephone-event.ts";
import { createTimestampScale } from "./timestamp-scale.ts";

/** What offer and answer agreed on. Plain data: it may come from another thread. */
export interface RtpParameters {
  remote: { address: string; port: number };
  codec: CodecName;
  payloadType: number;
  /** of what comes, where that is another; left out: the same */
  receivePayloadType?: number | undefined;
  /** of our stream, where it was described to the peer; left out: any. It cannot be changed */
  ssrc?: number | undefined;
  /**
   * The peer is a process of ours on this machine, which passes on what comes (`web-calls/gateway/`): nobody else's packets
   * are the call's, and silence says nothing, because browsers send none while they are muted.
   */
  isBehindGateway?: boolean | undefined;
  /** undefined: the peer takes no digits */
  telephoneEventPayloadType: number | undefined;
  /** of digits' durations; the stream's own timestamps are the codec's. Left out: 8,000 */
  telephoneEventClockRateHz?: number | undefined;
  /** undefined: plain RTP */
  srtp?: SrtpParameters | undefined;
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
  /** SRTP whose tag is wrong: another key, or nobody's */
  unauthentic: number;
  /** SRTP that was there before */
  replayed: number;
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
  const counted = { sent: 0, malformed: 0, foreign: 0, unauthentic: 0, replayed: 0 };
  const protection = createPacketProtection(parameters.srtp);
  let codec = createAudioCodec(parameters.codec);
  let scaleTimestamp = createTimestampScale(codec.clockRateHz);
  const statistics = createRtpStatistics();
  const source = createRtpSource(parameters.remote);
  const jitter = createJitterBuffer();
  const queue = createPlayoutQueue();
  const digits = createDigitSender();
  let readDigit = createDigitReader();
  let onAudio: ((frame: Int16Array) => void) | undefined;
  let onDigit: ((digit: Digit) => void) | undefined;
  let relay: CallMedia | undefined;
  let nextRingback: (() => Int16Array) | undefined;
  let onDrained: (() => void) | undefined;
  let wasSpeaking = false;
  let isPaused = false;
  let background: BackgroundSound | undefined;
  let recorder: Recorder | undefined;
  let headerLog: HeaderLog | undefined;
  const localPort = socket.address().port;

  // All three start at random, so that a stream cannot be guessed (RFC 3550, 5.1).
  const seed = randomBytes(10);
  const ssrc = parameters.ssrc ?? seed.readUInt32BE(0);
  let sequence = seed.readUInt16BE(4);
  let timestamp = seed.readUInt32BE(6);

  /** RTP clock to samples of telephone audio */
  const clockRatio = () => codec.clockRateHz / SAMPLE_RATE_HZ;
  const isHeld = () => !parameters.maySend || !parameters.mayReceive;

  function receive(bytes: Buffer, from: { address: string; port: number }): void {
    if (parameters.isBehindGateway && !isSameAddress(from, parameters.remote)) {
      counted.foreign++;
      return;
    }
    const read = openPacket(bytes);
    if (!read) return;
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
      scaleTimestamp = createTimestampScale(codec.clockRateHz);
    }
    silentForMs = 0;
    const packetTimestamp = packet.getTimestamp();
    const scaledTimestamp = scaleTimestamp(packetTimestamp);
    const payloadType = packet.getPayloadType();
    const isDigit = payloadType === parameters.telephoneEventPayloadType;
    statistics.count({
      sequence: packet.getSequenceNumber(),
      timestamp: scaledTimestamp,
      arrivedAtSamples: clock.monotonicMs() * (SAMPLE_RATE_HZ / 1_000),
      hasSteadyTimestamp: !isDigit,
    });
    if (isDigit) {
      const digit = readDigit(packetTimestamp, payload);
      if (digit !== undefined) takeDigit(digit);
      return;
    }
    if (isHeld()) return;
    const samples = codecOf(payloadType)?.decode(payload);
    if (samples) jitter.push(scaledTimestamp, samples);
  }

  /** The tag is looked at before the source: who has no key cannot even try to take the stream over. */
  function openPacket(bytes: Buffer): Extract<ReadRtpResult, { outcome: "rtp" }> | undefined {
    const opened = parameters.srtp && !isRtcpPacket(bytes) ? protection.open(bytes) : bytes;
    if (typeof opened === "string") {
      counted[opened]++;
      return undefined;
    }
    const read = readRtp(opened);
    if (read.outcome === "malformed") counted.malformed++;
    return read.outcome === "rtp" ? read : undefined;
  }

  /** Around a change of codec packets of the old one are still on their way; the static types mean the same always. */
  function codecOf(payloadType: number): AudioCodec | undefined {
    if (payloadType === (parameters.receivePayloadType ?? parameters.payloadType)) return codec;
    // Their clock is not Opus's: they would be put in the wrong place.
    if (codec.clockRateHz !== SAMPLE_RATE_HZ) return undefined;
    if (payloadType === RTP_CODECS.PCMU.payloadType) return createAudioCodec("PCMU");
    return payloadType === RTP_CODECS.PCMA.payloadType ? createAudioCodec("PCMA") : undefined;
  }

  function tick(): void {
    const said = parameters.maySend ? sendFrame() : SILENCE;
    timestamp = (timestamp + SAMPLES_PER_FRAME * clockRatio()) >>> 0;
    watchSilence();
    const heard = jitter.pop();
    recorder?.add(heard, said);
    if (relay) relayFrame(relay, heard);
    else onAudio?.(heard);
  }

  function takeDigit(digit: Digit): void {
    if (relay) relay.sendDigits([digit]);
    else onDigit?.(digit);
  }

  function watchSilence(): void {
    silentForMs = isHeld() || parameters.isBehindGateway ? 0 : silentForMs + FRAME_MS;
    if (silentForMs < options.mediaTimeoutMs || hasTimedOut) return;
    hasTimedOut = true;
    options.onTimeout();
  }

  /** @returns what the peer hears of it */
  function sendFrame(): Int16Array {
    if (parameters.telephoneEventPayloadType === undefined) digits.clear();
    const digit = digits.nextFrame((parameters.telephoneEventClockRateHz ?? SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ);
    if (!digit) return sendAudio();
    // A digit takes the place of audio, which waits.
    wasSpeaking = false;
    const at = (timestamp - digit.startedSamplesAgo * clockRatio()) >>> 0;
    for (let copy = 0; copy < digit.copies; copy++) {
      const event = header(parameters.telephoneEventPayloadType!, at, digit.isFirst);
      send(writeRtp(event, digit.payload!, protection.trailerBytes));
    }
    return SILENCE;
  }

  function sendAudio(): Int16Array {
    const isSpeaking = queue.length > 0 && !isPaused;
    const speech = isSpeaking ? queue.take(SAMPLES_PER_FRAME) : (nextRingback?.() ?? SILENCE);
    const frame = background ? background.mix(speech) : speech;
    // The marker says "a talkspurt begins here" (RFC 3551, 4.1): receivers re-adjust their buffers at it.
    const isFirst = isSpeaking && !wasSpeaking;
    const audio = header(parameters.payloadType, timestamp, isFirst);
    const packet = writeAudioRtp(audio, codec, frame, protection.trailerBytes);
    if (packet) send(packet);
    wasSpeaking = isSpeaking;
    if (isSpeaking && queue.length === 0) onDrained?.();
    return frame;
  }

  function header(payloadType: number, at: number, isMarked: boolean) {
    return { payloadType, sequence, timestamp: at, ssrc, isMarked };
  }

  function send(packet: Buffer): void {
    protection.protect(packet);
    sequence = (sequence + 1) & 0xffff;
    counted.sent++;
    capture("out", packet, source.destination);
    const { address, port } = source.destination;
    // An unreachable port is the peer's state, not an error of ours: the media timeout decides.
    socket.send(packet, port, address, ignoreSendError);
  }

  function changeCodec(name: CodecName): void {
    codec.close();
    codec = createAudioCodec(name);
    const isSameClock = RTP_CODECS[name].clockRateHz === RTP_CODECS[parameters.codec].clockRateHz;
    if (isSameClock) return;
    scaleTimestamp = createTimestampScale(codec.clockRateHz);
    jitter.reset();
    statistics.restart();
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
    clearPlayout() {
      isPaused = false;
      return queue.clear();
    },
    pausePlayout: () => (isPaused = true),
    resumePlayout: () => (isPaused = false),
    setBackground: (next) => (background = next ? createBackgroundSound(next) : undefined),
    get queuedSamples() {
      return queue.length;
    },
    sendDigits: (more) => digits.add(more),
    relayTo(other) {
      // Who is joined to it runs in this thread, with audio of its own (bridge.ts).
      relay = other as CallMedia | undefined;
    },
    setRingback: (isOn) => (nextRingback = isOn ? (nextRingback ?? createRingback()) : undefined),
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
        bufferMs: HEARD_AFTER_MS,
      }),
    startHeaderCapture: () => (headerLog ??= createHeaderLog({ localPort })),
    capturedHeaders: () => Promise.resolve(headerLog?.read() ?? []),
    stopRecording: () => recorder?.stop() ?? Promise.resolve({ outcome: "nothing" }),
  };
  return {
    media,
    update(next) {
      if (!isSameAddress(next.remote, parameters.remote)) source.redirect(next.remote);
      if (next.codec !== parameters.codec) changeCodec(next.codec);
      protection.update(next.srtp);
      parameters = next;
      silentForMs = 0;
      // What came before the hold is not to be heard after it.
      if (isHeld()) jitter.reset();
    },
    injectDigit: takeDigit,
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
      codec.close();
      options.release();
    },
  };
}

function isSameAddress(a: RtpParameters["remote"], b: RtpParameters["remote"]): boolean {
  return a.port === b.port && a.address === b.address;
}

function ignoreSendError(): void {}
