import { Text, Title } from "@mantine/core";
import { useEffect, useState } from "react";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import { useLiveStream } from "../../api/live-stream.ts";
import { JsonView } from "../../components/json-view.tsx";
import { StatusBadge } from "../../components/status-badge.tsx";
import { useFormats } from "../../language/use-formats.ts";
import {
  NOTHING_BEHIND,
  withActivity,
  withAttempt,
  withRouting,
  withWebhook,
  type Behind,
} from "./behind.ts";
import classes from "./playground.module.css";
import { usePlaygroundWords } from "./playground-words.ts";

/** The report is sent after the call, and answered when its receiver likes. */
const AFTER_THE_CALL_MS = 15_000;

/**
 * Tools and webhooks of a running call, as they happen.
 *
 * @param onOver  the call is over, and its transcript whole
 */
export function BehindTheCall({ callId, onOver }: { callId: string; onOver: () => void }) {
  const words = usePlaygroundWords();
  const [behind, setBehind] = useState(NOTHING_BEHIND);
  const [isWhole, setWhole] = useState(false);
  const { isOver } = behind;

  useEffect(() => {
    if (!isOver) return;
    const timer = window.setTimeout(() => setWhole(true), AFTER_THE_CALL_MS);
    return () => window.clearTimeout(timer);
  }, [isOver]);

  useLiveStream(isOver ? undefined : `/api/v1/calls/${callId}/stream`, {
    events: ["activity", "end"],
    onEvent: (name, data) => {
      setBehind((before) => (name === "end" ? { ...before, isOver: true } : withActivity(before, data)));
      if (name === "end") onOver();
    },
  });

  const lookWhereTo = async (id: string) => {
    const { webhook_event: event } = await need(
      api.GET("/api/v1/webhook-events/{id}", { params: { path: { id } } }),
    );
    setBehind((before) => withRouting(before, event));
  };
  // The call was opened a moment before this listens.
  const [since] = useState(() => new Date(Date.now() - 10_000).toISOString());
  const query = new URLSearchParams({ call_id: callId, since, attempts: "true" });
  useLiveStream(isWhole ? undefined : `/api/v1/webhook-events/stream?${query}`, {
    events: ["webhook", "attempt"],
    onEvent: (name, data) => {
      setBehind((before) => (name === "webhook" ? withWebhook(before, data) : withAttempt(before, data)));
      // What is not known then is shown as waiting, and the event's own page tells it.
      if (name === "webhook") lookWhereTo((data as { id: string }).id).catch(() => undefined);
    },
  });

  return (
    <section className={classes.pane} aria-label={words.behind}>
      <Title order={2}>{words.behind}</Title>
      <Text size="sm" c="dimmed" mb="sm">
        {behind.entries.length === 0 ? words.nothingBehind : words.behindHelp}
      </Text>
      <ol className={classes.entries} aria-live="polite">
        {behind.entries.map((entry) => (
          <li key={entry.id}>
            <Entry entry={entry} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Entry({ entry }: { entry: Behind }) {
  const words = usePlaygroundWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <details className={classes.entry} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span className={classes.kind}>{entry.kind === "tool" ? words.tool : words.webhook}</span>
        <span className={classes.name}>{entry.name}</span>
        <State state={entry.state} isTool={entry.kind === "tool"} />
      </summary>
      {isOpen && (
        <JsonView label={entry.kind === "tool" ? words.arguments : words.sent} value={entry.asked} />
      )}
      {isOpen && "answer" in entry.state && entry.state.answer !== undefined && (
        <JsonView label={words.result} value={entry.state.answer} />
      )}
    </details>
  );
}

function State({ state, isTool }: { state: Behind["state"]; isTool: boolean }) {
  const words = usePlaygroundWords();
  const formats = useFormats();
  if (state.kind === "waiting") {
    return <StatusBadge tone="neutral">{isTool ? words.running : words.waiting}</StatusBadge>;
  }
  if (state.kind === "unsent") return <StatusBadge tone="neutral">{words.unsent(state.reason)}</StatusBadge>;
  const time = formats.milliseconds(state.durationMs);
  if (state.kind === "failed") {
    return (
      <StatusBadge tone="bad">{words.failed(isTool ? words.failedTool : state.outcome, time)}</StatusBadge>
    );
  }
  return <StatusBadge tone="good">{isTool ? time : words.answered(state.outcome, time)}</StatusBadge>;
}
