import { Text } from "@mantine/core";
import type { Wire } from "../../api/wire.ts";
import { STAGES, useStageWords } from "../../components/latency-stages.ts";
import { useFormats } from "../../language/use-formats.ts";
import { useCallWords } from "./call-words.ts";
import classes from "./latency.module.css";

/**
 * How long the caller waited for each answer, stacked by what for; a table, of which the bar is one column. A shade each,
 * because they are parts of one thing.
 */
export function Latency({ turns }: { turns: Wire<"CallTrace">["turns"] }) {
  const words = useCallWords();
  const stages = useStageWords();
  const formats = useFormats();
  const longestMs = Math.max(...turns.map(({ total_ms: totalMs }) => totalMs), 1);
  return (
    <>
      <Text c="dimmed" mb="md" maw="68ch">
        {words.latencyHelp}
      </Text>
      <ul className={classes.legend} aria-hidden>
        {STAGES.map((stage) => (
          <li key={stage} data-stage={stage}>
            {stages[stage]}
          </li>
        ))}
      </ul>
      <div className={classes.scroller} tabIndex={0} role="region" aria-label={words.latency}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{words.turnAt}</th>
              <th scope="col" className={classes.barColumn}>
                <span className="visually-hidden">{words.latency}</span>
              </th>
              {STAGES.map((stage) => (
                <th key={stage} scope="col">
                  {stages[stage]}
                </th>
              ))}
              <th scope="col">{stages.total_ms}</th>
            </tr>
          </thead>
          <tbody>
            {turns.map((turn, index) => (
              <tr key={turn.offset_ms}>
                <th scope="row">{formats.duration(turn.offset_ms / 1_000)}</th>
                <td aria-hidden>
                  <div className={classes.bar} title={words.turn(index + 1)}>
                    {STAGES.map((stage) => (
                      <span
                        key={stage}
                        data-stage={stage}
                        style={{ width: `${(turn.stages[stage] / longestMs) * 100}%` }}
                      />
                    ))}
                  </div>
                </td>
                {STAGES.map((stage) => (
                  <td key={stage} data-none={turn.stages[stage] < 1}>
                    {formats.milliseconds(turn.stages[stage])}
                  </td>
                ))}
                <td>
                  <b>{formats.milliseconds(turn.total_ms)}</b>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
