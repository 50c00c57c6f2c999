import { voicemailSummary } from "../conversation/voicemail.ts";
import { toError } from "../errors.ts";
import type { Leg } from "../telephony/carrier.ts";
import type { CallContext, CallPorts, ClosedCall } from "./call-context.ts";
import { createCallText, type TextLeg } from "./call-text.ts";
import type { TimelineDetail } from "./call-timeline.ts";
import { createCallWriter } from "./call-writer.ts";
import { createActivityLog, type NumberedActivity } from "./activity-log.ts";
import { saveActivity } from "./call-activity-store.ts";
import { saveTrace } from "./call-trace-store.ts";
import type { RingingCall } from "./call.ts";
import { isInGdprMode } from "./gdpr-mode.ts";

/**
 * Carries a recorded call to its report, whoever began it. From its row on every path ends here in `close`: a call that
 * got an id gets its report. Resolves when that is written.
 *
 * @param untilEnd  the call's way; returns how it ended
 */
export async function carryCall<
  L extends Leg & { readonly carrierCallId: string },
  P extends CallPorts,
>(options: {
  call: RingingCall;
  leg: L;
  ports: P;
  stop: AbortSignal;
  /** the same leg, where it has text besides audio */
  textLeg?: TextLeg;
  untilEnd: (context: CallContext<L, P>) => Promise<ClosedCall>;
}): Promise<void> {
  const { call, leg, ports, stop } = options;
  const logger = ports.logger.child({ call_id: call.id });
  const over = new AbortController();
  void leg.ended.then(() => over.abort());
  if (stop.aborted) over.abort();
  else stop.addEventListener("abort", () => over.abort(), { once: true });
  const writer = createCallWriter({ clock: ports.clock, logger, callId: call.id });
  stop.addEventListener("abort", () => writer.giveUp(), { once: true });
  const trace = ports.traces.begin(call, leg.carrierCallId);
  const keep = createActivityLog((take) => {
    // Taken once, however often the write has to be repeated.
    let taken: NumberedActivity[] | undefined;
    return writer.write("activity", () => saveActivity(ports.db, call.id, (taken ??= take())));
  });
  const tell = (detail: TimelineDetail) => {
    const entry = { callId: call.id, at: ports.clock.now(), ...detail };
    trace.add(entry);
    keep(entry);
    ports.watch(entry);
  };
  let finishing: Promise<void> | undefined;
  const speech = await ports.speechFor(call.organizationId);
  const context: CallContext<L, P> = {
    call,
    leg,
    text: options.textLeg && createCallText(options.textLeg, { clock: ports.clock, tell }),
    ports,
    speech,
    writer,
    logger,
    over: over.signal,
    stop,
    tell,
    trace,
    finish(end) {
      finishing ??= writer
        .write("end", () => ports.transitions.finish(call.id, end))
        .then(() => tell({ type: "ended", status: end.status, reason: end.reason, error: end.error }));
      return finishing;
    },
  };

  const end = await options.untilEnd(context).catch(async (thrown: unknown): Promise<ClosedCall> => {
    // A bug of ours must not leave somebody in silence or a call without its report.
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
  try {
    await close(context, end);
    // The last, and the first to be given up: a call without its trace is whole.
    const read = await trace.read();
    await writer.write("trace", () => saveTrace(ports.db, call, read)).catch(() => undefined);
  } finally {
    trace.close();
  }
}

/** The end and the report: two transactions, because what a model makes of the call between them may take its time. */
async function close(context: CallContext, closed: ClosedCall): Promise<void> {
  const { call, ports, writer, tell } = context;
  const { status, reason, error } = closed;
  await context.finish({ status, reason, error, endedAt: ports.clock.now() });
  const [summary, analysis] = await Promise.all([summarize(context, closed), analyze(context, closed)]);
  await writer.write("report", () => ports.transitions.report(call.id, { summary, analysis }));
  tell({ type: "reported" });
}

async function summarize(
  { speech, stop }: CallContext,
  { messages, configuration, reason }: ClosedCall,
): Promise<string | null> {
  if (isInGdprMode(configuration)) return null;
  if (reason === "voicemail") return voicemailSummary(messages, configuration);
  return speech.summarize(messages, configuration ?? {}, stop);
}

/** @returns undefined: none was asked for, or it could not be made, which the trace says */
async function analyze(
  { ports, speech, stop, tell }: CallContext,
  { messages, configuration, reason }: ClosedCall,
): Promise<Record<string, unknown> | undefined> {
  const startedMs = ports.clock.monotonicMs();
  const result = await speech.analyze({ messages, endedReason: reason }, configuration ?? {}, stop);
  if (result.outcome === "unasked") return undefined;
  const because = result.outcome === "made" ? undefined : result.because;
  tell({
    type: "analysed",
    outcome: result.outcome,
    because,
    durationMs: ports.clock.monotonicMs() - startedMs,
  });
  return result.outcome === "made" ? result.data : undefined;
}
