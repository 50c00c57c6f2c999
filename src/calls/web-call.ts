import { within } from "../clock.ts";
import { toError } from "../errors.ts";
import type { AnswerResult, LegMedia } from "../telephony/carrier.ts";
import type { WebLeg } from "../web-calls/web-carrier.ts";
import { endOfLeg, type CallContext, type CallPorts, type ClosedCall } from "./call-context.ts";
import type { AnswerDecision, CallDecision, GivenAssistant } from "./call-decision.ts";
import { saveDecision } from "./call-store.ts";
import type { Call, RingingCall } from "./call.ts";
import { carryCall } from "./carry-call.ts";
import { insertDecidedCall, tellDecision, writeDecision } from "./decided-call.ts";
import { talk } from "./live-call.ts";
import { speakRejection } from "./rejection.ts";

export interface JoinedCallPorts extends CallPorts {
  openSecret(sealed: Buffer): string;
  /** asks the webhook; `signal` aborts when the caller is gone */
  decide(call: RingingCall, signal: AbortSignal, given: GivenAssistant): Promise<CallDecision>;
}

/** From joining: a browser asks its user for the microphone meanwhile, and some think about it. */
const AUDIO_WITHIN_MS = 60_000;

/** Records a call that a browser may join from now on, at whichever process of the installation (web-call-store.ts). */
export async function recordWebCall(
  order: { organizationId: string; decision: AnswerDecision },
  ports: CallPorts,
): Promise<RingingCall> {
  const { decision, organizationId } = order;
  const call: RingingCall = {
    id: ports.newId(),
    organizationId,
    // Of who made the token; who takes it up writes its own.
    nodeId: ports.nodeId,
    direction: "web",
    carrierCallId: null,
    callerNumber: null,
    calledNumber: null,
    numberId: null,
    numberName: null,
    assistantId: decision.assistantId,
    createdAt: ports.clock.now(),
  };
  await insertDecidedCall(call, decision, ports);
  return call;
}

/** The way of one web call, from the browser's joining to the report. Resolves when the report is written. */
export async function carryWebCall(
  leg: WebLeg,
  claimed: Call,
  ports: JoinedCallPorts,
  stop: AbortSignal,
): Promise<void> {
  await carryCall({
    call: { ...claimed, carrierCallId: leg.carrierCallId },
    leg,
    textLeg: leg,
    ports,
    stop,
    untilEnd: (context) => untilEnd(context, claimed),
  });
}

type WebContext = CallContext<WebLeg, JoinedCallPorts>;

async function untilEnd(context: WebContext, claimed: Call): Promise<ClosedCall> {
  const { call, leg, ports, over, writer, tell } = context;
  tell({ type: "joined" });
  void writer
    .write("joined", () => saveDecision(ports.db, call.id, { carrierCallId: leg.carrierCallId }))
    .catch(() => undefined);
  const orAbort = within(ports.clock, AUDIO_WITHIN_MS, leg.answer(), () => ({ outcome: "silent" }) as const);
  // Unlike a telephone's, its audio may stand before it is decided: nobody pays for it, and it takes a while.
  const [decision, answer] = await Promise.all([decide(context, claimed), untilOver(orAbort, over)]);
  const configuration = decision.outcome === "refuse" ? undefined : decision.configuration;
  const silent = { messages: [], configuration };
  switch (answer.outcome) {
    case "silent":
      await leg.hangUp();
      return {
        status: "ended-with-error",
        reason: "connection_lost",
        error: `Connection lost: no audio came from the browser within ${AUDIO_WITHIN_MS / 1_000} s`,
        ...silent,
      };
    case "gone":
      if (!context.stop.aborted) return { ...endOfLeg(await leg.ended, "user_cancelled"), ...silent };
      leg.reject("The server is being stopped. Ask for a new call.");
      await leg.hangUp();
      return { status: "ended", reason: "server_shutdown", ...silent };
    case "answered":
      return answered(context, decision, answer.media);
  }
}

async function answered(context: WebContext, decision: CallDecision, media: LegMedia): Promise<ClosedCall> {
  const { call, leg, ports } = context;
  if (decision.outcome === "refuse") throw new Error("a web call comes with its configuration");
  const { configuration } = decision;
  if (decision.outcome === "reject") {
    return speakRejection(context, media, {
      text: decision.text,
      configuration,
      reason: "rejected_by_webhook",
    });
  }
  const external = await ports.openExternalTools(call.organizationId, decision.configuration);
  if (external.outcome === "unreachable") {
    await leg.hangUp();
    return {
      status: "rejected",
      reason: "mcp_server_unreachable",
      error: external.error,
      messages: [],
      configuration,
    };
  }
  try {
    return await talk(context, decision, media, external.tools);
  } finally {
    await external.close();
  }
}

/**
 * What the call was made with, unless a saved assistant's `assistant-request` says otherwise: who sent a whole
 * configuration has said everything (docs/decisions).
 */
async function decide(context: WebContext, claimed: Call): Promise<CallDecision> {
  const { ports, over, logger } = context;
  const made: AnswerDecision = {
    outcome: "answer",
    mode: claimed.assistantId === null ? "transient" : "default",
    because: "the API asked for it",
    assistantId: claimed.assistantId,
    configuration: claimed.configuration ?? {},
    webhookSecret: claimed.webhookSecret ? ports.openSecret(claimed.webhookSecret) : undefined,
  };
  const startedMs = ports.clock.monotonicMs();
  const decision = await asked(context, claimed, made).catch((error: unknown): CallDecision => {
    // The database is away, say: the call has its configuration, and goes on with it.
    logger.error({ err: toError(error) }, "assistant-request could not be asked");
    return made;
  });
  tellDecision(context, decision, startedMs);
  if (decision.outcome === "answer" && decision !== made && !over.aborted) writeDecision(context, decision);
  return decision;
}

async function asked(
  { call, ports, over }: WebContext,
  { assistantId, webhookSecret }: Call,
  made: AnswerDecision,
): Promise<CallDecision> {
  if (assistantId === null) return made;
  const assistant = { id: assistantId, configuration: made.configuration, isActive: true };
  const decision = await ports.decide(call, over, { assistant, webhookSecret });
  if (decision.outcome !== "answer") return decision;
  // A secret that came with the request stays the call's, unless the answer names another assistant, or brings one.
  const isSame = decision.assistantId === assistantId;
  return { ...decision, webhookSecret: decision.webhookSecret ?? (isSame ? made.webhookSecret : undefined) };
}

/** A process that stops does not wait for a browser that is about to be connected. */
function untilOver<T>(
  answer: Promise<AnswerResult<LegMedia> | T>,
  over: AbortSignal,
): Promise<AnswerResult<LegMedia> | T> {
  return new Promise((resolve, reject) => {
    answer.then(resolve, reject);
    const gone = () => resolve({ outcome: "gone" });
    if (over.aborted) gone();
    else over.addEventListener("abort", gone, { once: true });
  });
}
