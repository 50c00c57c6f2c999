import type { AssistantConfiguration } from "../assistants/configuration.ts";
import { toError } from "../errors.ts";
import type { InboundLeg, LegMedia } from "../telephony/carrier.ts";
import { endOfLeg, type CallContext, type ClosedCall, type InboundCallPorts } from "./call-context.ts";
import type { CalledNumber, RingingCall } from "./call.ts";
import { insertCall } from "./call-store.ts";
import { carryCall } from "./carry-call.ts";
import { tellDecision, writeDecision } from "./decided-call.ts";
import { talk } from "./live-call.ts";
import { speakRejection } from "./rejection.ts";
import { underWorkflow } from "./workflow-decision.ts";

const NO_MINUTES = "This call cannot be taken at the moment. Please try again later.";

/**
 * The way of one inbound call, from INVITE to report. Resolves when the report is written.
 *
 * Nothing is answered before the decision is taken.
 */
export async function carryInboundCall(
  leg: InboundLeg<LegMedia>,
  ports: InboundCallPorts,
  stop: AbortSignal,
): Promise<void> {
  const number = await findNumber(leg, ports);
  if (!number) return;

  const call: RingingCall = {
    id: ports.newId(),
    organizationId: number.organizationId,
    nodeId: ports.nodeId,
    direction: "inbound",
    carrierCallId: leg.carrierCallId,
    callerNumber: leg.callerNumber,
    calledNumber: number.phoneNumber,
    numberId: number.id,
    numberName: number.name,
    assistantId: number.assistantId,
    createdAt: ports.clock.now(),
  };
  try {
    await insertCall(ports.db, call);
  } catch (error) {
    // Fails closed: a call that cannot be recorded could never be reported.
    ports.logger.error(
      { err: toError(error), call_id: call.id },
      "a call could not be recorded and was refused",
    );
    leg.reject(503, "Service Unavailable");
    return;
  }
  leg.ring();
  await carryCall({ call, leg, ports, stop, untilEnd: (context) => untilEnd(context, number) });
}

async function findNumber(
  leg: InboundLeg<LegMedia>,
  ports: InboundCallPorts,
): Promise<CalledNumber | undefined> {
  try {
    const number = await ports.findNumber(leg.calledNumber);
    if (!number) {
      leg.reject(404, "Not Found");
      return undefined;
    }
    const admittance = await ports.admit(leg.source, number.organizationId);
    if (admittance.outcome === "refused") {
      leg.reject(admittance.statusCode, admittance.reason, admittance.retryAfterSeconds);
      return undefined;
    }
    if (admittance.trunk) leg.setTrunk(admittance.trunk);
    return number;
  } catch (error) {
    ports.logger.error(
      { err: toError(error) },
      "a called number could not be looked up; the call was refused",
    );
    leg.reject(503, "Service Unavailable");
    return undefined;
  }
}

type InboundContext = CallContext<InboundLeg<LegMedia>, InboundCallPorts>;

async function untilEnd(context: InboundContext, number: CalledNumber): Promise<ClosedCall> {
  const { call, leg, ports, over, tell } = context;
  tell({ type: "ringing", caller: leg.callerNumber, called: number.phoneNumber });
  if (!(await hasMinutes(context))) {
    return reject(context, { text: NO_MINUTES, configuration: undefined, reason: "insufficient_credits" });
  }
  const startedMs = ports.clock.monotonicMs();
  const decision = underWorkflow(await ports.decide(call, over), number.workflow);
  tellDecision(context, decision, startedMs);
  const configuration = decision.outcome === "refuse" ? undefined : decision.configuration;
  if (over.aborted) return beforeAnswer(context, configuration);

  switch (decision.outcome) {
    case "refuse":
      leg.reject(480, "Temporarily Unavailable");
      return {
        status: "rejected",
        reason: "not_configured",
        error: decision.error,
        messages: [],
        configuration,
      };
    case "reject":
      return reject(context, { text: decision.text, configuration, reason: "rejected_by_webhook" });
    case "answer": {
      writeDecision(context, decision);
      const external = await ports.openExternalTools(
        call.organizationId,
        // Nodes have no tools of MCP servers (facts 6.3).
        decision.workflow ? {} : decision.configuration,
      );
      if (external.outcome === "unreachable") {
        leg.reject(480, "Temporarily Unavailable");
        return { ...unreachable(external.error), messages: [], configuration };
      }
      try {
        const answer = await leg.answer();
        if (answer.outcome === "gone") return await beforeAnswer(context, configuration);
        return await talk(context, decision, answer.media, external.tools);
      } finally {
        await external.close();
      }
    }
  }
}

function unreachable(error: string): Pick<ClosedCall, "status" | "reason" | "error"> {
  return { status: "rejected", reason: "mcp_server_unreachable", error };
}

/** Fails open: callers are not turned away because our database is slow. */
async function hasMinutes({ call, ports, logger }: InboundContext): Promise<boolean> {
  try {
    return await ports.hasMinutes(call.organizationId);
  } catch (error) {
    logger.error({ err: toError(error) }, "a balance of minutes could not be read; the call goes on");
    return true;
  }
}

/** Picks up in order to say why not. */
async function reject(
  context: InboundContext,
  rejection: Parameters<typeof speakRejection>[2],
): Promise<ClosedCall> {
  const answer = await context.leg.answer();
  if (answer.outcome === "gone") return beforeAnswer(context, rejection.configuration);
  return speakRejection(context, answer.media, rejection);
}

/** The caller gave up, or we are shutting down, while it still rang. */
async function beforeAnswer(
  { leg, stop }: InboundContext,
  configuration: AssistantConfiguration | undefined,
): Promise<ClosedCall> {
  if (stop.aborted) {
    leg.reject(503, "Service Unavailable");
    return { status: "ended", reason: "server_shutdown", messages: [], configuration };
  }
  return { ...endOfLeg(await leg.ended, "user_cancelled"), messages: [], configuration };
}
