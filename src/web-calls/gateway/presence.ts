import type { LegEnd } from "../../telephony/carrier.ts";

/**
 * Whether the caller is there. Pure.
 *
 *   joining ──audio stands──▶ present ──signalling gone──▶ away ──comes back──▶ present
 *      │                         │                          └──15 s──▶ ended (lost)
 *      ├──20 s──▶ ended (lost)   └──says leave──▶ leaving ──1 s──▶ ended (remote-hangup)
 *      └──signalling gone──▶ away                    └──joins again──▶ joining
 *
 * A client that starts its connection over says leave first and joins again at once, which nobody can tell from one that
 * leaves: hence the second in `leaving`.
 */
export interface Presence {
  state: "joining" | "present" | "away" | "leaving" | "ended";
  /** the audio stands, or stood before the caller was away */
  hasAudio: boolean;
}

export type PresenceInput =
  /** a WebSocket was opened; `isResume`: its peer connections go on */
  | { type: "signalling-open"; isResume: boolean }
  | { type: "signalling-gone" }
  | { type: "audio-stands" }
  /** its peer connections are closed, and it is asked for new ones */
  | { type: "audio-gone" }
  | { type: "left" }
  | { type: "timer" };

export interface PresenceStep {
  presence: Presence;
  /** undefined: as it is; null: no timer any more */
  timerMs?: number | null;
  end?: LegEnd;
}

const JOIN_WITHIN_MS = 20_000;
export const AWAY_AT_MOST_MS = 15_000;
const LEAVING_MS = 1_000;

export const NOT_YET: Presence = { state: "away", hasAudio: false };

export function nextPresence(presence: Presence, input: PresenceInput): PresenceStep {
  if (presence.state === "ended") return { presence };
  switch (input.type) {
    case "signalling-open": {
      const hasAudio = input.isResume && presence.hasAudio;
      return hasAudio
        ? { presence: { state: "present", hasAudio }, timerMs: null }
        : { presence: { state: "joining", hasAudio: false }, timerMs: JOIN_WITHIN_MS };
    }
    case "audio-stands":
      if (presence.state !== "joining") return { presence: { ...presence, hasAudio: true } };
      return { presence: { state: "present", hasAudio: true }, timerMs: null };
    case "audio-gone":
      if (presence.state !== "present") return { presence: { ...presence, hasAudio: false } };
      return { presence: { state: "joining", hasAudio: false }, timerMs: JOIN_WITHIN_MS };
    case "signalling-gone":
      // Who has said goodbye closes its socket next.
      if (presence.state === "leaving" || presence.state === "away") return { presence };
      return { presence: { ...presence, state: "away" }, timerMs: AWAY_AT_MOST_MS };
    case "left":
      return { presence: { ...presence, state: "leaving" }, timerMs: LEAVING_MS };
    case "timer":
      return { presence: { ...presence, state: "ended" }, timerMs: null, end: endOf(presence.state) };
  }
}

function endOf(state: Presence["state"]): LegEnd {
  if (state === "leaving") return { cause: "remote-hangup" };
  const detail =
    state === "joining"
      ? "its browser found no way to send and receive audio"
      : "its browser did not come back";
  return { cause: "lost", detail };
}
