import type { Wire } from "../api/wire.ts";
import { useEventStateWords } from "./event-state-words.ts";
import { StatusBadge, type Tone } from "./status-badge.tsx";

/** An event of the list, or of a call's trace. */
type Stateful = Pick<Wire<"WebhookEvent">, "state" | "attempt_count">;

const TONES: Record<Stateful["state"], Tone> = {
  pending: "neutral",
  "in-flight": "live",
  delivered: "good",
  exhausted: "bad",
  cancelled: "neutral",
  failed: "bad",
  skipped: "neutral",
};

/** One that was tried in vain is told from one whose turn has not come. */
export function EventState({ event: { state, attempt_count: attempts } }: { event: Stateful }) {
  const words = useEventStateWords();
  if (state === "pending" && attempts > 0) return <StatusBadge tone="warn">{words.retrying}</StatusBadge>;
  return <StatusBadge tone={TONES[state]}>{words[state]}</StatusBadge>;
}
