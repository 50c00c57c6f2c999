import { SegmentedControl, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "wouter";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import { useRunningCalls } from "../../api/running-calls.ts";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { CallsChart } from "./calls-chart.tsx";
import { Figures } from "./figures.tsx";
import { FirstSteps } from "./first-steps.tsx";
import classes from "./home-page.module.css";
import { useHomeWords } from "./home-words.ts";
import { LatencyTable } from "./latency-table.tsx";
import { PERIODS, periodNamed, type PeriodName } from "./period.ts";
import { RunningCalls } from "./running-calls.tsx";
import { WebhookHealth } from "./webhook-health.tsx";

const REFRESH_MS = 60_000;

/** What is happening, and how it has been going. */
export default function HomePage() {
  const words = useHomeWords();
  const [search, setSearch] = useSearchParams();
  const period = periodNamed(search.get("period"));
  const running = useRunningCalls();
  const stats = useStats(period);
  const hasCalls = useHasCalls(stats.data?.totals.calls);

  const chosen = (
    <SegmentedControl
      aria-label={words.period}
      value={period}
      onChange={(name) => setSearch({ period: name }, { replace: true })}
      data={(Object.keys(PERIODS) as PeriodName[]).map((name) => ({ value: name, label: words[name] }))}
    />
  );
  const isNew = hasCalls === false && running.calls?.length === 0;
  return (
    <>
      <PageHeader title={words.title} actions={!isNew && chosen} />
      {isNew ? (
        <FirstSteps />
      ) : stats.error && !stats.data ? (
        <ErrorNotice error={stats.error} onRetry={() => void stats.refetch()} />
      ) : (
        <div className={classes.grid}>
          <Figures stats={stats.data} className={classes.whole} />
          <section className={classes.wide}>
            {stats.data ? <CallsChart stats={stats.data} /> : <Skeleton height={310} />}
          </section>
          <RunningCalls calls={running.calls} stream={running.stream} className={classes.narrow} />
          <LatencyTable latency={stats.data?.latency} className={classes.wide} />
          <WebhookHealth stats={stats.data} className={classes.narrow} />
        </div>
      )}
    </>
  );
}

function useStats(period: PeriodName) {
  return useQuery({
    queryKey: ["stats", period],
    queryFn: async ({ signal }) => {
      const { lengthMs, bucket } = PERIODS[period];
      const query = {
        from: new Date(Date.now() - lengthMs).toISOString(),
        bucket,
        time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      };
      return (await need(api.GET("/api/v1/stats", { params: { query }, signal }))).stats;
    },
    // The figures of the period before stay until the next ones are there: nothing jumps.
    placeholderData: (before) => before,
    refetchInterval: REFRESH_MS,
  });
}

/** Ever. @returns undefined: not known yet */
function useHasCalls(callsInPeriod: number | undefined): boolean | undefined {
  const { data } = useQuery({
    queryKey: ["any-call"],
    queryFn: async ({ signal }) => {
      const query = { limit: 1, messages: "false" } as const;
      return (await need(api.GET("/api/v1/calls", { params: { query }, signal }))).pagination.total > 0;
    },
    enabled: callsInPeriod === 0,
  });
  return callsInPeriod === undefined ? undefined : callsInPeriod > 0 || data;
}
