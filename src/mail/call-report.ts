/** What an e-mail tells of a call: as it is kept in the outbox, so all of it is JSON. Instants are ISO 8601. */
export interface CallReport {
  callId: string;
  direction: "inbound" | "outbound" | "web";
  /** the caller's on inbound calls, the called one's on outbound calls */
  customerNumber: string | null;
  /** our side */
  ownNumber: string | null;
  ownNumberName: string | null;
  assistantName: string | null;
  businessName: string | null;
  status: string;
  endReason: string | null;
  error: string | null;
  createdAt: string;
  startedAt: string | null;
  endedAt: string | null;
  durationSeconds: number;
  /** null: the assistant is in `gdpr_mode`, and only that a call took place may be told */
  content: CallContent | null;
}

export interface CallContent {
  summary: string;
  /** null: no analysis was asked for */
  analysis: Record<string, unknown> | null;
  messages: readonly { role: string; content: string }[];
}
