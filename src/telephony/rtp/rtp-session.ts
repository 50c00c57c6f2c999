import type { Socket } from "node:dgram";
import { randomBytes } from "node:crypto";
import { isRtp, RtpPacket } from "rtp.js/packets";
import { FRAME_MS, SAMPLES_PER_FRAME, type CallMedia, type Digit } from "../carrier.ts";
import { decodeG711, encodeG711, type G711Codec } from "../codec/g711.ts";
import { createJitterBuffer } from "./jitter-buffer.ts";
import type { Pacer } from "./pacer.ts";
import { createPlayoutQueue } from "./playout-queue.ts";
import { createDigitReader, encodeTelephoneEvent } from "./telephone-event.ts";

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
  received: number;
  sent: number;
  malformed: number;
  /** from another address than the caller's */
  foreign: number;
  lateSamples: number;
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

/** No packet for this long while there should be some: the caller is gone without a BYE. */
const MEDIA_TIMEOUT_MS = 30_000;
/** A stream from elsewhere takes over only after the old one was silent this long: a stray packet steals nothing. */
const TAKE_OVER_AFTER_MS = 1_000;
const DIGIT_FRAMES = 8;
const DIGIT_PAUSE_FRAMES = 3;
/** RFC 4733, 2.5.1.4: the last packet of an event is sent three times */
const DIGIT_END_PACKETS = 3;

/**
 * The audio of one call over RTP (RFC 3550): frames out on the pacer's clock, always, with silence where nothing is
 * queued, so that NAT bindings stay open; frames in through the jitter buffer on the same clock. Sends to where the
 * caller's packets come from, whatever the SDP said (symmetric RTP).
 */
export function startRtpSession(options: {
  socket: Socket;
  release: () => void;
  pacer: Pacer;
  parameters: RtpParameters;
  onTimeout: () => void;
}): RtpSession {
  const { socket } = options;
  let { parameters } = options;
  let destination = parameters.remote;
  let latchedSsrc: number | undefined;
  let silentForMs = 0;
  let hasTimedOut = false;
  const counters: RtpCounters = { received: 0, sent: 0, malformed: 0, foreign: 0, lateSamples: 0 };
  const jitter = createJitterBuffer();
  const queue = createPlayoutQueue();
  let readDigit = createDigitReader();
  let onAudio: (frame: Int16Array) => void = () => undefined;
  let onDigit: (digit: Digit) => void = () => undefined;
  let onDrained: () => void = () => undefined;
  const digitsToSend: Digit[] = [];
  let digitFrame = 0;
  let wasSpeaking = false;

  // All three start at random, so that a stream cannot be guessed (RFC 3550, 5.1).
  const seed = randomBytes(12);
  const ssrc = seed.readUInt32BE(0);
  let sequence = seed.readUInt16BE(4);
  let timestamp = seed.readUInt32BE(8);

  function receive(bytes: Buffer, from: { address: string; port: number }): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (!isRtp(view)) {
      counters.malformed++;
      return;
    }
    let packet: RtpPacket;
    try {
      packet = new RtpPacket(view);
    } catch {
      // A header that promises more than is there: noise or an attack, not a reason to drop the call.
      counters.malformed++;
      return;
    }
    if (!isOurs(packet.getSsrc(), from)) {
      counters.foreign++;
      return;
    }
    silentForMs = 0;
    counters.received++;
    const payload = viewBytes(packet.getPayload());
    const payloadType = packet.getPayloadType();
    if (payloadType === parameters.payloadType) {
      if (parameters.mayReceive) jitter.push(packet.getTimestamp(), decodeG711(parameters.codec, payload));
    } else if (payloadType === parameters.telephoneEventPayloadType) {
      const digit = readDigit(packet.getTimestamp(), payload);
      if (digit !== undefined) onDigit(digit);
    }
  }

  /** Latches onto the first stream; another one counts only once the first has been silent for a while. */
  function isOurs(packetSsrc: number, from: { address: string; port: number }): boolean {
    const isSame = destination.address === from.address && destination.port === from.port;
    if (packetSsrc === latchedSsrc && isSame) return true;
    const mayTakeOver = latchedSsrc === undefined || silentForMs >= TAKE_OVER_AFTER_MS;
    if (!mayTakeOver && !isSame) return false;
    if (packetSsrc !== latchedSsrc) {
      jitter.reset();
      readDigit = createDigitReader();
    }
    latchedSsrc = packetSsrc;
    destination = { address: from.address, port: from.port };
    return true;
  }

  function tick(): void {
    if (parameters.maySend) {
      if (digitsToSend.length > 0) sendDigitFrame();
      else sendAudioFrame();
    }
    timestamp = (timestamp + SAMPLES_PER_FRAME) >>> 0;
    onAudio(jitter.pop());
    watchSilence();
  }

  function watchSilence(): void {
    silentForMs = parameters.mayReceive ? silentForMs + FRAME_MS : 0;
    if (silentForMs < MEDIA_TIMEOUT_MS || hasTimedOut) return;
    hasTimedOut = true;
    options.onTimeout();
  }

  function sendAudioFrame(): void {
    const hadSomething = queue.length > 0;
    const frame = queue.take(SAMPLES_PER_FRAME);
    // The marker says "a talkspurt begins here" (RFC 3551, 4.1): receivers re-adjust their buffers at it.
    send(
      parameters.payloadType,
      encodeG711(parameters.codec, frame),
      timestamp,
      hadSomething && !wasSpeaking,
    );
    wasSpeaking = hadSomething;
    if (hadSomething && queue.length === 0) onDrained();
  }

  /** One frame of the key press at the head of the list; its packets all carry the timestamp of its first. */
  function sendDigitFrame(): void {
    const payloadType = parameters.telephoneEventPayloadType;
    if (payloadType === undefined) {
      digitsToSend.length = 0;
      return;
    }
    const startedAt = (timestamp - digitFrame * SAMPLES_PER_FRAME) >>> 0;
    digitFrame++;
    if (digitFrame <= DIGIT_FRAMES) {
      const durationSamples = digitFrame * SAMPLES_PER_FRAME;
      const isEnd = digitFrame === DIGIT_FRAMES;
      const payload = encodeTelephoneEvent(digitsToSend[0]!, { isEnd, durationSamples });
      for (let copy = 0; copy < (isEnd ? DIGIT_END_PACKETS : 1); copy++) {
        send(payloadType, payload, startedAt, digitFrame === 1);
      }
    } else if (digitFrame === DIGIT_FRAMES + DIGIT_PAUSE_FRAMES) {
      digitsToSend.shift();
      digitFrame = 0;
    }
  }

  function send(payloadType: number, payload: Uint8Array, at: number, marker: boolean): void {
    const packet = new RtpPacket();
    packet.setPayloadType(payloadType);
    packet.setSequenceNumber(sequence);
    packet.setTimestamp(at);
    packet.setSsrc(ssrc);
    packet.setMarker(marker);
    packet.setPayload(new DataView(payload.buffer, payload.byteOffset, payload.byteLength));
    packet.serialize();
    sequence = (sequence + 1) & 0xffff;
    counters.sent++;
    // An unreachable port is the peer's state, not an error of ours: the media timeout decides.
    socket.send(viewBytes(packet.getView()), destination.port, destination.address, () => undefined);
  }

  socket.on("message", receive);
  socket.on("error", () => undefined);
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
    sendDigits: (digits) => digitsToSend.push(...digits),
  };
  return {
    media,
    update(next) {
      if (next.remote.address !== parameters.remote.address || next.remote.port !== parameters.remote.port) {
        destination = next.remote;
        latchedSsrc = undefined;
      }
      if (next.codec !== parameters.codec) jitter.reset();
      parameters = next;
      silentForMs = 0;
    },
    injectDigit: (digit) => onDigit(digit),
    get counters() {
      return { ...counters, lateSamples: jitter.lateSamples };
    },
    close() {
      leavePacer();
      socket.off("message", receive);
      options.release();
    },
  };
}

function viewBytes(view: DataView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}
