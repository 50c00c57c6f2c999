import { Skeleton } from "@mantine/core";
import type { Wire } from "../../api/wire.ts";
import { useFormats } from "../../language/use-formats.ts";
import classes from "./figures.module.css";
import { useHomeWords } from "./home-words.ts";

/** Four figures of the period. */
export function Figures({
  stats,
  className,
}: {
  stats: Wire<"Stats"> | undefined;
  className?: string | undefined;
}) {
  const words = useHomeWords();
  const formats = useFormats();
  const totals = stats?.totals;
  const median = stats?.latency?.total_ms.p50;
  const figures = [
    [words.calls, totals && formats.number(totals.calls)],
    [words.minutes, totals && formats.number(totals.minutes)],
    [words.failed, totals && formats.number(totals.by_outcome.failed)],
    [words.response, stats && (median === undefined ? words.noTurns : formats.milliseconds(median))],
  ] as const;
  return (
    <dl className={`${classes.figures} ${className ?? ""}`}>
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value ?? <Skeleton height={24} width={72} />}</dd>
        </div>
      ))}
    </dl>
  );
}
