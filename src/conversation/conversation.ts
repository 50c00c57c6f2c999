import type { CallMedia, LegMedia } from "../telephony/carrier.ts";
import type { AssistantConfiguration } from "../assistants/configuration.ts";
import type { ToolDefinition, WarmTransfer } from "../assistants/tools.ts";
import type { TurnLatency } from "./turn-latency.ts";
import type { WorkflowDefinition } from "../workflows/workflow-definition.ts";

/**
 * One live conversation: what a call needs to know of it, and nothing of how it is made. The engine behind it
 * (agent-conversation.ts, on @livekit/agents) can be replaced without the call noticing.
 */

/** The transcript, as reports and `GET /calls/{id}` show it (facts 1.9, 2.3). */
export interface TranscriptMessage {
  role: "system" | "user" | "assistant";
  content: string;
}

/** A piece of what is said, while it is said: what is heard of an utterance so far, to show it to the caller. */
export interface Transcription {
  /** the same for all pieces of one utterance; a later one replaces an earlier one of the same id */
  segmentId: string;
  speaker: "caller" | "assistant";
  text: string;
  isFinal: boolean;
}

/** Why a conversation ended by itself. */
export type ConversationEnd =
  /** the model called `end_call`, or the script said so */
  | { reason: "assistant-hangup" }
  | { reason: "max-duration" }
  /** the caller said nothing for too long, and was asked in vain */
  | { reason: "silence-timeout" }
  /** a mailbox has picked up; the message was left, if there is one */
  | { reason: "voicemail" }
  /** a provider failed for good; `error` is what the call's record and webhooks say, e.g. "STT connection failed" */
  | { reason: "error"; error: string }
  /** `stop()` was called */
  | { reason: "stopped" };

/** What the model is told of a tool call. Never an HTML page, never a stack trace: one short text, or a JSON value. */
export type ToolCallResult = { outcome: "result"; result: unknown } | { outcome: "error"; error: string };

export interface ToolCall {
  /** unique in the call; goes out as tool_call_list[].id */
  id: string;
  tool: ToolDefinition;
  arguments: Record<string, unknown>;
}

export interface ConversationEvents {
  /** A turn was added to the transcript. */
  onMessage(message: TranscriptMessage): void;
  /** The caller began or stopped speaking, the assistant began or stopped, playout was interrupted: for the live timeline. */
  onActivity?(activity: ConversationActivity): void;
  /** The caller has been answered: how long that took, and what for. */
  onTurn?(turn: TurnLatency): void;
  /** Something more of an utterance is known. Without it nothing is followed word by word. */
  onTranscription?(piece: Transcription): void;
}

export type ConversationActivity =
  | { type: "caller-speaking" }
  | { type: "caller-silent" }
  | { type: "assistant-speaking" }
  | { type: "assistant-silent" }
  | { type: "assistant-interrupted" }
  /** a node of the call's workflow has become active */
  | { type: "node-entered"; nodeId: string }
  /** a mailbox has picked up: whoever hangs up now, that is why the call ends */
  | { type: "voicemail-detected" };

/** A tool that somebody else's server brings, ready to be called. */
export interface ExternalTool {
  name: string;
  description: string;
  /** JSON Schema of the arguments */
  parameters: Record<string, unknown>;
  /** Never rejects; settles by the server's limit of time */
  run(args: Record<string, unknown>, signal: AbortSignal): Promise<ToolCallResult>;
}

/** A call that is to be handed to somebody else. */
export interface TransferRequest {
  /** E.164, or a SIP URI */
  destination: string;
  /** said to the caller first, to its end; undefined: nothing */
  announcement: string | undefined;
  /** undefined: cold */
  warm: WarmTransfer | undefined;
}

export type TransferOutcome =
  /** nothing is said any more: the conversation is about to be stopped */
  | { outcome: "transferred" }
  /** the caller is back; `detail` for the model, e.g. "the line is busy" */
  | { outcome: "failed"; detail: string };

export interface ConversationRequest<M extends LegMedia = CallMedia> {
  callId: string;
  configuration: AssistantConfiguration;
  /** who called; absent: inbound */
  direction?: "inbound" | "outbound" | "web";
  media: M;
  /** Runs a webhook tool. Settles by the tool's deadline; `signal` aborts when the caller is gone. Never rejects. */
  runTool(toolCall: ToolCall, signal: AbortSignal): Promise<ToolCallResult>;
  /**
   * Hands the call over, announcement included; the conversation is on hold meanwhile. Settles within a minute or two;
   * `signal` aborts when the caller is gone. Never rejects. Without it, `transfer_call` is left out.
   */
  transfer?(request: TransferRequest, signal: AbortSignal): Promise<TransferOutcome>;
  /** drives the conversation; the configuration supplies providers, voice and rules */
  workflow?: WorkflowDefinition;
  /** of MCP servers */
  externalTools?: readonly ExternalTool[];
  events: ConversationEvents;
}

export type StartConversationResult =
  | { outcome: "started"; conversation: Conversation }
  /** a provider is unknown, has no key, or does not answer; `error` as for ConversationEnd */
  | { outcome: "failed"; error: string };

/** A conversation whose providers are open. The first message is spoken at once. */
export interface Conversation {
  /** Settles exactly once, and never rejects; after it nothing is spoken any more. */
  readonly ended: Promise<ConversationEnd>;
  /** The transcript so far, system messages first. */
  messages(): TranscriptMessage[];
  /** A digit from the keypad, as context for the model. */
  digit(digit: string): void;
  /** The caller has typed: a turn of the conversation, which interrupts and is answered as a spoken one. */
  typed(text: string): void;
  /**
   * Says a text as it is. Resolves when it was said, interrupted, or can no longer be.
   * @param toTheEnd  the caller cannot interrupt it
   */
  say(text: string, toTheEnd?: boolean): Promise<void>;
  /** Adds to the model's context. @param respond  the assistant answers to it at once */
  addContext(text: string, respond: boolean): void;
  /** Somebody else has the caller's ear: from here on the assistant neither listens nor speaks. */
  hold(): void;
  /** The caller is back. */
  resume(): void;
  /** A transfer that the model did not ask for has failed: it is told, and the caller hears a sentence either way. */
  transferFailed(detail: string): void;
  /** Ends it at once and silently: the caller is gone, or we shut down. Resolves when every provider is closed. */
  stop(): Promise<void>;
}

/** Speaks one text and nothing else: a rejection, an apology. Resolves when it was played out (or `signal` aborted). */
export type SpeakText<M extends LegMedia = CallMedia> = (request: {
  text: string;
  configuration: Pick<AssistantConfiguration, "tts_config" | "stt_config">;
  media: M;
  signal: AbortSignal;
}) => Promise<{ outcome: "spoken" } | { outcome: "failed"; error: string }>;

export type StartConversation<M extends LegMedia = CallMedia> = (
  request: ConversationRequest<M>,
) => Promise<StartConversationResult>;

/** Everything that a call uses services for, with one organization's keys. */
export interface Speech<M extends LegMedia = CallMedia> {
  startConversation: StartConversation<M>;
  speakText: SpeakText<M>;
  /** bounded in time; never rejects */
  summarize(
    messages: readonly TranscriptMessage[],
    configuration: AssistantConfiguration,
    signal: AbortSignal,
  ): Promise<string>;
  /** What the plan of the configuration asks for (facts 4.5); bounded in time; never rejects. */
  analyze(
    call: { messages: readonly TranscriptMessage[]; endedReason: string },
    configuration: AssistantConfiguration,
    signal: AbortSignal,
  ): Promise<AnalysisResult>;
}

export type AnalysisResult =
  | { outcome: "made"; data: Record<string, unknown> }
  /** no plan, or one that is off */
  | { outcome: "unasked" }
  | { outcome: "skipped" | "failed"; because: string };
