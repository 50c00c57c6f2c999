/**
 * A tool after normalising: the accepted spellings of facts 5.1 are read in one place (tool-definition.ts) and
 * nobody else needs to know them.
 */
export type ToolDefinition = WebhookTool | EndCallTool | TransferCallTool | SendDigitsTool | McpTool;

export interface WebhookTool {
  kind: "webhook";
  name: string;
  description: string | undefined;
  /** JSON Schema of the arguments */
  parameters: Record<string, unknown> | undefined;
  /** the tool's own URL; beats the assistant's and the account's (`url` over `server.url`) */
  url: string | undefined;
  /** `server.secret`: signs requests to the tool's own URL */
  secret: string | undefined;
  /** fire and forget */
  isAsync: boolean;
  /** spoken while the tool runs; for an async tool it stands for the result */
  message: string | undefined;
}

export interface EndCallTool {
  kind: "end-call";
}

export interface TransferCallTool {
  kind: "transfer-call";
  destinations: TransferDestination[];
}

export interface TransferDestination {
  /** E.164, or a SIP URI */
  number: string;
  /** what the model is told of it */
  description: string;
  /** said to the caller before */
  message: string | undefined;
  /** undefined: cold */
  warm: WarmTransfer | undefined;
}

/** Whoever takes the call is told what it is about, and decides by key whether it is taken. */
export interface WarmTransfer {
  acceptDigit: string;
  rejectDigit: string;
  /** what the person is told; undefined: a summary of the conversation so far */
  briefing: string | undefined;
  /** how the person is asked; undefined: in English */
  prompt: string | undefined;
}

/** An extension of ours: presses keys on the call. */
export interface SendDigitsTool {
  kind: "send-digits";
}

export interface McpTool {
  kind: "mcp";
  serverId: string;
  allowedTools: string[];
  isRequired: boolean;
}
