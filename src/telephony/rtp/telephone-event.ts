import type { Digit } from "../carrier.ts";

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
const VOLUME_DBM0 = 10;

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
 * the first of them counts, also when the end packets are lost. Events that are no digits (flash, tones) are ignored.
 */
export function createDigitReader(): (timestamp: number, payload: Uint8Array) => Digit | undefined {
  let lastTimestamp: number | undefined;
  return (timestamp, payload) => {
    if (payload.length < 4 || timestamp === lastTimestamp) return undefined;
    lastTimestamp = timestamp;
    return DIGITS[payload[0]!];
  };
}
