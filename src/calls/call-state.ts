/**
 * A call's status, as the API and the webhooks say it (facts 3.2).
 *
 *            ┌─ caller gives up, or the server stops ───────────────▶ ended
 *            │
 *   ringing ─┼─ the webhook, or missing configuration, refuses it ──▶ rejected
 *            │
 *            ├─ something of ours broke before the answer ──────────▶ ended-with-error
 *            │
 *            └─ answered ─▶ in-progress ─┬─ anybody hangs up ────────▶ ended
 *                                        └─ provider, media, node ───▶ ended-with-error
 *
 * The final ones never change again: a late writer (a node that was taken for dead, a second hang-up) loses.
 */
export type CallStatus = "ringing" | "in-progress" | "ended" | "ended-with-error" | "rejected";

export type FinalStatus = "ended" | "ended-with-error" | "rejected";

/**
 * Why a call ended. Only `user_hangup` and `max_duration` are documented (facts 3.3); the others are ours, in the same spelling.
 */
export type EndReason =
  | "user_hangup"
  | "assistant_hangup"
  | "max_duration"
  /** the caller gave up while it still rang */
  | "user_cancelled"
  /** the assistant-request webhook answered with `error` */
  | "rejected_by_webhook"
  /** nothing says how to answer the call */
  | "not_configured"
  /** a provider or something of ours failed; `error` says what */
  | "error"
  /** the caller's audio or signalling stopped coming */
  | "connection_lost"
  /** the server was stopped in an orderly way */
  | "server_shutdown"
  /** the process that carried the call died */
  | "server_lost";

const LEGAL_MOVES: Record<CallStatus, readonly CallStatus[]> = {
  ringing: ["in-progress", "ended", "ended-with-error", "rejected"],
  "in-progress": ["ended", "ended-with-error"],
  ended: [],
  "ended-with-error": [],
  rejected: [],
};

export function mayMove(from: CallStatus, to: CallStatus): boolean {
  return LEGAL_MOVES[from].includes(to);
}

/** The statuses from which `to` may be reached: what an UPDATE that moves a call has to find. */
export function statusesBefore(to: CallStatus): CallStatus[] {
  return (Object.keys(LEGAL_MOVES) as CallStatus[]).filter((from) => mayMove(from, to));
}

/** Documented triggers of `status-update` (facts 1.8): nothing is sent for `ringing` and `rejected`. */
export function isAnnounced(status: CallStatus): status is "in-progress" | "ended" | "ended-with-error" {
  return status === "in-progress" || status === "ended" || status === "ended-with-error";
}

/** Whole seconds from the answer to the end; 0 for a call that was never answered. */
export function durationSeconds(call: { startedAt: Date | null; endedAt: Date | null }): number {
  if (!call.startedAt || !call.endedAt) return 0;
  return Math.max(0, Math.round((call.endedAt.getTime() - call.startedAt.getTime()) / 1_000));
}
