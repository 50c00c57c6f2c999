import { useEffect, useEffectEvent, useRef, useState } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import classes from "./bar-chart.module.css";

interface Point {
  start: Date;
  value: number;
}

interface BarChartProps {
  points: readonly Point[];
  /** what the picture shows, for those who do not see it */
  label: string;
  nameOf: (start: Date) => string;
  textOf: (value: number) => string;
}

const HEIGHT_PX = 260;

/** One row of bars; the one under the pointer is named above. Its colours are those of the moment it is made: `key` it by the scheme. */
export default function BarChart({ points, label, nameOf, textOf }: BarChartProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [pointed, setPointed] = useState<number | undefined>();
  const name = useEffectEvent((index: number) => (points[index] ? nameOf(points[index].start) : ""));
  const text = useEffectEvent((value: number) => textOf(value));

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const style = getComputedStyle(element);
    const colour = (variable: string) => style.getPropertyValue(variable).trim();
    const axis = {
      stroke: colour("--mantine-color-dimmed"),
      font: `11px ${style.fontFamily}`,
      ticks: { show: false },
    };
    const chart = new uPlot(
      {
        width: element.clientWidth,
        height: HEIGHT_PX,
        padding: [24, 0, 0, 0],
        legend: { show: false },
        cursor: { y: false, points: { show: false }, drag: { setScale: false, x: false, y: false } },
        scales: {
          // Places, not instants: days have 23 to 25 hours, and a bar is as broad as the next.
          x: { time: false, range: (_chart, from, to) => [from - 0.6, to + 0.6] },
          y: { range: (_chart, _from, to) => [0, Math.max(1, to * 1.05)] },
        },
        axes: [
          {
            ...axis,
            grid: { show: false },
            splits: (_chart, _axis, from, to) => whole(from, to),
            values: (_chart, splits) => splits.map((split) => name(split)),
            space: 60,
          },
          {
            ...axis,
            grid: { stroke: colour("--line"), width: 1 },
            values: (_chart, splits) => splits.map((split) => (Number.isInteger(split) ? text(split) : "")),
            size: 44,
          },
        ],
        series: [
          {},
          {
            fill: colour("--mantine-primary-color-filled"),
            width: 0,
            paths: uPlot.paths.bars!({ size: [0.7, 44], radius: 0.12 }),
            points: { show: false },
          },
        ],
        hooks: { setCursor: [(shown) => setPointed(shown.cursor.idx ?? undefined)] },
      },
      [points.map((_point, index) => index), points.map(({ value }) => value)],
      element,
    );
    const observer = new ResizeObserver(() =>
      chart.setSize({ width: element.clientWidth, height: HEIGHT_PX }),
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
      chart.destroy();
    };
  }, [points]);

  const point = pointed === undefined ? undefined : points[pointed];
  return (
    <div className={classes.frame}>
      <div ref={frame} role="img" aria-label={label} />
      <div className={classes.pointed} aria-hidden>
        {point && `${nameOf(point.start)}: ${textOf(point.value)}`}
      </div>
    </div>
  );
}

/** As many whole places as there is room for names. */
function whole(from: number, to: number): number[] {
  const count = Math.floor(to) - Math.ceil(from) + 1;
  const step = Math.max(1, Math.ceil(count / 8));
  return Array.from({ length: Math.ceil(count / step) }, (_, index) => Math.ceil(from) + index * step);
}
