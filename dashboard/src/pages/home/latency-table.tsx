import { Skeleton, Text } from "@mantine/core";
import type { Wire } from "../../api/wire.ts";
import { STAGES, useStageWords } from "../../components/latency-stages.ts";
import { useFormats } from "../../language/use-formats.ts";
import { useHomeWords } from "./home-words.ts";
import classes from "./latency-table.module.css";
import { Panel } from "./panel.tsx";

const ROWS = ["total_ms", ...STAGES] as const;
const PERCENTILES = ["p50", "p90", "p99"] as const;

/** How long callers waited for answers, and for what. @param latency  undefined: not known yet; null: no turn */
export function LatencyTable(props: {
  latency: Wire<"Stats">["latency"] | undefined;
  className?: string | undefined;
}) {
  const { latency } = props;
  const words = useHomeWords();
  const stages = useStageWords();
  const formats = useFormats();
  const note = latency && (latency.is_sampled ? words.sampled : words.turns)(formats.number(latency.turns));
  return (
    <Panel title={words.latency} note={note} className={props.className}>
      {latency === undefined ? (
        <Skeleton height={300} />
      ) : latency === null ? (
        <Text c="dimmed">{words.latencyNone}</Text>
      ) : (
        <table className={classes.table}>
          <caption className="visually-hidden">{words.latencyHelp}</caption>
          <thead>
            <tr>
              <th scope="col">{words.stage}</th>
              <th scope="col" className={classes.barColumn}>
                <span className="visually-hidden">{words.latency}</span>
              </th>
              {PERCENTILES.map((percentile) => (
                <th key={percentile} scope="col">
                  {percentile}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {ROWS.map((stage) => (
              <tr key={stage} data-total={stage === "total_ms"}>
                <th scope="row">{stages[stage]}</th>
                <td aria-hidden className={classes.barColumn}>
                  <div
                    className={classes.bar}
                    style={{ width: `${(latency[stage].p50 / Math.max(1, latency.total_ms.p50)) * 100}%` }}
                  />
                </td>
                {PERCENTILES.map((percentile) => (
                  <td key={percentile}>{formats.milliseconds(latency[stage][percentile])}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
