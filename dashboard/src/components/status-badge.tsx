import classes from "./status-badge.module.css";

export type Tone = "good" | "bad" | "warn" | "live" | "neutral";

/** A dot and a word: colour is never the only sign. */
export function StatusBadge({ tone, children }: { tone: Tone; children: string }) {
  return (
    <span className={classes.badge} data-tone={tone}>
      <span className={classes.text}>{children}</span>
    </span>
  );
}
