import type { Wire } from "../../api/wire.ts";
import { StatusBadge, type Tone } from "../../components/status-badge.tsx";
import type { EventStateName } from "./event-kinds.ts";
import { useWebhooksWords } from "./webhooks-words.ts";

const TONES: Record<EventStateName, Tone> = {
  pending: "warn",
  "in-flight": "live",
  delivered: "good",
  exhausted: "bad",
  cancelled: "neutral",
  failed: "bad",
  skipped: "neutral",
};

type Stateful = Pick<Wire<"WebhookEvent">, "state" | "attempt_count">;

/** One that was tried in vain is told from one whose turn has not come. */
export function EventState({ event: { state, attempt_count: attempts } }: { event: Stateful }) {
  const words = useWebhooksWords();
  if (state === "pending") {
    return attempts === 0 ? (
      <StatusBadge tone="neutral">{words.pending}</StatusBadge>
    ) : (
      <StatusBadge tone="warn">{words.retrying}</StatusBadge>
    );
  }
  return <StatusBadge tone={TONES[state]}>{words[state]}</StatusBadge>;
}
