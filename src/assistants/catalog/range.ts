import { clampedNumber, numberFrom, wholeNumberFrom } from "../../http/fields.ts";

/** A numeric setting: what it may be, and what it is when it is not given. */
export interface Range {
  min: number;
  max: number;
  default?: number;
  integer?: true;
  /** out of range is moved into it, not refused */
  clamped?: true;
  unit?: "seconds" | "milliseconds" | "tokens" | "words" | "attempts";
}

/** The field that reads it. */
export function inRange({ min, max, integer, clamped }: Range) {
  if (clamped) return clampedNumber(min, max);
  return integer ? wholeNumberFrom(min, max) : numberFrom(min, max);
}
