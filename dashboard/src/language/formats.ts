/** Times are shown in the reader's zone: Intl takes the browser's when none is named. */
export interface Formats {
  /** 26 Nov 2026, 14:03:09 */
  dateTime(instant: Date): string;
  /** 26 Nov, 14:03 */
  shortDateTime(instant: Date): string;
  /** 14:03 */
  time(instant: Date): string;
  /** 26 Nov */
  day(instant: Date): string;
  /** 3 minutes ago */
  relative(instant: Date, now: Date): string;
  number(value: number): string;
  /** 0.983 → 98.3% */
  percent(share: number): string;
  /** 72 → 1:12; an hour and more: 1:02:03 */
  duration(seconds: number): string;
  /** 842 → 842 ms; 2140 → 2.14 s */
  milliseconds(value: number): string;
}

const RELATIVE_STEPS = [
  { unit: "second", seconds: 1, below: 60 },
  { unit: "minute", seconds: 60, below: 3_600 },
  { unit: "hour", seconds: 3_600, below: 86_400 },
  { unit: "day", seconds: 86_400, below: Infinity },
] as const;

export function formatsFor(locale: string): Formats {
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "medium" });
  const shortDateTime = new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  });
  const time = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
  const day = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  const wholeNumber = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const twoPlaces = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  return {
    dateTime: (instant) => dateTime.format(instant),
    shortDateTime: (instant) => shortDateTime.format(instant),
    time: (instant) => time.format(instant),
    day: (instant) => day.format(instant),
    relative: (instant, now) => {
      const seconds = Math.round((instant.getTime() - now.getTime()) / 1_000);
      const step = RELATIVE_STEPS.find(({ below }) => Math.abs(seconds) < below) ?? RELATIVE_STEPS[3];
      return relative.format(Math.trunc(seconds / step.seconds), step.unit);
    },
    number: (value) => number.format(value),
    percent: (share) => percent.format(share),
    duration: durationText,
    milliseconds: (value) =>
      Math.abs(value) < 1_000 ? `${wholeNumber.format(value)} ms` : `${twoPlaces.format(value / 1_000)} s`,
  };
}

function durationText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const hours = Math.floor(whole / 3_600);
  const minutes = Math.floor((whole % 3_600) / 60);
  const rest = String(whole % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}
