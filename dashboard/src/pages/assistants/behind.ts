// What happens behind a running call, gathered from its two streams. Pure.

export type BehindState =
  | { kind: "waiting" }
  /** nobody is to get it, and why */
  | { kind: "unsent"; reason: string }
  | { kind: "done" | "failed"; outcome: string; durationMs: number; answer?: unknown };

export interface Behind {
  id: string;
  kind: "tool" | "webhook";
  name: string;
  /** a tool's arguments; a webhook's body */
  asked: unknown;
  state: BehindState;
}

export interface BehindTheCallState {
  entries: readonly Behind[];
  /** nothing more is said or done in the call */
  isOver: boolean;
}

export const NOTHING_BEHIND: BehindTheCallState = { entries: [], isOver: false };

/** @param data  of `GET /calls/{id}/stream` */
export function withActivity(state: BehindTheCallState, data: unknown): BehindTheCallState {
  const activity = data as {
    type: string;
    tool_call_id: string;
    name: string;
    arguments?: unknown;
    outcome?: string;
    duration_ms?: number;
    value?: unknown;
  };
  const id = `tool-${activity.tool_call_id}`;
  if (activity.type === "tool-call") {
    const { name, arguments: asked } = activity;
    return added(state, { id, kind: "tool", name, asked, state: { kind: "waiting" } });
  }
  if (activity.type !== "tool-result") return state;
  return changed(state, id, {
    kind: activity.outcome === "error" ? "failed" : "done",
    outcome: activity.outcome ?? "",
    durationMs: activity.duration_ms ?? 0,
    answer: activity.value,
  });
}

/** @param data  of `GET /webhook-events/stream`, its event `webhook` */
export function withWebhook(state: BehindTheCallState, data: unknown): BehindTheCallState {
  const { id, type, body } = data as { id: string; type: string; body: string };
  return added(state, {
    id,
    kind: "webhook",
    name: type,
    asked: JSON.parse(body),
    state: { kind: "waiting" },
  });
}

/** @param data  of the same stream, its event `attempt` */
export function withAttempt(state: BehindTheCallState, data: unknown): BehindTheCallState {
  const { attempt, webhook_event: event } = data as {
    attempt: { outcome: string; status_code: number | null; total_ms: number };
    webhook_event: { id: string } | null;
  };
  if (!event) return state;
  const { status_code: status, outcome, total_ms: durationMs } = attempt;
  const isTaken = status !== null && status >= 200 && status < 300;
  return changed(state, event.id, {
    kind: isTaken ? "done" : "failed",
    outcome: status === null ? outcome : String(status),
    durationMs,
  });
}

/** Where an event goes is known to the list alone: some go nowhere. */
export function withRouting(
  state: BehindTheCallState,
  event: { id: string; routing: string; reason: string | null },
): BehindTheCallState {
  if (event.routing === "routed") return state;
  return changed(state, event.id, { kind: "unsent", reason: event.reason ?? event.routing });
}

function added(state: BehindTheCallState, entry: Behind): BehindTheCallState {
  // A stream that was interrupted tells its last moments once more.
  if (state.entries.some(({ id }) => id === entry.id)) return state;
  return { ...state, entries: [...state.entries, entry] };
}

function changed(state: BehindTheCallState, id: string, to: BehindState): BehindTheCallState {
  return {
    ...state,
    entries: state.entries.map((entry) => (entry.id === id ? { ...entry, state: to } : entry)),
  };
}
