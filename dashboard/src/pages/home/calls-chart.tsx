import { Button, Group, SegmentedControl, Skeleton, useComputedColorScheme } from "@mantine/core";
import { Suspense, useMemo, useState } from "react";
import type { Wire } from "../../api/wire.ts";
import { deferred } from "../../components/deferred.tsx";
import { useFormats } from "../../language/use-formats.ts";
import classes from "./calls-chart.module.css";
import { useHomeWords } from "./home-words.ts";

const BarChart = deferred(() => import("./bar-chart.tsx"));
// It is a page's first sight: not only once its figures are there.
void BarChart.load();

type Series = "calls" | "minutes";

/** Calls or minutes over time: bars, or the same figures as a table, for whoever cannot or would rather not see bars. */
export function CallsChart({ stats }: { stats: Wire<"Stats"> }) {
  const words = useHomeWords();
  const formats = useFormats();
  const [series, setSeries] = useState<Series>("calls");
  const scheme = useComputedColorScheme("light", { getInitialValueInEffect: false });
  const [isTable, setTable] = useState(false);
  const nameOf = (start: Date) => (stats.bucket === "hour" ? formats.time(start) : formats.day(start));
  // The same array as long as the figures are the same: a new one is a new chart.
  const points = useMemo(
    () => stats.buckets.map((bucket) => ({ start: new Date(bucket.start), value: bucket[series] })),
    [stats.buckets, series],
  );
  const what = series === "calls" ? words.callsOverTime : words.minutesOverTime;
  const total = points.reduce((sum, { value }) => sum + value, 0);
  const most = points.reduce((best, point) => (point.value > best.value ? point : best), points[0]!);

  return (
    <>
      <Group justify="space-between" mb="sm">
        <SegmentedControl
          aria-label={words.show}
          value={series}
          onChange={(value) => setSeries(value)}
          data={[
            { value: "calls", label: words.callsOverTime },
            { value: "minutes", label: words.minutesOverTime },
          ]}
        />
        <Button variant="subtle" color="gray" size="compact-sm" onClick={() => setTable(!isTable)}>
          {isTable ? words.asChart : words.asTable}
        </Button>
      </Group>
      <div className={classes.frame}>
        {isTable ? (
          <div className={classes.scroller} tabIndex={0} role="region" aria-label={what}>
            <table className={classes.table}>
              <thead>
                <tr>
                  <th scope="col">{words.time}</th>
                  <th scope="col">{words.callsOverTime}</th>
                  <th scope="col">{words.minutesOverTime}</th>
                </tr>
              </thead>
              <tbody>
                {stats.buckets.map((bucket) => (
                  <tr key={bucket.start}>
                    <th scope="row">{nameOf(new Date(bucket.start))}</th>
                    <td>{formats.number(bucket.calls)}</td>
                    <td>{formats.number(bucket.minutes)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        ) : (
          <Suspense fallback={<ChartSkeleton />}>
            <BarChart
              key={scheme}
              points={points}
              label={words.chartSummary(
                what,
                formats.number(total),
                formats.number(most.value),
                nameOf(most.start),
              )}
              nameOf={nameOf}
              textOf={formats.number}
            />
          </Suspense>
        )}
      </div>
    </>
  );
}

function ChartSkeleton() {
  const words = useHomeWords();
  return (
    <>
      <span className="visually-hidden">{words.chartLoading}</span>
      <Skeleton height={260} />
    </>
  );
}
