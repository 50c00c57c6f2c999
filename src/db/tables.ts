import type { ColumnType, Generated } from "kysely";
import type {
  CallActivityTable,
  CallCommandsTable,
  CallsTable,
  CallTracesTable,
  CallTurnsTable,
  CallWordsTable,
  NodesTable,
  RecordingsTable,
} from "./call-tables.ts";
import type { PeopleTables } from "./people-tables.ts";
import type { Json, NullableJson, NullableTimestamp, Timestamp } from "./columns.ts";

// The tables as Kysely sees them; db/migrations/*.sql is the truth.

interface OrganizationsTable {
  id: string;
  name: string;
  webhook_url: string | null;
  webhook_fallback_url: string | null;
  webhook_secret: Buffer;
  webhook_events: string[] | null;
  parent_id: string | null;
  minutes_balance: number | null;
  content_retention_days: number | null;
  metadata_retention_days: number | null;
  created_at: Timestamp;
  updated_at: Timestamp;
}

interface ApiKeysTable {
  id: string;
  organization_id: string;
  name: string;
  key_hash: Buffer;
  prefix: string | null;
  expires_at: NullableTimestamp;
  revoked_at: NullableTimestamp;
  last_used_at: NullableTimestamp;
  created_at: Timestamp;
}

interface IdempotentRequestsTable {
  organization_id: string;
  key: string;
  fingerprint: Buffer;
  locked_until: Date;
  status: number | null;
  answer: Buffer | null;
  created_at: Timestamp;
}

interface AssistantVersionsTable {
  assistant_id: string;
  version: number;
  name: string;
  configuration: Json;
  changed_by: NullableJson;
  created_at: Timestamp;
}

interface AssistantsTable {
  id: string;
  organization_id: string;
  name: string;
  configuration: Json;
  webhook_secret: Buffer | null;
  version: Generated<number>;
  changed_by: NullableJson;
  created_at: Timestamp;
  updated_at: Timestamp;
}

interface NumbersTable {
  id: string;
  organization_id: string;
  phone_number: string;
  name: string | null;
  assistant_id: string | null;
  transfer_trunk_id: string | null;
  workflow_id: string | null;
  is_active: Generated<boolean>;
  created_at: Timestamp;
  updated_at: Timestamp;
}

interface ToolTemplatesTable {
  id: string;
  organization_id: string;
  name: string;
  description: string | null;
  tool_type: "function" | "end_call" | "transfer_call";
  tool_config: Json;
  created_at: Timestamp;
  updated_at: Timestamp;
}

interface AnalysisTemplatesTable {
  id: string;
  organization_id: string;
  name: string;
  description: string | null;
  system_prompt: string;
  user_prompt: string;
  schema: Json;
  created_at: Timestamp;
  updated_at: Timestamp;
}

interface SipTrunksTable {
  id: string;
  organization_id: string;
  name: string;
  provider: string;
  address: string;
  transport: "udp" | "tcp" | "tls";
  auth_username: string | null;
  auth_password: Buffer | null;
  is_active: Generated<boolean>;
  inbound_addresses: ColumnType<string[], string[] | undefined, string[]>;
  inbound_auth: ColumnType<"address" | "digest", "address" | "digest" | undefined>;
  register: Generated<boolean>;
  calls_per_second: number | null;
  srtp: ColumnType<"off" | "offer" | "require", "off" | "offer" | "require" | undefined>;
  refer: ColumnType<"auto" | "never", "auto" | "never" | undefined>;
  keeper_node_id: ColumnType<string | null, undefined, string | null>;
  reachability: ColumnType<"up" | "down" | "unknown", undefined, "up" | "down" | "unknown">;
  reachability_since: ColumnType<Date | null, undefined, Date | null>;
  reachability_checked_at: ColumnType<Date | null, undefined, Date | null>;
  reachability_latency_ms: ColumnType<number | null, undefined, number | null>;
  reachability_status: ColumnType<number | null, undefined, number | null>;
  reachability_error: ColumnType<string | null, undefined, string | null>;
  registration: ColumnType<"registered" | "failed" | null, undefined, "registered" | "failed" | null>;
  registration_since: ColumnType<Date | null, undefined, Date | null>;
  registration_expires_at: ColumnType<Date | null, undefined, Date | null>;
  registration_status: ColumnType<number | null, undefined, number | null>;
  registration_error: ColumnType<string | null, undefined, string | null>;
  outbound_slot_at: ColumnType<Date | null, undefined, Date | null>;
  inbound_slot_at: ColumnType<Date | null, undefined, Date | null>;
  created_at: Timestamp;
  updated_at: Timestamp;
}

interface WorkflowsTable {
  id: string;
  organization_id: string;
  name: string;
  definition: Json;
  is_active: Generated<boolean>;
  created_at: Timestamp;
  updated_at: Timestamp;
}

interface McpServersTable {
  id: string;
  organization_id: string;
  name: string;
  url: string;
  transport: ColumnType<"streamable_http" | "sse", string | undefined, string>;
  header_names: ColumnType<string[], string[] | undefined, string[]>;
  headers: Buffer | null;
  timeout_seconds: Generated<number>;
  created_at: Timestamp;
  updated_at: Timestamp;
}

interface ByokKeysTable {
  id: string;
  organization_id: string;
  provider: string;
  api_key: Buffer;
  config: ColumnType<Record<string, unknown>, string | undefined, string>;
  created_at: Timestamp;
  updated_at: Timestamp;
}

interface CampaignsTable {
  id: string;
  organization_id: string;
  assistant_id: string | null;
  name: string;
  status: ColumnType<
    "draft" | "scheduled" | "paused" | "completed" | "cancelled",
    string | undefined,
    string
  >;
  system_message_template: string | null;
  /** HH:MM:SS */
  schedule_start_time: string;
  schedule_end_time: string;
  timezone: string;
  created_at: Timestamp;
  updated_at: Timestamp;
}

interface CampaignLeadsTable {
  id: string;
  campaign_id: string;
  phone_number: string;
  variables: Json;
  status: ColumnType<"pending" | "calling" | "completed" | "failed" | "skipped", string | undefined, string>;
  call_id: string | null;
  attempts: Generated<number>;
  last_attempt_at: NullableTimestamp;
  created_at: Timestamp;
}

interface WebhookEndpointsTable {
  id: string;
  organization_id: string;
  level: string;
  owner: string;
  url: string;
  secret: Buffer | null;
  breaker: ColumnType<"closed" | "open" | "half-open", string | undefined, string>;
  breaker_until: NullableTimestamp;
  breaker_opens: Generated<number>;
  consecutive_failures: Generated<number>;
  failing_since: NullableTimestamp;
  disabled_at: NullableTimestamp;
  disabled_reason: string | null;
  created_at: Timestamp;
}

interface WebhookPreviousSecretsTable {
  id: string;
  organization_id: string;
  owner: string;
  secret: Buffer;
  expires_at: Timestamp;
  created_at: Timestamp;
}

interface WebhookReplaysTable {
  id: string;
  organization_id: string;
  filter: Json;
  state: "running" | "paused" | "done";
  total: number;
  done: Generated<number>;
  after_position: string | null;
  after_id: string | null;
  created_at: Timestamp;
}

interface OperationalEventsTable {
  id: string;
  organization_id: string;
  type: string;
  detail: Json;
  created_at: Timestamp;
}

interface WebhookEventsTable {
  id: string;
  created_at: Date;
  organization_id: string;
  call_id: string;
  type: string;
  sequence: number | null;
  routing: string;
  body: Buffer;
}

interface WebhookDeliveriesTable {
  id: string;
  event_id: string;
  event_created_at: Date;
  organization_id: string;
  endpoint_id: string;
  call_id: string;
  sequence: number;
  event_type: string;
  state: "waiting" | "pending" | "in-flight" | "delivered" | "exhausted" | "cancelled";
  attempt_count: Generated<number>;
  is_retry: Generated<boolean>;
  is_replay: Generated<boolean>;
  run_at: Date;
  reason: string | null;
  claim_id: string | null;
  node_id: string | null;
  created_at: Timestamp;
  finished_at: NullableTimestamp;
}

interface WebhookAttemptsTable {
  id: string;
  created_at: Date;
  event_id: string;
  delivery_id: string | null;
  endpoint_id: string | null;
  number: number;
  url: string;
  outcome: string;
  status_code: number | null;
  error: string | null;
  duration_ms: number;
  response_body: Buffer | null;
  dns_ms: number | null;
  connect_ms: number | null;
  tls_ms: number | null;
  first_byte_ms: number | null;
  connection: string | null;
  remote_address: string | null;
  response_headers: Record<string, string> | null;
}

interface EmailsTable {
  id: string;
  organization_id: string;
  call_id: string;
  recipients: string[];
  delivered_to: Generated<string[]>;
  message_id: string;
  report: NullableJson;
  state: "pending" | "in-flight" | "sent" | "failed" | "skipped";
  attempt_count: Generated<number>;
  run_at: Timestamp;
  last_error: string | null;
  transport: string | null;
  claim_id: string | null;
  node_id: string | null;
  created_at: Timestamp;
  finished_at: NullableTimestamp;
}

interface DomainsTable {
  id: string;
  organization_id: string;
  domain_name: string;
  resend_domain_id: string;
  status: string;
  region: string;
  records: NullableJson;
  created_at: Timestamp;
  updated_at: Timestamp;
  verified_at: NullableTimestamp;
}

export interface Tables extends PeopleTables {
  webhook_endpoints: WebhookEndpointsTable;
  webhook_previous_secrets: WebhookPreviousSecretsTable;
  webhook_replays: WebhookReplaysTable;
  operational_events: OperationalEventsTable;
  webhook_events: WebhookEventsTable;
  webhook_deliveries: WebhookDeliveriesTable;
  webhook_attempts: WebhookAttemptsTable;
  organizations: OrganizationsTable;
  api_keys: ApiKeysTable;
  idempotent_requests: IdempotentRequestsTable;
  assistants: AssistantsTable;
  assistant_versions: AssistantVersionsTable;
  numbers: NumbersTable;
  tool_templates: ToolTemplatesTable;
  analysis_templates: AnalysisTemplatesTable;
  sip_trunks: SipTrunksTable;
  workflows: WorkflowsTable;
  byok_keys: ByokKeysTable;
  mcp_servers: McpServersTable;
  campaigns: CampaignsTable;
  campaign_leads: CampaignLeadsTable;
  nodes: NodesTable;
  calls: CallsTable;
  call_activity: CallActivityTable;
  call_turns: CallTurnsTable;
  call_words: CallWordsTable;
  call_commands: CallCommandsTable;
  emails: EmailsTable;
  domains: DomainsTable;
  recordings: RecordingsTable;
  call_traces: CallTracesTable;
}
