import { sql } from "kysely";
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
  /** undefined: there was no answer */
  responseHeaders?: Record<string, string> | undefined;
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

/** All in one statement whose text does not depend on how many there are: an outage's backlog comes by the hundred. */
export async function insertAttempts(db: Queryable, attempts: readonly Attempt[]): Promise<void> {
  if (attempts.length === 0) return;
  const column = <T>(read: (attempt: Attempt) => T) => attempts.map(read);
  await sql`
    insert into webhook_attempts (
      id, created_at, event_id, delivery_id, endpoint_id, number, url, outcome, status_code, error, duration_ms,
      response_body, dns_ms, connect_ms, tls_ms, first_byte_ms, connection, remote_address,
      response_headers
    )
    select * from unnest(
      ${column(() => newId())}::uuid[],
      ${column(({ startedAt }) => startedAt)}::timestamptz[],
      ${column(({ eventId }) => eventId)}::uuid[],
      ${column(({ deliveryId }) => deliveryId)}::uuid[],
      ${column(({ endpointId }) => endpointId)}::uuid[],
      ${column(({ number }) => number)}::integer[],
      ${column(({ url }) => url)}::text[],
      ${column(({ outcome }) => outcome)}::text[],
      ${column(({ statusCode }) => statusCode ?? null)}::integer[],
      ${column(({ error }) => error ?? null)}::text[],
      ${column(({ durationMs }) => durationMs)}::real[],
      ${column(({ responseBody }) => responseBody.subarray(0, KEPT_RESPONSE_BYTES))}::bytea[],
      ${column(({ timings }) => timings?.dnsMs ?? null)}::real[],
      ${column(({ timings }) => timings?.connectMs ?? null)}::real[],
      ${column(({ timings }) => timings?.tlsMs ?? null)}::real[],
      ${column(({ timings }) => timings?.firstByteMs ?? null)}::real[],
      ${column(({ connection }) => connection ?? null)}::text[],
      ${column(({ remoteAddress }) => remoteAddress ?? null)}::text[],
      ${column(({ responseHeaders }) => (responseHeaders ? JSON.stringify(responseHeaders) : null))}::jsonb[]
    )
  `.execute(db);
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
  /** none: it was not sent anywhere */
  attempts: readonly Attempt[];
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
    records.flatMap(({ attempts }) => attempts),
  );
}
