import type { AssistantConfiguration } from "../assistants/configuration.ts";
import type {
  Conversation,
  ConversationEnd,
  ExternalTool,
  ToolCallResult,
} from "../conversation/conversation.ts";
import { sentencesOf } from "../conversation/sentences.ts";
import type { LegMedia } from "../telephony/carrier.ts";
import { saveMessages } from "./call-store.ts";
import { recordCall, type CallRecording } from "./call-recording.ts";
import { isInGdprMode } from "./gdpr-mode.ts";
import { controlOf, type Control, type End } from "./live-control.ts";
import { endOfLeg, type CallContext, type ClosedCall } from "./call-context.ts";
import type { AnswerDecision } from "./call-decision.ts";
import type { LiveCallPlace } from "./live-calls.ts";
import { withoutConsent } from "./consent-of-call.ts";

/** The answered part of a call: until somebody hangs up, the conversation ends, or the process stops. */
export async function talk(
  context: CallContext,
  decision: AnswerDecision,
  media: LegMedia,
  externalTools: readonly ExternalTool[],
): Promise<ClosedCall> {
  context.trace.listen(media);
  const recording = recordCall(context, decision.configuration, media);
  const place = context.ports.liveCalls.begin(context.call.id);
  try {
    return await converse(context, decision, media, externalTools, { recording, place });
  } finally {
    place.clear();
    // After the call's end was told, and before its report.
    await recording.finish();
  }
}

async function converse(
  context: CallContext,
  decision: AnswerDecision,
  media: LegMedia,
  externalTools: readonly ExternalTool[],
  { recording, place }: { recording: CallRecording; place: LiveCallPlace },
): Promise<ClosedCall> {
  const { configuration } = decision;
  const { call, leg, ports, speech, writer, tell } = context;
  const answeredAt = ports.clock.now();
  tell({ type: "answered" });
  // Not awaited: the greeting does not wait for the database.
  void writer.write("answer", () => ports.transitions.answer(call.id, answeredAt)).catch(() => undefined);

  // Nothing that hears the caller may come before this line.
  const refused = await withoutConsent(context, configuration, media);
  if (refused) return refused;
  recording.consentGiven();

  let conversation: Conversation | undefined;
  let transferring: Control["transfer"] | undefined;
  const keepsTranscript = !isInGdprMode(configuration);
  let isSaving = false;
  let isVoicemail = false;
  /** of what is not a message yet */
  const speechBeganAt: Record<"user" | "assistant", Date | undefined> = {
    user: undefined,
    assistant: undefined,
  };
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
  /** For people who watch. */
  async function watched(
    { id: toolCallId, name }: { id: string; name: string },
    args: Record<string, unknown>,
    run: () => Promise<ToolCallResult>,
  ): Promise<ToolCallResult> {
    tell({ type: "tool-call", toolCallId, name, arguments: args });
    const startedMs = ports.clock.monotonicMs();
    const result = await run();
    const value = result.outcome === "result" ? result.result : result.error;
    const durationMs = ports.clock.monotonicMs() - startedMs;
    tell({ type: "tool-result", toolCallId, name, outcome: result.outcome, value, durationMs });
    return result;
  }

  const started = await speech.startConversation({
    callId: call.id,
    direction: call.direction,
    configuration,
    media,
    ...(decision.workflow && { workflow: decision.workflow }),
    externalTools: externalTools.map((tool) => ({
      ...tool,
      run: (args, signal) =>
        watched({ id: ports.newId(), name: tool.name }, args, () => tool.run(args, signal)),
    })),
    runTool: (toolCall, signal) => {
      const name = "name" in toolCall.tool ? toolCall.tool.name : toolCall.tool.kind;
      return watched({ id: toolCall.id, name }, toolCall.arguments, () => tools.run(toolCall, signal));
    },
    transfer: async (wanted) =>
      (await transferring?.(wanted)) ?? { outcome: "failed", detail: "the call has only just begun" },
    events: {
      onMessage(message) {
        if (message.role !== "system") {
          const { role, content } = message;
          tell({ type: "message", role, content, speechBeganAt: speechBeganAt[role] });
          speechBeganAt[role] = undefined;
        }
        saveTranscript();
      },
      onActivity(activity) {
        if (activity.type === "caller-speaking") {
          tools.prepare();
          speechBeganAt.user ??= ports.clock.now();
        }
        if (activity.type === "assistant-speaking") speechBeganAt.assistant ??= ports.clock.now();
        if (activity.type === "assistant-interrupted") tell({ type: "interrupted" });
        if (activity.type === "voicemail-detected") isVoicemail = true;
        if (activity.type === "node-entered") tell({ type: "node", nodeId: activity.nodeId });
      },
      onTurn: (turn) => context.trace.turn(turn),
      ...(context.text && { onTranscription: context.text.send }),
    },
  });
  if (started.outcome === "failed") {
    // Who hung up while the conversation was being prepared is owed no apology.
    if (context.over.aborted) return { ...(await endedMeanwhile(context)), messages: [], configuration };
    return apologize(context, configuration, media, started.error);
  }
  const live = started.conversation;
  conversation = live;
  saveTranscript();
  const control = controlOf({ context, conversation: live, media, configuration });
  transferring = control.transfer;
  media.onDigit((digit) => {
    tell({ type: "digit", digit });
    if (control.listener === "assistant") live.digit(digit);
  });

  context.text?.read((text) => {
    if (control.listener !== "assistant") return false;
    live.typed(text);
    return true;
  });

  place.take(control);
  const first = await firstEnd(context, live, control).finally(place.clear);
  // A mailbox that is full, or has heard enough, hangs up on us: the reason is the mailbox all the same.
  const end: End = isVoicemail && first.reason === "user_hangup" ? { ...first, reason: "voicemail" } : first;
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
  control: Control,
): Promise<End> {
  const stopped = new Promise<{ reason: "stopped" }>((resolve) => {
    if (stop.aborted) resolve({ reason: "stopped" });
    else stop.addEventListener("abort", () => resolve({ reason: "stopped" }), { once: true });
  });
  /** Once somebody else has the call, the transfer alone knows how it ends. */
  const unlessBridged = (end: End) => (control.listener === "bridged" ? control.ended : end);
  return Promise.race([
    control.ended,
    leg.ended.then(async (end) => {
      // Who took the call over has hung up on us: whether it was that, the transfer knows.
      if (end.cause === "remote-hangup" && control.listener === "transferring") {
        return Promise.race([control.ended, nextTurn().then(() => endOfLeg(end, "user_hangup"))]);
      }
      return unlessBridged(endOfLeg(end, "user_hangup"));
    }),
    conversation.ended.then((end) => unlessBridged(endOfConversation(end))),
    stopped.then((end) => unlessBridged(endOfConversation(end))),
  ]);
}

async function endedMeanwhile({ leg, stop }: CallContext): Promise<End> {
  if (!stop.aborted) return endOfLeg(await leg.ended, "user_hangup");
  await leg.hangUp();
  return endOfConversation({ reason: "stopped" });
}

/** When everything that is settled already has been heard. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function endOfConversation(end: ConversationEnd): End {
  switch (end.reason) {
    case "assistant-hangup":
      return { status: "ended", reason: "assistant_hangup" };
    case "max-duration":
      return { status: "ended", reason: "max_duration" };
    case "silence-timeout":
      return { status: "ended", reason: "silence_timeout" };
    case "voicemail":
      return { status: "ended", reason: "voicemail" };
    case "stopped":
      return { status: "ended", reason: "server_shutdown" };
    case "error":
      return { status: "ended-with-error", reason: "error", error: end.error };
  }
}

/** A provider could not be opened: the caller is told so where a voice still works, and the call ends. */
async function apologize(
  { leg, speech, over, logger }: CallContext,
  configuration: AssistantConfiguration,
  media: LegMedia,
  error: string,
): Promise<ClosedCall> {
  const { apology } = sentencesOf(configuration);
  const spoken = await speech.speakText({ text: apology, configuration, media, signal: over });
  if (spoken.outcome === "failed") logger.warn({ error: spoken.error }, "an apology could not be spoken");
  await leg.hangUp();
  const messages = spoken.outcome === "spoken" ? [{ role: "assistant" as const, content: apology }] : [];
  return { status: "ended-with-error", reason: "error", error, messages, configuration };
}
