import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { JsonView } from "../../components/json-view.tsx";
import { useFormats } from "../../language/use-formats.ts";
import { endReasonText, useEndReasonWords } from "../../components/call-status.ts";
import type { Activity } from "./call-timeline.ts";
import { useCallWords } from "./call-words.ts";
import classes from "./conversation.module.css";

/** What was said and done, in order. Moments are buttons where there is a recording to go to. */
export function Conversation(props: {
  activities: readonly Activity[];
  onSeek: ((toMs: number) => void) | undefined;
}) {
  return (
    <ol className={classes.list}>
      {props.activities.map((activity) => {
        // A result is shown with its call; what was typed is the message that follows.
        if (activity.type === "tool-result" || isReadTyping(activity)) return null;
        const fromMs = activity.type === "message" ? activity.speech_offset_ms : null;
        return (
          <li key={activity.sequence} className={classes.moment} data-type={activity.type}>
            <Moment atMs={fromMs ?? activity.offset_ms} onSeek={props.onSeek} />
            <ActivityView activity={activity} all={props.activities} />
          </li>
        );
      })}
    </ol>
  );
}

function isReadTyping(activity: Activity): boolean {
  return activity.type === "typed" && activity.outcome === "taken";
}

function Moment({ atMs, onSeek }: { atMs: number; onSeek: ((toMs: number) => void) | undefined }) {
  const words = useCallWords();
  const formats = useFormats();
  const text = formats.duration(atMs / 1_000);
  if (!onSeek) return <span className={classes.time}>{text}</span>;
  return (
    <button type="button" className={classes.time} aria-label={words.goTo(text)} onClick={() => onSeek(atMs)}>
      {text}
    </button>
  );
}

function ActivityView({ activity, all }: { activity: Activity; all: readonly Activity[] }) {
  const words = useCallWords();
  const formats = useFormats();
  const reasons = useEndReasonWords();
  switch (activity.type) {
    case "message":
      return (
        <div className={classes.message} data-role={activity.role}>
          <span className={classes.speaker}>{activity.role === "user" ? words.caller : words.assistant}</span>
          {activity.content ?? <Forgotten />}
        </div>
      );
    case "tool-call":
      return <ToolCall call={activity} all={all} />;
    case "decided":
      return <Note>{words.decided(activity.mode, formats.milliseconds(activity.duration_ms))}</Note>;
    case "node":
      return <Note>{words.node(activity.node_id)}</Note>;
    case "digit":
      return <Note>{words.digit(activity.digit ?? "…")}</Note>;
    case "typed":
      return <Note>{words.typed(activity.outcome)}</Note>;
    case "consent":
      return <Note>{words.consent(activity.outcome)}</Note>;
    case "transfer":
      return (
        <Note>
          {activity.outcome === "transferred"
            ? words.transferred(activity.destination ?? "…")
            : words.transferFailed(activity.reason ?? "…")}
        </Note>
      );
    case "analysed":
      return (
        <Note>
          {activity.outcome === "made"
            ? words.analysed(formats.milliseconds(activity.duration_ms))
            : words.notAnalysed(activity.reason ?? "…")}
        </Note>
      );
    case "ended":
      return <Note>{words.endedBecause(endReasonText(activity.end_reason, reasons))}</Note>;
    case "tool-result":
      return null;
    case "dialing":
    case "ringing":
    case "joined":
    case "answered":
    case "interrupted":
    case "reported":
      return <Note>{words[activity.type]}</Note>;
  }
}

function ToolCall({
  call,
  all,
}: {
  call: Extract<Activity, { type: "tool-call" }>;
  all: readonly Activity[];
}) {
  const words = useCallWords();
  const formats = useFormats();
  const result = all.find(
    (other): other is Extract<Activity, { type: "tool-result" }> =>
      other.type === "tool-result" && other.tool_call_id === call.tool_call_id,
  );
  return (
    <details className={classes.tool}>
      <summary>
        <span className={classes.name}>{call.name}</span>
        {result && (
          <span className={result.outcome === "error" ? classes.bad : classes.quiet}>
            {result.outcome === "error" && `${words.toolFailed} · `}
            {formats.milliseconds(result.duration_ms)}
          </span>
        )}
      </summary>
      <Text size="sm" c="dimmed" mt="xs">
        {words.arguments}
      </Text>
      {call.arguments === null ? <Forgotten /> : <JsonView value={call.arguments} label={words.arguments} />}
      {result && (
        <>
          <Text size="sm" c="dimmed" mt="xs">
            {words.result}
          </Text>
          {result.value === null ? <Forgotten /> : <JsonView value={result.value} label={words.result} />}
        </>
      )}
    </details>
  );
}

function Note({ children }: { children: ReactNode }) {
  return <span className={classes.note}>{children}</span>;
}

/** In GDPR mode, or past the retention of content. */
function Forgotten() {
  const words = useCallWords();
  return <em className={classes.quiet}>{words.forgotten}</em>;
}
