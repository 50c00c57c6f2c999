import { SAMPLES_PER_FRAME, type Digit } from "../carrier.ts";

/**
 * Keypad digits in RTP, RFC 4733:
 *
 *   0                   1                   2                   3
 *   |     event     |E|R| volume    |          duration             |
 */
const DIGITS: readonly Digit[] = [
  "0",
  "1",
  "2",
  "3",
  "4",
  "5",
  "6",
  "7",
  "8",
  "9",
  "*",
  "#",
  "A",
  "B",
  "C",
  "D",
];

export function isDigit(text: string): text is Digit {
  return DIGITS.some((digit) => digit === text);
}

const VOLUME_DBM0 = 10;
const LONGEST_DURATION = 0xffff;

export function encodeTelephoneEvent(
  digit: Digit,
  options: { isEnd: boolean; durationSamples: number },
): Uint8Array {
  const payload = new Uint8Array(4);
  payload[0] = DIGITS.indexOf(digit);
  payload[1] = (options.isEnd ? 0x80 : 0) | VOLUME_DBM0;
  payload[2] = options.durationSamples >> 8;
  payload[3] = options.durationSamples & 0xff;
  return payload;
}

/**
 * Reads digits out of event packets, each once: all packets of one key press carry the same timestamp (2.5.1.2), so
 * the first of them counts, also when the end packets are lost. A packet of an earlier press that comes late is not
 * another press, and neither is the next segment of a long one (2.5.1.3: it starts where 65,535 samples end). Events
 * that are no digits (flash, tones) are ignored.
 */
export function createDigitReader(): (timestamp: number, payload: Uint8Array) => Digit | undefined {
  let startedAt: number | undefined;
  let event: number | undefined;
  return (timestamp, payload) => {
    if (payload.length < 4) return undefined;
    if (startedAt !== undefined) {
      const later = (timestamp - startedAt) | 0;
      // Half a minute back is not late but a sender whose timestamps have started over.
      if (later <= 0 && later > -30 * 8_000) return undefined;
      if (later === LONGEST_DURATION && payload[0] === event) {
        startedAt = timestamp;
        return undefined;
      }
    }
    startedAt = timestamp;
    event = payload[0];
    return DIGITS[payload[0]!];
  };
}

const PRESS_FRAMES = 8;
const PAUSE_FRAMES = 3;
/** RFC 4733, 2.5.1.4: the last packet of an event is sent three times */
const END_PACKETS = 3;

export interface DigitFrame {
  /** undefined: the pause after a press; no packet, no audio */
  payload: Uint8Array | undefined;
  /** how many times the packet goes out */
  copies: number;
  /** how far back the press began: all its packets carry that timestamp */
  startedSamplesAgo: number;
  isFirst: boolean;
}

/** Presses keys one after the other: 160 ms each, 60 ms between them. */
export interface DigitSender {
  add(digits: readonly Digit[]): void;
  clear(): void;
  /**
   * @param durationRatio  of the event's clock to ours: durations are told in its units (RFC 4733, 2.2)
   * @returns undefined when there is no digit to send
   */
  nextFrame(durationRatio?: number): DigitFrame | undefined;
}

export function createDigitSender(): DigitSender {
  const waiting: Digit[] = [];
  let frame = 0;
  return {
    add: (digits) => waiting.push(...digits),
    clear() {
      waiting.length = 0;
      frame = 0;
    },
    nextFrame(durationRatio = 1) {
      const digit = waiting[0];
      if (digit === undefined) return undefined;
      const startedSamplesAgo = frame * SAMPLES_PER_FRAME;
      frame++;
      if (frame > PRESS_FRAMES) {
        if (frame === PRESS_FRAMES + PAUSE_FRAMES) {
          waiting.shift();
          frame = 0;
        }
        return { payload: undefined, copies: 0, startedSamplesAgo, isFirst: false };
      }
      const isEnd = frame === PRESS_FRAMES;
      const durationSamples = frame * SAMPLES_PER_FRAME * durationRatio;
      const payload = encodeTelephoneEvent(digit, { isEnd, durationSamples });
      return { payload, copies: isEnd ? END_PACKETS : 1, startedSamplesAgo, isFirst: frame === 1 };
    },
  };
}
