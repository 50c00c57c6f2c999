/**
 * A call's status, as the API and the webhooks say it (facts 3.2).
 *
 *            ┌─ caller gives up, or the server stops ───────────────▶ ended
 *            │
 *   ringing ─┼─ the webhook, missing configuration or minutes ──────▶ rejected
 *      ▲     │
 *      │     ├─ something of ours broke before the answer ──────────▶ ended-with-error
 *      │     │
 *      │     └─ answered ─▶ in-progress ─┬─ anybody hangs up ────────▶ ended
 *      │                                 ├─ handed to somebody else ─▶ transferred
 *      │                                 └─ provider, media, node ───▶ ended-with-error
 *      │
 *   connecting, where outbound calls begin ── busy, no answer, … (also from ringing) ──▶ failed
 *
 * A web call rings from when its token is made; that nobody joins it is a failure like no answer.
 *
 * The final ones never change again: a late writer (a node that was taken for dead, a second hang-up) loses.
 */
export type CallStatus = "connecting" | "ringing" | "in-progress" | FinalStatus;

export const FINAL_STATUSES = ["ended", "ended-with-error", "rejected", "failed", "transferred"] as const;
export type FinalStatus = (typeof FINAL_STATUSES)[number];

/**
 * Why a call ended. Only `user_hangup` and `max_duration` are documented (facts 3.3); the others are ours, in the same spelling.
 */
export type EndReason =
  | "user_hangup"
  | "assistant_hangup"
  | "max_duration"
  /** the caller said nothing for too long, and was asked in vain */
  | "silence_timeout"
  /** a mailbox picked up, and the message was left, if there is one */
  | "voicemail"
  /** the caller pressed 2 when asked for consent to the recording */
  | "consent_declined"
  /** the caller was asked twice, and pressed nothing */
  | "consent_timeout"
  /** the caller gave up while it still rang */
  | "user_cancelled"
  /** the assistant-request webhook answered with `error` */
  | "rejected_by_webhook"
  /** the organization's balance of minutes is used up */
  | "insufficient_credits"
  /** a control command hung up */
  | "ended_by_api"
  | "transferred"
  /** a web call: no browser came with its token in time */
  | "not_joined"
  /** an outbound call: the line is busy */
  | "busy"
  /** nobody picked up */
  | "no_answer"
  /** the called side refused it */
  | "declined"
  /** there is no way to the number: no trunk, no route, no such number */
  | "unreachable"
  /** an MCP server that the assistant requires cannot be reached */
  | "mcp_server_unreachable"
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
  connecting: ["ringing", "in-progress", "ended", "ended-with-error", "failed"],
  ringing: ["in-progress", "ended", "ended-with-error", "rejected", "failed"],
  "in-progress": ["ended", "ended-with-error", "transferred"],
  ended: [],
  "ended-with-error": [],
  rejected: [],
  failed: [],
  transferred: [],
};

export function mayMove(from: CallStatus, to: CallStatus): boolean {
  return LEGAL_MOVES[from].includes(to);
}

/** The statuses from which `to` may be reached: what an UPDATE that moves a call has to find. */
export function statusesBefore(to: CallStatus): CallStatus[] {
  return (Object.keys(LEGAL_MOVES) as CallStatus[]).filter((from) => mayMove(from, to));
}

/** Documented triggers of `status-update` (facts 1.8): for the others there is none, and the report tells. */
export function isAnnounced(status: CallStatus): status is "in-progress" | "ended" | "ended-with-error" {
  return status === "in-progress" || status === "ended" || status === "ended-with-error";
}

/** Whole seconds from the answer to the end; 0 for a call that was never answered. */
export function durationSeconds(call: { startedAt: Date | null; endedAt: Date | null }): number {
  if (!call.startedAt || !call.endedAt) return 0;
  return Math.max(0, Math.round((call.endedAt.getTime() - call.startedAt.getTime()) / 1_000));
}
