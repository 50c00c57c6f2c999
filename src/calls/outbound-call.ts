import type { ExternalTool } from "../conversation/conversation.ts";
import type { CarrierTrunk, LegMedia, OutboundLeg } from "../telephony/carrier.ts";
import type { CallContext, ClosedCall, CallPorts } from "./call-context.ts";
import type { AnswerDecision } from "./call-decision.ts";
import type { RingingCall } from "./call.ts";
import { carryCall } from "./carry-call.ts";
import { insertDecidedCall } from "./decided-call.ts";
import { endOfFailed, NO_ANSWER } from "./unanswered.ts";
import { talk } from "./live-call.ts";

/** A call that somebody wants placed: everything is checked and resolved. */
export interface OutboundOrder {
  organizationId: string;
  /** E.164 */
  destination: string;
  number: { id: string; phoneNumber: string; name: string | null };
  trunk: CarrierTrunk;
  decision: AnswerDecision;
}

/** Of a call that is not placed at all: its report is owed all the same. */
const NO_LEG: OutboundLeg<LegMedia> = {
  carrierCallId: "",
  answered: Promise.resolve({ outcome: "failed", statusCode: 500 }),
  ended: Promise.resolve({ cause: "local" }),
  hangUp: () => Promise.resolve(),
  transfer: () => Promise.resolve({ outcome: "failed", detail: "not in a call" }),
  takesTransfers: false,
  peer: undefined,
};

/** Longer than it rings at most networks before a mailbox picks up. */
const RING_AT_MOST_MS = 60_000;

/** Records the call; who asked for it may be told its id from then on. */
export async function recordOutboundCall(order: OutboundOrder, ports: CallPorts): Promise<RingingCall> {
  const { decision, number } = order;
  const call: RingingCall = {
    id: ports.newId(),
    organizationId: order.organizationId,
    nodeId: ports.nodeId,
    direction: "outbound",
    carrierCallId: null,
    callerNumber: order.destination,
    calledNumber: number.phoneNumber,
    numberId: number.id,
    numberName: number.name,
    assistantId: decision.assistantId,
    createdAt: ports.clock.now(),
  };
  await insertDecidedCall(call, decision, ports);
  return call;
}

/** The way of one outbound call, from INVITE to report. Resolves when the report is written. */
export async function carryOutboundCall(
  call: RingingCall,
  order: OutboundOrder,
  ports: CallPorts,
  stop: AbortSignal,
): Promise<void> {
  let onRinging: () => void = () => undefined;
  const external = await ports.openExternalTools(call.organizationId, order.decision.configuration);
  const isReachable = external.outcome === "opened";
  const leg = isReachable
    ? await ports.placeCall({
        to: order.destination,
        from: order.number.phoneNumber,
        trunk: order.trunk,
        onRinging: () => onRinging(),
      })
    : NO_LEG;
  await carryCall({
    call,
    leg,
    ports,
    stop,
    async untilEnd(context) {
      if (!isReachable) {
        const { configuration } = order.decision;
        return {
          status: "failed",
          reason: "mcp_server_unreachable",
          error: external.error,
          messages: [],
          configuration,
        };
      }
      context.tell({ type: "dialing", destination: order.destination, from: order.number.phoneNumber });
      onRinging = () =>
        void context.writer
          .write("ringing", () => ports.transitions.ring(call.id, leg.carrierCallId))
          .catch(() => undefined);
      try {
        return await untilEnd(context, order.decision, external.tools);
      } finally {
        await external.close();
      }
    },
  });
}

async function untilEnd(
  context: CallContext<OutboundLeg<LegMedia>>,
  decision: AnswerDecision,
  externalTools: readonly ExternalTool[],
): Promise<ClosedCall> {
  const { leg, ports, stop } = context;
  const { configuration } = decision;
  let hasRungOut = false;
  const cancelRinging = ports.clock.after(RING_AT_MOST_MS, () => {
    hasRungOut = true;
    void leg.hangUp();
  });
  const hangUp = () => void leg.hangUp();
  if (stop.aborted) hangUp();
  else stop.addEventListener("abort", hangUp, { once: true });
  const pickUp = await leg.answered;
  cancelRinging();
  stop.removeEventListener("abort", hangUp);
  if (pickUp.outcome === "answered") return talk(context, decision, pickUp.media, externalTools);
  if (stop.aborted) return { status: "ended", reason: "server_shutdown", messages: [], configuration };
  return { ...(hasRungOut ? NO_ANSWER : endOfFailed(pickUp)), messages: [], configuration };
}
