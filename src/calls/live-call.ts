import type { AssistantConfiguration } from "../assistants/configuration.ts";
import type { Conversation, ConversationEnd } from "../conversation/conversation.ts";
import type { CallMedia } from "../telephony/carrier.ts";
import { saveMessages } from "./call-store.ts";
import { isInGdprMode } from "./gdpr-mode.ts";
import { endOfLeg, type CallContext, type ClosedCall } from "./call-context.ts";
import type { AnswerDecision } from "./call-decision.ts";

const APOLOGY = "I'm sorry, something went wrong on our side. Please call back later.";

/** The answered part of a call: until somebody hangs up, the conversation ends, or the process stops. */
export async function talk(
  context: CallContext,
  decision: AnswerDecision,
  media: CallMedia,
): Promise<ClosedCall> {
  const { configuration } = decision;
  const { call, leg, ports, writer, tell } = context;
  const answeredAt = ports.clock.now();
  tell({ type: "answered" });
  // Not awaited: the greeting does not wait for the database.
  void writer.write("answer", () => ports.transitions.answer(call.id, answeredAt)).catch(() => undefined);

  let conversation: Conversation | undefined;
  const keepsTranscript = !isInGdprMode(configuration);
  let isSaving = false;
  /** One write for however many messages came while the last one was on its way. */
  function saveTranscript(): void {
    if (isSaving || !conversation || !keepsTranscript) return;
    const { messages } = conversation;
    isSaving = true;
    void writer
      .write("transcript", () => {
        isSaving = false;
        return saveMessages(ports.db, call.id, messages());
      })
      .catch(() => undefined);
  }

  const tools = ports.createToolRunner(call, decision);
  const started = await ports.startConversation({
    callId: call.id,
    configuration,
    media,
    runTool: async (toolCall, signal) => {
      const name = "name" in toolCall.tool ? toolCall.tool.name : toolCall.tool.kind;
      tell({ type: "tool-call", name, arguments: toolCall.arguments });
      const startedMs = ports.clock.monotonicMs();
      const result = await tools.run(toolCall, signal);
      const value = result.outcome === "result" ? result.result : result.error;
      tell({
        type: "tool-result",
        name,
        outcome: result.outcome,
        value,
        durationMs: ports.clock.monotonicMs() - startedMs,
      });
      return result;
    },
    events: {
      onMessage(message) {
        if (message.role !== "system")
          tell({ type: "message", role: message.role, content: message.content });
        saveTranscript();
      },
      onActivity(activity) {
        if (activity.type === "caller-speaking") tools.prepare();
        if (activity.type === "assistant-interrupted") tell({ type: "interrupted" });
      },
    },
  });
  if (started.outcome === "failed") return apologize(context, configuration, media, started.error);
  const live = started.conversation;
  conversation = live;
  saveTranscript();
  media.onDigit((digit) => {
    tell({ type: "digit", digit });
    live.digit(digit);
  });

  const end = await firstEnd(context, live);
  const finished = context.finish({ ...end, endedAt: ports.clock.now() });
  await Promise.all([live.stop(), leg.hangUp()]);
  const messages = live.messages();
  // The last words: what was said while the conversation was being stopped.
  if (keepsTranscript) {
    await writer.write("transcript", () => saveMessages(ports.db, call.id, messages)).catch(() => undefined);
  }
  await finished;
  return { ...end, messages, configuration };
}

async function firstEnd(
  { leg, stop }: CallContext,
  conversation: Conversation,
): Promise<Pick<ClosedCall, "status" | "reason" | "error">> {
  const stopped = new Promise<{ reason: "stopped" }>((resolve) => {
    if (stop.aborted) resolve({ reason: "stopped" });
    else stop.addEventListener("abort", () => resolve({ reason: "stopped" }), { once: true });
  });
  const first = await Promise.race([
    leg.ended.then((end) => ({ by: "leg" as const, end })),
    conversation.ended.then((end) => ({ by: "conversation" as const, end })),
    stopped.then((end) => ({ by: "conversation" as const, end })),
  ]);
  return first.by === "leg" ? endOfLeg(first.end, "user_hangup") : endOfConversation(first.end);
}

function endOfConversation(end: ConversationEnd): Pick<ClosedCall, "status" | "reason" | "error"> {
  switch (end.reason) {
    case "assistant-hangup":
      return { status: "ended", reason: "assistant_hangup" };
    case "max-duration":
      return { status: "ended", reason: "max_duration" };
    case "stopped":
      return { status: "ended", reason: "server_shutdown" };
    case "error":
      return { status: "ended-with-error", reason: "error", error: end.error };
  }
}

/** A provider could not be opened: the caller is told so where a voice still works, and the call ends. */
async function apologize(
  { leg, ports, over, logger }: CallContext,
  configuration: AssistantConfiguration,
  media: CallMedia,
  error: string,
): Promise<ClosedCall> {
  const spoken = await ports.speakText({ text: APOLOGY, configuration, media, signal: over });
  if (spoken.outcome === "failed") logger.warn({ error: spoken.error }, "an apology could not be spoken");
  await leg.hangUp();
  const messages = spoken.outcome === "spoken" ? [{ role: "assistant" as const, content: APOLOGY }] : [];
  return { status: "ended-with-error", reason: "error", error, messages, configuration };
}
