import type { ColumnType, Generated, JSONColumnType } from "kysely";

// The tables as Kysely sees them; db/migrations/*.sql is the truth, and test/db/tables.test.ts holds the two together.

type Timestamp = ColumnType<Date, Date | undefined, Date>;
type NullableTimestamp = ColumnType<Date | null, Date | null | undefined, Date | null>;
/** A json column: read as a parsed value, written as text, so that key order is ours and not the driver's. */
type Json = JSONColumnType<object>;
type NullableJson = ColumnType<object | null, string | null | undefined, string | null>;

interface OrganizationsTable {
  id: string;
  name: string;
  webhook_url: string | null;
  webhook_secret: Buffer;
  webhook_events: string[] | null;
  created_at: Timestamp;
  updated_at: Timestamp;
}

interface ApiKeysTable {
  id: string;
  organization_id: string;
  name: string;
  key_hash: Buffer;
  created_at: Timestamp;
}

interface AssistantsTable {
  id: string;
  organization_id: string;
  name: string;
  configuration: Json;
  webhook_secret: Buffer | null;
  created_at: Timestamp;
  updated_at: Timestamp;
}

interface NumbersTable {
  id: string;
  organization_id: string;
  phone_number: string;
  name: string | null;
  assistant_id: string | null;
  is_active: Generated<boolean>;
  created_at: Timestamp;
  updated_at: Timestamp;
}

interface NodesTable {
  id: string;
  installation_id: string;
  started_at: Timestamp;
  heartbeat_at: Timestamp;
  stopped_at: NullableTimestamp;
}

interface CallsTable {
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
  configuration: NullableJson;
  webhook_secret: Buffer | null;
  messages: NullableJson;
  summary: string | null;
  analysis_result: NullableJson;
  recording_url: string | null;
  last_sequence: Generated<number>;
  created_at: Timestamp;
  started_at: NullableTimestamp;
  ended_at: NullableTimestamp;
  reported_at: NullableTimestamp;
  updated_at: Timestamp;
}

export interface Tables {
  organizations: OrganizationsTable;
  api_keys: ApiKeysTable;
  assistants: AssistantsTable;
  numbers: NumbersTable;
  nodes: NodesTable;
  calls: CallsTable;
}
