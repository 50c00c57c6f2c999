const HOUR_MS = 3_600_000;

/** Which stretch of time the figures are of; in the URL, so that it can be shared. */
export const PERIODS = {
  "24h": { lengthMs: 24 * HOUR_MS, bucket: "hour" },
  "7d": { lengthMs: 7 * 24 * HOUR_MS, bucket: "day" },
  "30d": { lengthMs: 30 * 24 * HOUR_MS, bucket: "day" },
} as const;

export type PeriodName = keyof typeof PERIODS;

export function periodNamed(name: string | null): PeriodName {
  return name !== null && name in PERIODS ? (name as PeriodName) : "7d";
}
