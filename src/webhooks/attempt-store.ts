import type { Queryable } from "../db/database.ts";
import { newId } from "../ids.ts";
import type { WebhookEventType } from "./event.ts";

/** One HTTP request, as the log keeps it. */
export interface Attempt {
  eventId: string;
  deliveryId: string | null;
  endpointId: string | null;
  /** from 1 */
  number: number;
  startedAt: Date;
  url: string;
  outcome: string;
  statusCode: number | undefined;
  error: string | undefined;
  durationMs: number;
  /** what of it took how long; undefined: it did not happen */
  timings?: AttemptTimings | undefined;
  /** opened for this request, or open already */
  connection?: "cold" | "warm" | undefined;
  remoteAddress?: string | undefined;
  /** the beginning of the answer */
  responseBody: Buffer;
}

export interface AttemptTimings {
  dnsMs?: number | undefined;
  connectMs?: number | undefined;
  tlsMs?: number | undefined;
  firstByteMs?: number | undefined;
}

export const KEPT_RESPONSE_BYTES = 16_384;

export async function insertAttempts(db: Queryable, attempts: readonly Attempt[]): Promise<void> {
  if (attempts.length === 0) return;
  await db
    .insertInto("webhook_attempts")
    .values(
      attempts.map((attempt) => ({
        id: newId(),
        created_at: attempt.startedAt,
        event_id: attempt.eventId,
        delivery_id: attempt.deliveryId,
        endpoint_id: attempt.endpointId,
        number: attempt.number,
        url: attempt.url,
        outcome: attempt.outcome,
        status_code: attempt.statusCode ?? null,
        error: attempt.error ?? null,
        duration_ms: attempt.durationMs,
        response_body: attempt.responseBody.subarray(0, KEPT_RESPONSE_BYTES),
        dns_ms: attempt.timings?.dnsMs ?? null,
        connect_ms: attempt.timings?.connectMs ?? null,
        tls_ms: attempt.timings?.tlsMs ?? null,
        first_byte_ms: attempt.timings?.firstByteMs ?? null,
        connection: attempt.connection ?? null,
        remote_address: attempt.remoteAddress ?? null,
      })),
    )
    .execute();
}

/** A synchronous request after it has settled: event and attempt together. */
export interface SyncRecord {
  event: {
    id: string;
    createdAt: Date;
    organizationId: string;
    callId: string;
    type: WebhookEventType;
    routing: "routed" | "no-endpoint" | "filtered";
    body: Buffer;
  };
  attempt: Attempt | undefined;
}

export async function insertSyncRecords(db: Queryable, records: readonly SyncRecord[]): Promise<void> {
  if (records.length === 0) return;
  await db
    .insertInto("webhook_events")
    .values(
      records.map(({ event }) => ({
        id: event.id,
        created_at: event.createdAt,
        organization_id: event.organizationId,
        call_id: event.callId,
        type: event.type,
        sequence: null,
        routing: event.routing,
        body: event.body,
      })),
    )
    .execute();
  await insertAttempts(
    db,
    records.flatMap(({ attempt }) => (attempt ? [attempt] : [])),
  );
}
