import { useEffect, useEffectEvent, useRef } from "react";
import classes from "./playground.module.css";

/** Drawn by the browser's frames, past React: sixty renders a second would be felt. */
export function LevelMeter({ label, level }: { label: string; level: () => number }) {
  const bar = useRef<HTMLSpanElement>(null);
  const read = useEffectEvent(level);
  useEffect(() => {
    let frame = 0;
    const draw = () => {
      if (bar.current) bar.current.style.transform = `scaleX(${Math.min(1, read() * 1.6).toFixed(3)})`;
      frame = requestAnimationFrame(draw);
    };
    draw();
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <span className={classes.meter} role="img" aria-label={label}>
      <span ref={bar} />
    </span>
  );
}
