import { usageError } from "./command-error.ts";

const UNIT_MS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * `10m` (ago), or an instant such as 2026-11-24T12:00:00Z. An instant without a zone is one of this machine's.
 * @returns as the API takes it: ISO 8601 in UTC
 */
export function parseMoment(text: string, now: Date, option: string): string {
  const ago = /^(\d+)([smhd])$/.exec(text);
  if (ago) return new Date(now.getTime() - Number(ago[1]) * UNIT_MS[ago[2]!]!).toISOString();
  const at = /^\d{4}-\d\d-\d\d/.test(text) ? new Date(text) : new Date(Number.NaN);
  if (Number.isNaN(at.getTime())) {
    throw usageError(
      `${option}: ${text} is not a time.`,
      "Write how long ago (30s, 10m, 2h, 7d), or an instant such as 2026-11-24T12:00:00Z.",
    );
  }
  return at.toISOString();
}

/** The time of day on this machine's clock, to the millisecond. */
export function timeOfDay(at: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const ms = String(at.getMilliseconds()).padStart(3, "0");
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${ms}`;
}

/** With the date, for what may be of another day. */
export function dateAndTime(at: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${timeOfDay(at)}`;
}

export function formatDuration(durationMs: number): string {
  if (durationMs < 1_000) return `${Math.round(durationMs)} ms`;
  if (durationMs < 60_000) return `${(durationMs / 1_000).toFixed(1)} s`;
  const minutes = Math.floor(durationMs / 60_000);
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return `${minutes} min ${Math.floor((durationMs % 60_000) / 1_000)} s`;
  return `${hours} h ${minutes % 60} min`;
}
