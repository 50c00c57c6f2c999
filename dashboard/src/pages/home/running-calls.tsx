import { Skeleton, Text } from "@mantine/core";
import { Link } from "wouter";
import type { StreamState } from "../../api/live-stream.ts";
import type { LiveCall } from "../../api/running-calls.ts";
import { statusText, statusTone, useStatusWords } from "../../components/call-status.ts";
import { RunningDuration } from "../../components/moments.tsx";
import { StatusBadge } from "../../components/status-badge.tsx";
import { useFormats } from "../../language/use-formats.ts";
import { useHomeWords } from "./home-words.ts";
import { Panel } from "./panel.tsx";
import classes from "./running-calls.module.css";

interface RunningCallsProps {
  calls: readonly LiveCall[] | undefined;
  stream: StreamState;
  className?: string | undefined;
}

/** The calls of this moment. Its height stays; more of them scroll in it. */
export function RunningCalls({ calls, stream, className }: RunningCallsProps) {
  const words = useHomeWords();
  const formats = useFormats();
  const note = stream === "lost" ? words.lost : calls && words.callsNow(formats.number(calls.length));
  return (
    <Panel title={words.now} note={note} className={className}>
      <div className={classes.calls} aria-live="polite">
        {calls === undefined ? (
          <>
            <span className="visually-hidden">{words.connecting}</span>
            <Skeleton height={44} mb={8} />
            <Skeleton height={44} />
          </>
        ) : calls.length === 0 ? (
          <Text c="dimmed">{words.noCallsNow}</Text>
        ) : (
          <ul>
            {calls.map((call) => (
              <RunningCall key={call.id} call={call} />
            ))}
          </ul>
        )}
      </div>
    </Panel>
  );
}

function RunningCall({ call }: { call: LiveCall }) {
  const words = useHomeWords();
  const statusWords = useStatusWords();
  return (
    <li>
      <Link href={`/calls/${call.id}`} className={classes.call}>
        <span className={classes.who}>
          {call.caller_phone ?? (call.direction === "web" ? words.browser : words.withheld)}
        </span>
        {/* It changes every second: not for aria-live. */}
        <span aria-hidden>
          <RunningDuration since={call.started_at ?? call.created_at} />
        </span>
        <span className={classes.quiet}>{call.agent_name ?? "–"}</span>
        <StatusBadge tone={statusTone(call.status)}>{statusText(call.status, statusWords)}</StatusBadge>
      </Link>
    </li>
  );
}
