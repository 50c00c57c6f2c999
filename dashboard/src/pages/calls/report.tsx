import { Text, Title } from "@mantine/core";
import type { Wire } from "../../api/wire.ts";
import { Facts } from "../../components/facts.tsx";
import { JsonView } from "../../components/json-view.tsx";
import { DateTime, Duration } from "../../components/moments.tsx";
import { endReasonText, useEndReasonWords } from "../../components/call-status.ts";
import { useCallWords } from "./call-words.ts";
import classes from "./report.module.css";

/** What the end-of-call-report says. */
export function Report({ call }: { call: Wire<"Call"> }) {
  const words = useCallWords();
  const reasons = useEndReasonWords();
  return (
    <div className={classes.sections}>
      <section>
        <Title order={2}>{words.summary}</Title>
        <Text {...(call.summary === null && { c: "dimmed" })} maw="68ch">
          {call.summary ?? words.noSummary}
        </Text>
      </section>
      <section>
        <Title order={2}>{words.analysis}</Title>
        {call.analysis_result === null ? (
          <Text c="dimmed">{words.noAnalysis}</Text>
        ) : (
          <JsonView value={call.analysis_result} label={words.analysis} />
        )}
      </section>
      <section>
        <Title order={2}>{words.facts}</Title>
        <Facts
          facts={[
            [words.number, call.assistant_phone ?? "–"],
            [
              words.started,
              call.started_at === null ? words.noAnswer : <DateTime key="started" at={call.started_at} />,
            ],
            [words.ended, call.ended_at === null ? "–" : <DateTime key="ended" at={call.ended_at} />],
            [words.duration, <Duration key="duration" seconds={call.duration_seconds} />],
            [words.endReason, call.end_reason === null ? "–" : endReasonText(call.end_reason, reasons)],
            ...(call.error === null ? [] : [[words.error, call.error] as const]),
          ]}
        />
      </section>
      <section>
        <Title order={2}>{words.raw}</Title>
        <JsonView value={call} label={words.raw} />
      </section>
    </div>
  );
}
