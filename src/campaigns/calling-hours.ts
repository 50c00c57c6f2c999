/** When a campaign may call: daily, in its own time zone (facts 7.3). Times are `HH:MM:SS`. */
export interface CallingHours {
  start: string;
  end: string;
  /** IANA */
  timezone: string;
}

/** A time zone that this machine knows; fixed offsets such as `+02:00` are not names of zones. */
export function isTimeZone(text: string): boolean {
  if (!/^[A-Za-z]/.test(text)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: text }).resolvedOptions().timeZone !== "";
  } catch {
    // What it throws says no more than that.
    return false;
  }
}

/**
 * Whether a call may be placed now. Pure. The end is not included. A window whose end is before its start goes over
 * midnight; equal ends mean the whole day. By the wall clock: on the day that clocks change it is an hour longer or
 * shorter, as people's own days are.
 */
export function mayCallAt(now: Date, { start, end, timezone }: CallingHours): boolean {
  const time = wallClock(now, timezone);
  if (start === end) return true;
  return start < end ? time >= start && time < end : time >= start || time < end;
}

function wallClock(now: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  }).format(now);
}
