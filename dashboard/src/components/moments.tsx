import { useFormats } from "../language/use-formats.ts";
import { useNow } from "./clock.ts";

const AGO_EVERY_MS = 10_000;

/** How long ago; the exact time on hover, in the reader's zone. */
export function TimeAgo({ at }: { at: string }) {
  const formats = useFormats();
  const now = useNow(AGO_EVERY_MS);
  const instant = new Date(at);
  // An instant just after the last tick is not in the future.
  const from = instant > now ? instant : now;
  return (
    <time dateTime={at} title={formats.dateTime(instant)}>
      {formats.relative(instant, from)}
    </time>
  );
}

/** The exact time, in the reader's zone. `short`: without year and seconds. */
export function DateTime({ at, short = false }: { at: string; short?: boolean }) {
  const formats = useFormats();
  const instant = new Date(at);
  return (
    <time dateTime={at} title={short ? formats.dateTime(instant) : undefined}>
      {short ? formats.shortDateTime(instant) : formats.dateTime(instant)}
    </time>
  );
}

/** 1:12 */
export function Duration({ seconds }: { seconds: number | null }) {
  const formats = useFormats();
  return seconds === null ? <span aria-hidden>–</span> : <span>{formats.duration(seconds)}</span>;
}

/** 1:12, and a second later 1:13. */
export function RunningDuration({ since }: { since: string }) {
  const formats = useFormats();
  const now = useNow(1_000);
  return <span>{formats.duration((now.getTime() - Date.parse(since)) / 1_000)}</span>;
}
