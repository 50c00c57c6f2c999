import type { AssistantConfiguration } from "../assistants/configuration.ts";
import type { TranscriptMessage } from "../conversation/conversation.ts";
import type { WorkflowDefinition } from "../workflows/workflow-definition.ts";
import type { CallStatus, EndReason } from "./call-state.ts";

/** A call as its lifecycle knows it. What the API shows of it is made in call-record.ts. */
export interface Call {
  id: string;
  organizationId: string;
  nodeId: string;
  direction: "inbound" | "outbound" | "web";
  status: CallStatus;
  endReason: EndReason | null;
  error: string | null;
  callerNumber: string | null;
  calledNumber: string | null;
  /** null for a web call, and once the number was deleted */
  numberId: string | null;
  numberName: string | null;
  assistantId: string | null;
  /** null until the assistant-request decision was taken */
  configuration: AssistantConfiguration | null;
  /** sealed; brought by the answer to assistant-request */
  webhookSecret: Buffer | null;
  messages: TranscriptMessage[];
  summary: string | null;
  analysisResult: Record<string, unknown> | null;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
}

export interface NewCall {
  id: string;
  organizationId: string;
  nodeId: string;
  direction: Call["direction"];
  /** null while an outbound call has not been placed */
  carrierCallId: string | null;
  /** the other side's, whoever called: the customer's number */
  callerNumber: string | null;
  /** ours; null on web calls */
  calledNumber: string | null;
  /** null on web calls */
  numberId: string | null;
  numberName: string | null;
  assistantId: string | null;
}

/** A registered number that takes calls. */
export interface CalledNumber {
  id: string;
  phoneNumber: string;
  name: string | null;
  organizationId: string;
  assistantId: string | null;
  /** drives the number's calls; null: the assistant does */
  workflow: WorkflowDefinition | null;
}

/** The call as far as it is known while it rings. */
export type RingingCall = NewCall & { createdAt: Date };

/** What was made of a call when it was over. */
export interface CallConclusions {
  summary: string | null;
  /** left out: none was asked for, or it could not be made */
  analysis?: Record<string, unknown> | undefined;
}
