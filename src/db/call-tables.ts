import type { ColumnType, Generated } from "kysely";
import type { Json, NullableJson, NullableTimestamp, Timestamp } from "./columns.ts";

// The tables of calls; see tables.ts.

export interface NodesTable {
  id: string;
  installation_id: string;
  started_at: Timestamp;
  heartbeat_at: Timestamp;
  stopped_at: NullableTimestamp;
}

export interface CallsTable {
  id: string;
  organization_id: string;
  node_id: string;
  direction: "inbound" | "outbound" | "web";
  carrier_call_id: string | null;
  status: string;
  end_reason: string | null;
  error: string | null;
  caller_number: string | null;
  called_number: string | null;
  number_id: string | null;
  number_name: string | null;
  assistant_id: string | null;
  assistant_version: number | null;
  configuration: NullableJson;
  webhook_secret: Buffer | null;
  messages: NullableJson;
  summary: string | null;
  analysis_result: NullableJson;
  last_sequence: Generated<number>;
  created_at: Timestamp;
  started_at: NullableTimestamp;
  ended_at: NullableTimestamp;
  reported_at: NullableTimestamp;
  claimed_at: NullableTimestamp;
  content_cleared_at: NullableTimestamp;
  metadata_cleared_at: NullableTimestamp;
  updated_at: Timestamp;
}

export interface CallActivityTable {
  call_id: string;
  sequence: number;
  at: Timestamp;
  type: string;
  detail: Json;
  content: NullableJson;
}

export interface CallTurnsTable {
  organization_id: string;
  at: Timestamp;
  total_ms: number;
  stt_final_ms: number;
  end_of_turn_wait_ms: number;
  tool_ms: number;
  llm_first_token_ms: number;
  tts_first_audio_ms: number;
  playout_start_ms: number;
  lot: Generated<number>;
}

/** Of a summary and a transcript; written and asked by SQL functions. */
export interface CallWordsTable {
  call_id: string;
  organization_id: string;
}

export interface CallCommandsTable {
  id: string;
  call_id: string;
  node_id: string;
  sent_by: string;
  command: Json;
  refusal: string | null;
  answered_at: NullableTimestamp;
  created_at: Timestamp;
}

export interface RecordingsTable {
  id: string;
  organization_id: string;
  call_id: string;
  installation_id: string;
  state: "recording" | "kept" | "deleting" | "deleted" | "failed";
  path: string | null;
  object_key: string | null;
  uploaded_at: NullableTimestamp;
  // bigint, which the driver reads as text
  duration_ms: ColumnType<string | null, number | null | undefined, number | null>;
  size_bytes: ColumnType<string | null, number | null | undefined, number | null>;
  run_at: Timestamp;
  attempt_count: Generated<number>;
  last_error: string | null;
  created_at: Timestamp;
  updated_at: Timestamp;
}

export interface CallTracesTable {
  call_id: string;
  organization_id: string;
  trace: Json;
  capture: NullableJson;
  created_at: Timestamp;
}
