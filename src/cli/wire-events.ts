// What the API says of events, deliveries and attempts, as far as commands show it.

export interface WireEvent {
  id: string;
  type: string;
  call_id: string;
  sequence: number | null;
  created_at: string;
  is_synchronous: boolean;
  routing: string;
  reason: string | null;
  state: string;
  attempt_count: number;
  next_attempt_at: string | null;
  endpoint: { id: string; url: string; level: string } | null;
  body?: unknown;
}

export interface WireAttempt {
  id?: string;
  number?: number;
  started_at: string;
  url: string;
  outcome: string;
  status_code: number | null;
  error: string | null;
  fault: "receiver" | "network" | "operator" | null;
  timings: Record<"dns_ms" | "connect_ms" | "tls_ms" | "first_byte_ms" | "total_ms", number | null>;
  connection: "cold" | "warm" | null;
  remote_address: string | null;
  response_body: string;
  curl: string;
}

export interface WireReplay {
  id: string;
  state: "running" | "paused" | "done";
  total: number;
  done: number;
}

export const EVENT_STATES = [
  "pending",
  "in-flight",
  "delivered",
  "failed",
  "exhausted",
  "cancelled",
  "skipped",
] as const;
