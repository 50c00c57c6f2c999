import { useFormats } from "../../language/use-formats.ts";
import type { Wire } from "../../api/wire.ts";
import { useAttemptWords } from "./attempt-words.ts";
import { timingParts } from "./timing.ts";
import classes from "./timing-bar.module.css";

/** Where the time went. The legend says it in figures; the bar is for the eye. */
export function TimingBar({ timings }: { timings: Wire<"WebhookAttempt">["timings"] }) {
  const words = useAttemptWords();
  const formats = useFormats();
  const parts = timingParts(timings);
  return (
    <div className={classes.timing}>
      <div className={classes.bar} aria-hidden>
        {parts.map(({ phase, share }) => (
          <span key={phase} data-phase={phase} style={{ flexGrow: share }} />
        ))}
      </div>
      <dl className={classes.legend}>
        {parts.map(({ phase, ms }) => (
          <div key={phase} data-phase={phase}>
            <dt>{words[phase]}</dt>
            <dd>{formats.milliseconds(ms)}</dd>
          </div>
        ))}
        <div>
          <dt>{words.total}</dt>
          <dd>{formats.milliseconds(timings.total_ms ?? 0)}</dd>
        </div>
      </dl>
    </div>
  );
}
