import type { AssistantConfiguration } from "../assistants/configuration.ts";
import type { Speech, ToolCall, ToolCallResult, TranscriptMessage } from "../conversation/conversation.ts";
import type { Database } from "../db/database.ts";
import type { Logger } from "../logger.ts";
import type { OpenedMcpTools } from "../mcp/mcp-tools.ts";
import type { CallSource, Leg, LegEnd, LegMedia } from "../telephony/carrier.ts";
import type { Admittance } from "../trunks/call-pace.ts";
import type { AnswerDecision, CallDecision } from "./call-decision.ts";
import type { CalledNumber, RingingCall } from "./call.ts";
import type { TimelineDetail, Watch } from "./call-timeline.ts";
import type { CallEnd, CallTransitions } from "./call-transitions.ts";
import type { CallWriter } from "./call-writer.ts";
import type { CallText } from "./call-text.ts";
import type { CallTrace, CallTraces } from "./call-traces.ts";
import type { LiveCalls } from "./live-calls.ts";
import type { TransferPorts } from "./transfer.ts";

/** What calls need of recordings; app.ts hands it in. */
export interface RecordingPorts {
  isOnByDefault: boolean;
  place(callId: string, startedAt: Date): { path: string; file: string };
  begin(recording: {
    id: string;
    organizationId: string;
    callId: string;
    path: string;
    startedAt: Date;
  }): Promise<void>;
  keep(id: string, size: { durationMs: number; sizeBytes: number }): Promise<void>;
  fail(id: string, error: string): Promise<void>;
}

/** What every call needs, whoever began it. */
export interface CallPorts extends TransferPorts {
  db: Database;
  nodeId: string;
  newId: () => string;
  logger: Logger;
  transitions: CallTransitions;
  sealSecret(secret: string): Buffer;
  /** with the organization's own keys where it has brought some; never rejects */
  speechFor(organizationId: string): Promise<Speech<LegMedia>>;
  /** the tools that a configuration takes from MCP servers */
  openExternalTools(organizationId: string, configuration: AssistantConfiguration): Promise<OpenedMcpTools>;
  createToolRunner(call: RingingCall, decision: AnswerDecision): ToolRunner;
  /** where control commands find calls that are in progress */
  liveCalls: LiveCalls;
  watch: Watch;
  recordings: RecordingPorts;
  traces: CallTraces;
}

export interface InboundCallPorts extends CallPorts {
  /** undefined: the number is not registered, or switched off */
  findNumber(calledNumber: string): Promise<CalledNumber | undefined>;
  /** whether a call from there may reach a number of this organization, now */
  admit(source: CallSource, organizationId: string): Promise<Admittance>;
  /** whether the organization, or who pays for it, has minutes left */
  hasMinutes(organizationId: string): Promise<boolean>;
  /** asks the webhook and resolves the configuration; settles within its deadline; `signal` aborts when the caller is gone */
  decide(call: RingingCall, signal: AbortSignal): Promise<CallDecision>;
}

/** A call's tools. */
export interface ToolRunner {
  /** Runs one tool call at its webhook. Never rejects; `signal` aborts when the caller is gone. */
  run(toolCall: ToolCall, signal: AbortSignal): Promise<ToolCallResult>;
  /** A tool call is likely soon: the caller has begun to speak. Connections that have been closed are opened again. */
  prepare(): void;
}

/** What the rest of a call's way shares. */
export interface CallContext<L extends Leg = Leg, P extends CallPorts = CallPorts> {
  call: RingingCall;
  leg: L;
  /** undefined: a telephone */
  text: CallText | undefined;
  ports: P;
  speech: Speech<LegMedia>;
  writer: CallWriter;
  logger: Logger;
  /** aborted when the caller is gone or the process shuts down */
  over: AbortSignal;
  /** aborted when the process shuts down */
  stop: AbortSignal;
  tell(detail: TimelineDetail): void;
  trace: CallTrace;
  /** Writes the final status and its event; the first call counts. What is closed afterwards does not delay them. */
  finish(end: CallEnd): Promise<void>;
}

/** How a call ended, with what its report needs. */
export type ClosedCall = Omit<CallEnd, "endedAt"> & {
  messages: TranscriptMessage[];
  configuration: AssistantConfiguration | undefined;
};

/** How a call ends whose leg ended by itself. */
export function endOfLeg(
  end: LegEnd,
  hangUpReason: "user_cancelled" | "user_hangup",
): Omit<CallEnd, "endedAt"> {
  switch (end.cause) {
    case "remote-hangup":
    case "cancelled":
    case "local":
      return { status: "ended", reason: hangUpReason };
    case "lost":
      return {
        status: "ended-with-error",
        reason: "connection_lost",
        error: `Connection lost: ${end.detail}`,
      };
  }
}
