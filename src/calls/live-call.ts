import type { AssistantConfiguration } from "../assistants/configuration.ts";
import type {
  Conversation,
  ConversationEnd,
  ExternalTool,
  ToolCallResult,
} from "../conversation/conversation.ts";
import type { CallMedia } from "../telephony/carrier.ts";
import { saveMessages } from "./call-store.ts";
import { recordCall } from "./call-recording.ts";
import { isInGdprMode } from "./gdpr-mode.ts";
import type { LiveCall } from "./live-calls.ts";
import { endOfLeg, type CallContext, type ClosedCall } from "./call-context.ts";
import type { AnswerDecision } from "./call-decision.ts";

const APOLOGY = "I'm sorry, something went wrong on our side. Please call back later.";

/** The answered part of a call: until somebody hangs up, the conversation ends, or the process stops. */
export async function talk(
  context: CallContext,
  decision: AnswerDecision,
  media: CallMedia,
  externalTools: readonly ExternalTool[],
): Promise<ClosedCall> {
  context.trace.listen(media);
  const recording = recordCall(context, decision.configuration, media);
  try {
    return await converse(context, decision, media, externalTools);
  } finally {
    // After the call's end was told, and before its report.
    await recording.finish();
  }
}

async function converse(
  context: CallContext,
  decision: AnswerDecision,
  media: CallMedia,
  externalTools: readonly ExternalTool[],
): Promise<ClosedCall> {
  const { configuration } = decision;
  const { call, leg, ports, speech, writer, tell } = context;
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
  /** For people who watch. */
  async function watched(
    name: string,
    args: Record<string, unknown>,
    run: () => Promise<ToolCallResult>,
  ): Promise<ToolCallResult> {
    tell({ type: "tool-call", name, arguments: args });
    const startedMs = ports.clock.monotonicMs();
    const result = await run();
    const value = result.outcome === "result" ? result.result : result.error;
    const durationMs = ports.clock.monotonicMs() - startedMs;
    tell({ type: "tool-result", name, outcome: result.outcome, value, durationMs });
    return result;
  }

  const started = await speech.startConversation({
    callId: call.id,
    configuration,
    media,
    externalTools: externalTools.map((tool) => ({
      ...tool,
      run: (args, signal) => watched(tool.name, args, () => tool.run(args, signal)),
    })),
    runTool: (toolCall, signal) => {
      const name = "name" in toolCall.tool ? toolCall.tool.name : toolCall.tool.kind;
      return watched(name, toolCall.arguments, () => tools.run(toolCall, signal));
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
      onTurn: (turn) => context.trace.turn(turn),
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

  const control = controlOf(context, live);
  const forget = ports.liveCalls.add(call.id, control);
  const end = await firstEnd(context, live, control).finally(forget);
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

type End = Pick<ClosedCall, "status" | "reason" | "error">;

interface Control extends LiveCall {
  /** settles when a command has ended the call */
  readonly ended: Promise<End>;
  /** how the call ends when the far end hangs up now: a transferred one does so by itself */
  readonly isTransferring: () => boolean;
}

/** Control commands: they are taken at once, and one after the other where they speak. */
function controlOf({ leg, tell }: CallContext, conversation: Conversation): Control {
  const { promise, resolve } = Promise.withResolvers<End>();
  let isTransferring = false;

  async function transfer(destination: string, message: string | undefined): Promise<void> {
    if (isTransferring) return;
    isTransferring = true;
    if (message) await conversation.say(message);
    const result = await leg.transfer(destination);
    isTransferring = false;
    const detail = result.outcome === "failed" ? result.detail : undefined;
    tell({ type: "transfer", destination, outcome: result.outcome, detail });
    if (result.outcome === "transferred") resolve({ status: "transferred", reason: "transferred" });
    else
      conversation.addContext(`The call could not be transferred: ${result.detail}. Tell the caller.`, true);
  }

  return {
    ended: promise,
    isTransferring: () => isTransferring,
    injectContext: (content, triggerResponse) => conversation.addContext(content, triggerResponse),
    say(content, endAfter) {
      const said = conversation.say(content);
      if (endAfter) void said.then(() => resolve({ status: "ended", reason: "ended_by_api" }));
    },
    end(message) {
      const said = message ? conversation.say(message) : Promise.resolve();
      void said.then(() => resolve({ status: "ended", reason: "ended_by_api" }));
    },
    transfer: (destination, message) => void transfer(destination, message),
  };
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
  return Promise.race([
    control.ended,
    leg.ended.then(async (end) => {
      // Who took the call over has hung up on us: whether it was that, the transfer knows.
      if (end.cause === "remote-hangup" && control.isTransferring()) {
        return Promise.race([control.ended, nextTurn().then(() => endOfLeg(end, "user_hangup"))]);
      }
      return endOfLeg(end, "user_hangup");
    }),
    conversation.ended.then(endOfConversation),
    stopped.then(endOfConversation),
  ]);
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
  media: CallMedia,
  error: string,
): Promise<ClosedCall> {
  const spoken = await speech.speakText({ text: APOLOGY, configuration, media, signal: over });
  if (spoken.outcome === "failed") logger.warn({ error: spoken.error }, "an apology could not be spoken");
  await leg.hangUp();
  const messages = spoken.outcome === "spoken" ? [{ role: "assistant" as const, content: APOLOGY }] : [];
  return { status: "ended-with-error", reason: "error", error, messages, configuration };
}
