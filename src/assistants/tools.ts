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
  destinations: { number: string; description: string; message: string | undefined }[];
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
