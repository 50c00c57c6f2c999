const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATE_TIME = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/**
 * Reads an ISO 8601 date-time with its zone, or a date alone, which stands for the whole of that day in UTC: its first
 * instant as the start of a period, its last as the end. A time without a zone is not taken, because it would mean
 * another instant on every server. Pure.
 */
export function readInstant(text: string, side: "start" | "end"): Date | undefined {
  const isDay = DATE.test(text);
  const day = isDay ? text : DATE_TIME.exec(text)?.[1];
  if (day === undefined || !isCalendarDay(day)) return undefined;
  const instant = new Date(isDay && side === "end" ? `${text}T23:59:59.999Z` : text);
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}

/** `new Date` takes the 31st of February for a day in March. */
function isCalendarDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}
