import { useFormats } from "../../language/use-formats.ts";
import { useCallWords } from "./call-words.ts";
import { ticksOf, type Span, type Timeline } from "./call-timeline.ts";
import classes from "./timeline-view.module.css";
import type { Picture } from "./use-picture.ts";
import { Waveform } from "./waveform.tsx";

const LANES = ["caller", "assistant", "tools", "webhooks"] as const;

/**
 * Who spoke when, what tools took, which webhooks went out, on one axis. A click goes to that moment of the recording;
 * by keyboard the player's slider does, and the conversation below has every moment as a button.
 */
export function TimelineView(props: {
  timeline: Timeline;
  /** undefined: there is none, or not yet */
  picture: Picture | undefined;
  /** undefined: there is nothing to play */
  positionMs: number | undefined;
  onSeek: ((toMs: number) => void) | undefined;
}) {
  const { timeline, picture, positionMs, onSeek } = props;
  const words = useCallWords();
  const formats = useFormats();
  const share = (ms: number) => `${(Math.min(ms, timeline.lengthMs) / timeline.lengthMs) * 100}%`;

  return (
    <div className={classes.frame}>
      <div className={classes.names} aria-hidden>
        {LANES.map((lane) => (
          <span key={lane}>{words[lane]}</span>
        ))}
      </div>
      <div
        className={classes.lanes}
        data-seekable={onSeek !== undefined}
        onPointerDown={(event) => {
          if (!onSeek || event.button !== 0) return;
          const box = event.currentTarget.getBoundingClientRect();
          onSeek(((event.clientX - box.left) / box.width) * timeline.lengthMs);
        }}
      >
        <div className={classes.axis} aria-hidden>
          {ticksOf(timeline.lengthMs, 7).map((tickMs) => (
            <span key={tickMs} style={{ left: share(tickMs) }}>
              {formats.duration(tickMs / 1_000)}
            </span>
          ))}
        </div>
        {LANES.map((lane) => (
          <div key={lane} className={classes.lane} data-lane={lane} data-picture={picture !== undefined}>
            <ul aria-label={words[lane]}>
              {timeline[lane].map((span) => (
                <SpanView key={span.key} span={span} share={share} />
              ))}
            </ul>
            {picture && (lane === "caller" || lane === "assistant") && (
              <div
                className={classes.picture}
                style={{ left: share(picture.fromMs), width: share(picture.toMs - picture.fromMs) }}
              >
                <Waveform peaks={picture[lane]} />
              </div>
            )}
          </div>
        ))}
        {timeline.answeredMs !== undefined && (
          <div className={classes.answered} style={{ left: share(timeline.answeredMs) }} aria-hidden />
        )}
        {positionMs !== undefined && (
          <div className={classes.playhead} style={{ left: share(positionMs) }} aria-hidden />
        )}
      </div>
    </div>
  );
}

function SpanView({ span, share }: { span: Span; share: (ms: number) => string }) {
  const formats = useFormats();
  const at = formats.duration(span.fromMs / 1_000);
  return (
    <li
      className={classes.span}
      data-bad={span.isBad}
      style={{ left: share(span.fromMs), width: share(span.toMs - span.fromMs) }}
      title={`${at} ${span.label}`}
    >
      <span className="visually-hidden">{`${at} ${span.label}`}</span>
    </li>
  );
}
