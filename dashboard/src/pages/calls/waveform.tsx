import classes from "./waveform.module.css";

const HEIGHT = 100;
/** What is quieter is drawn as a line: a lane without one looks as if the recording had ended. */
const LEAST = 2;

/** One channel of a recording, as high as its lane. */
export function Waveform({ peaks }: { peaks: readonly number[] }) {
  // Voices are mostly far below full scale: the loudest moment fills the lane, and quiet calls can be seen too.
  const loudest = Math.max(0.05, ...peaks);
  const path = peaks
    .map((peak, index) => {
      const height = Math.max(LEAST, (peak / loudest) * HEIGHT * 0.9);
      return `M${index + 0.5} ${(HEIGHT - height) / 2}v${height}`;
    })
    .join("");
  return (
    <svg
      className={classes.waveform}
      viewBox={`0 0 ${Math.max(1, peaks.length)} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden
    >
      <path d={path} />
    </svg>
  );
}
