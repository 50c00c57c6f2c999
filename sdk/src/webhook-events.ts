/** What the server sends: `{ "message": … }`. The documented fields; more may come. */
interface Message<Type extends string> {
  type: Type;
  timestamp: string;
  call: { id: string; type: string; status: string };
  phone_number: { id: string | null; number: string | null; name?: string | null };
  customer: { number: string | null };
  /** counts the notifications of a call, from 1; synchronous requests have none */
  sequence?: number;
  /** the configuration of this call, with its metadata */
  assistant?: Record<string, unknown>;
}

export interface AssistantRequest extends Message<"assistant-request"> {}

export interface ToolCalls extends Message<"tool-calls"> {
  tool_call_list: {
    id: string;
    type: "function";
    function: { name: string; arguments: Record<string, unknown> };
  }[];
}

export interface StatusUpdate extends Message<"status-update"> {
  error?: string;
  end_reason?: string;
}

export interface EndOfCallReport extends Message<"end-of-call-report"> {
  duration_seconds: number;
  summary: string;
  messages: { role: "system" | "user" | "assistant"; content: string }[];
  analysis?: Record<string, unknown>;
  recording_url?: string;
  end_reason?: string;
  started_at?: string;
  ended_at?: string;
}

export type WebhookMessage = AssistantRequest | ToolCalls | StatusUpdate | EndOfCallReport;

/** The answers to `assistant-request`. `{}`: as configured. */
export type AssistantAnswer =
  | { max_duration_seconds?: number; assistant?: Record<string, unknown> }
  | { max_duration_seconds?: number; assistant_id: string; assistant_override?: Record<string, unknown> }
  /** the text is spoken to the caller, then the call ends */
  | { error: string };

/** The answers to `tool-calls`. */
export type ToolAnswer =
  | { results: { tool_call_id: string; result: unknown }[] }
  | { result: unknown }
  /** told to the model as an error */
  | { error: string };
