import type { Wire } from "../../api/wire.ts";
import type { Tone } from "../../components/status-badge.tsx";

export type Trunk = Wire<"SipTrunk">;

/** What matters first: a trunk that is to register and cannot is no use, however well it answers. */
export type TrunkState = "off" | "registered" | "registering" | "refused" | "up" | "down" | "unknown";

/** Pure. */
export function stateOf(trunk: Trunk): TrunkState {
  if (!trunk.is_active) return "off";
  if (trunk.registration) {
    if (trunk.registration.state === "registered") return "registered";
    return trunk.registration.state === "failed" ? "refused" : "registering";
  }
  return trunk.reachability.state;
}

export const TONES: Record<TrunkState, Tone> = {
  off: "neutral",
  registered: "good",
  registering: "neutral",
  refused: "bad",
  up: "good",
  down: "bad",
  unknown: "neutral",
};

/** Since when it is so; null where nobody knows. */
export function sinceOf(trunk: Trunk): string | null {
  return trunk.registration ? trunk.registration.since : trunk.reachability.since;
}

/** What it said last, or the network. */
export function lastErrorOf(trunk: Trunk): string | null {
  return trunk.registration?.last_error ?? trunk.reachability.last_error;
}

export type Advice = "credentials" | "unknownUser" | "wrongName" | "certificate" | "silent" | "busy";

/** What to look at when it does not work: the words are the page's. Pure. */
export function adviceOf(trunk: Trunk): Advice | undefined {
  const state = stateOf(trunk);
  if (state !== "refused" && state !== "down") return undefined;
  const status = trunk.registration?.last_status ?? trunk.reachability.last_status;
  const error = lastErrorOf(trunk) ?? "";
  if (status === 401 || status === 403 || status === 407) return "credentials";
  if (status === 404) return "unknownUser";
  if (/ENOTFOUND|EAI_AGAIN|resolve|no address/i.test(error)) return "wrongName";
  if (/certificate|TLS|SSL|self.signed/i.test(error)) return "certificate";
  if (status !== null && status >= 500) return "busy";
  return "silent";
}
