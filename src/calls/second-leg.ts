import type { Clock } from "../clock.ts";
import type { LegMedia, OutboundCall, OutboundLeg } from "../telephony/carrier.ts";
import { explain } from "./unanswered.ts";

/** About eight rings: longer, and a caller who waits gives up; a mailbox has picked up by then. */
const RING_AT_MOST_MS = 40_000;

export type SecondLeg =
  | { outcome: "answered"; leg: OutboundLeg<LegMedia>; media: LegMedia }
  /** `detail` for the model: "the line is busy" */
  | { outcome: "failed"; detail: string };

/**
 * Calls somebody for a caller who waits.
 *
 * @param signal  the caller is gone: the leg is cancelled, or hung up where the answer crosses that
 */
export async function dialSecondLeg(
  ports: { placeCall(call: OutboundCall): Promise<OutboundLeg<LegMedia>>; clock: Clock },
  call: OutboundCall,
  signal: AbortSignal,
): Promise<SecondLeg> {
  const leg = await ports.placeCall(call);
  const { promise: given, resolve: giveUp } = Promise.withResolvers<string>();
  const onAbort = () => giveUp("the caller hung up");
  const cancelRinging = ports.clock.after(RING_AT_MOST_MS, () => giveUp("nobody answered"));
  if (signal.aborted) onAbort();
  else signal.addEventListener("abort", onAbort, { once: true });
  const first = await Promise.race([given, leg.answered]);
  cancelRinging();
  signal.removeEventListener("abort", onAbort);
  if (typeof first === "string") {
    // Not awaited: a far end that does not confirm the CANCEL would keep the caller waiting for half a minute.
    void leg.hangUp();
    return { outcome: "failed", detail: first };
  }
  if (first.outcome === "answered") return { outcome: "answered", leg, media: first.media };
  const { words } = explain(first);
  return { outcome: "failed", detail: words.charAt(0).toLowerCase() + words.slice(1) };
}
