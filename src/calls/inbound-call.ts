import type { AssistantConfiguration } from "../assistants/configuration.ts";
import { toError } from "../errors.ts";
import type { InboundLeg } from "../telephony/carrier.ts";
import { endOfLeg, type CallContext, type ClosedCall, type InboundCallPorts } from "./call-context.ts";
import type { CalledNumber, RingingCall } from "./call.ts";
import { insertCall, saveDecision } from "./call-store.ts";
import type { TimelineDetail } from "./call-timeline.ts";
import { createCallWriter } from "./call-writer.ts";
import { isInGdprMode } from "./gdpr-mode.ts";
import { talk } from "./live-call.ts";

/**
 * The way of one inbound call, from INVITE to report. Resolves when the report is written.
 *
 * Nothing is answered before the decision is taken. From the first row on, every path ends in `close`: a call that
 * got an id gets its report.
 */
export async function carryInboundCall(
  leg: InboundLeg,
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
  const logger = ports.logger.child({ call_id: call.id });
  try {
    await insertCall(ports.db, call);
  } catch (error) {
    // Fails closed: a call that cannot be recorded could never be reported.
    logger.error({ err: toError(error) }, "a call could not be recorded and was refused");
    leg.reject(503, "Service Unavailable");
    return;
  }
  leg.ring();

  const over = new AbortController();
  void leg.ended.then(() => over.abort());
  if (stop.aborted) over.abort();
  else stop.addEventListener("abort", () => over.abort(), { once: true });
  const writer = createCallWriter({ clock: ports.clock, logger, callId: call.id });
  stop.addEventListener("abort", () => writer.giveUp(), { once: true });
  const tell = (detail: TimelineDetail) => ports.watch({ callId: call.id, at: ports.clock.now(), ...detail });
  let finishing: Promise<void> | undefined;
  const context: CallContext = {
    call,
    leg,
    ports,
    writer,
    logger,
    over: over.signal,
    stop,
    tell,
    finish(end) {
      finishing ??= writer
        .write("end", () => ports.transitions.finish(call.id, end))
        .then(() => tell({ type: "ended", status: end.status, reason: end.reason, error: end.error }));
      return finishing;
    },
  };
  context.tell({ type: "ringing", caller: leg.callerNumber, called: call.calledNumber });

  const end = await untilEnd(context).catch(async (thrown: unknown): Promise<ClosedCall> => {
    // A bug of ours must not leave a caller in silence or a call without its report.
    logger.error({ err: toError(thrown) }, "a call failed unexpectedly");
    await leg.hangUp();
    return {
      status: "ended-with-error",
      reason: "error",
      error: "Internal error",
      messages: [],
      configuration: undefined,
    };
  });
  await close(context, end);
}

async function findNumber(leg: InboundLeg, ports: InboundCallPorts): Promise<CalledNumber | undefined> {
  try {
    const number = await ports.findNumber(leg.calledNumber);
    if (!number) leg.reject(404, "Not Found");
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

async function untilEnd(context: CallContext): Promise<ClosedCall> {
  const { call, leg, ports, over, tell } = context;
  const startedMs = ports.clock.monotonicMs();
  const decision = await ports.decide(call, over);
  tell({
    type: "decided",
    mode: decision.outcome === "answer" ? decision.mode : "reject",
    because:
      decision.outcome === "answer"
        ? decision.because
        : decision.outcome === "reject"
          ? decision.text
          : decision.error,
    durationMs: ports.clock.monotonicMs() - startedMs,
  });
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
      return speakRejection(context, decision.text, configuration);
    case "answer": {
      void context.writer
        .write("decision", () =>
          saveDecision(ports.db, call.id, {
            assistantId: decision.assistantId,
            configuration: decision.configuration,
            webhookSecret:
              decision.webhookSecret === undefined ? null : ports.sealSecret(decision.webhookSecret),
          }),
        )
        .catch(() => undefined);
      const answer = await leg.answer();
      if (answer.outcome === "gone") return beforeAnswer(context, configuration);
      return talk(context, decision, answer.media);
    }
  }
}

/** The webhook refused the call with a text (facts 1.6): the caller hears it, then the call ends. It was never in progress. */
async function speakRejection(
  context: CallContext,
  text: string,
  configuration: AssistantConfiguration | undefined,
): Promise<ClosedCall> {
  const { leg, ports, over } = context;
  const answer = await leg.answer();
  if (answer.outcome === "gone") return beforeAnswer(context, configuration);
  context.tell({ type: "message", role: "assistant", content: text });
  const spoken = await ports.speakText({
    text,
    configuration: configuration ?? {},
    media: answer.media,
    signal: over,
  });
  if (spoken.outcome === "failed")
    context.logger.warn({ error: spoken.error }, "a rejection could not be spoken");
  await leg.hangUp();
  return {
    status: "rejected",
    reason: "rejected_by_webhook",
    error: text,
    messages: [{ role: "assistant", content: text }],
    configuration,
  };
}

/** The caller gave up, or we are shutting down, while it still rang. */
async function beforeAnswer(
  { leg, stop }: CallContext,
  configuration: AssistantConfiguration | undefined,
): Promise<ClosedCall> {
  if (stop.aborted) {
    leg.reject(503, "Service Unavailable");
    return { status: "ended", reason: "server_shutdown", messages: [], configuration };
  }
  return { ...endOfLeg(await leg.ended, "user_cancelled"), messages: [], configuration };
}

/** The end and the report: two transactions, because the summary between them may take a model's time. */
async function close(context: CallContext, closed: ClosedCall): Promise<void> {
  const { call, ports, writer, stop, tell } = context;
  const { messages, configuration, ...end } = closed;
  await context.finish({ ...end, endedAt: ports.clock.now() });
  const summary = isInGdprMode(configuration)
    ? null
    : await ports.summarize(messages, configuration ?? {}, stop);
  await writer.write("report", () => ports.transitions.report(call.id, summary));
  tell({ type: "reported" });
}
