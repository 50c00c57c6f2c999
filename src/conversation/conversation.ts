import type { CallMedia } from "../telephony/carrier.ts";
import type { AssistantConfiguration } from "../assistants/configuration.ts";
import type { TurnLatency } from "./turn-latency.ts";
import type { ToolDefinition } from "../assistants/tools.ts";

/**
 * One live conversation: what a call needs to know of it, and nothing of how it is made. The engine behind it
 * (agent-conversation.ts, on @livekit/agents) can be replaced without the call noticing.
 */

/** The transcript, as reports and `GET /calls/{id}` show it (facts 1.9, 2.3). */
export interface TranscriptMessage {
  role: "system" | "user" | "assistant";
  content: string;
}

/** Why a conversation ended by itself. */
export type ConversationEnd =
  /** the model called `end_call`, or the script said so */
  | { reason: "assistant-hangup" }
  | { reason: "max-duration" }
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
}

export type ConversationActivity =
  | { type: "caller-speaking" }
  | { type: "caller-silent" }
  | { type: "assistant-speaking" }
  | { type: "assistant-silent" }
  | { type: "assistant-interrupted" };

/** A tool that somebody else's server brings, ready to be called. */
export interface ExternalTool {
  name: string;
  description: string;
  /** JSON Schema of the arguments */
  parameters: Record<string, unknown>;
  /** Never rejects; settles by the server's limit of time */
  run(args: Record<string, unknown>, signal: AbortSignal): Promise<ToolCallResult>;
}

export interface ConversationRequest {
  callId: string;
  configuration: AssistantConfiguration;
  media: CallMedia;
  /** Runs a webhook tool. Settles by the tool's deadline; `signal` aborts when the caller is gone. Never rejects. */
  runTool(toolCall: ToolCall, signal: AbortSignal): Promise<ToolCallResult>;
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
  /** Says a text as it is. Resolves when it was said, interrupted, or can no longer be. */
  say(text: string): Promise<void>;
  /** Adds to the model's context. @param respond  the assistant answers to it at once */
  addContext(text: string, respond: boolean): void;
  /** Ends it at once and silently: the caller is gone, or we shut down. Resolves when every provider is closed. */
  stop(): Promise<void>;
}

/** Speaks one text and nothing else: a rejection, an apology. Resolves when it was played out (or `signal` aborted). */
export type SpeakText = (request: {
  text: string;
  configuration: Pick<AssistantConfiguration, "tts_config">;
  media: CallMedia;
  signal: AbortSignal;
}) => Promise<{ outcome: "spoken" } | { outcome: "failed"; error: string }>;

export type StartConversation = (request: ConversationRequest) => Promise<StartConversationResult>;
