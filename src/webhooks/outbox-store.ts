import { sql } from "kysely";
import type { Database, Queryable } from "../db/database.ts";
import { newId } from "../ids.ts";
import type { EventDraft, EventEndpoint } from "./event-draft.ts";
import { QUICK_ATTEMPTS } from "./retry-schedule.ts";

export interface RecordedEvent {
  eventId: string;
  /** which endpoint has something to deliver, once the transaction is committed; undefined: none */
  endpointId: string | undefined;
}

/**
 * Writes an event and its delivery inside the caller's transaction: it exists exactly if the change it reports does.
 * An event that no endpoint gets is written too, with the reason. The caller wakes the delivery after the commit.
 *
 * Taking the next sequence locks the call's row until the commit, so that sequence and commit order agree.
 */
export async function recordEvent(tx: Queryable, draft: EventDraft): Promise<RecordedEvent> {
  const eventId = newId();
  const event = { id: eventId, created_at: draft.createdAt, type: draft.type };
  const { sequence, endpoint } = await takeSequence(tx, draft);
  if (!endpoint || endpoint.isDisabled) {
    const routing = "skipped" in draft.endpoint ? draft.endpoint.skipped : "disabled";
    await tx
      .insertInto("webhook_events")
      .values({
        ...event,
        organization_id: draft.organizationId,
        call_id: draft.callId,
        sequence,
        routing,
        body: draft.encode(sequence),
      })
      .execute();
    return { eventId, endpointId: undefined };
  }
  // Locks the earlier event of the call that is still to be attempted. Who finishes it in this moment waits for our
  // commit, and then sees ours waiting; or we wait for him, and find that there is nothing to wait for.
  await sql`
    with event as (
      insert into webhook_events (id, created_at, organization_id, call_id, type, sequence, routing, body)
      values (${event.id}, ${event.created_at}, ${draft.organizationId}, ${draft.callId}, ${event.type}, ${sequence},
        'routed', ${draft.encode(sequence)})
    ),
    earlier as (
      select id from webhook_deliveries
      where call_id = ${draft.callId} and endpoint_id = ${endpoint.id}
        and state in ('waiting', 'pending', 'in-flight') and (state = 'waiting' or attempt_count < ${QUICK_ATTEMPTS})
      order by sequence limit 1 for update
    )
    insert into webhook_deliveries
      (id, event_id, event_created_at, organization_id, endpoint_id, call_id, sequence, event_type, state, run_at)
    -- The database's clock decides what is due; ours may be ahead of it.
    select ${newId()}, ${event.id}, ${event.created_at}, ${draft.organizationId}, ${endpoint.id}, ${draft.callId},
      ${sequence}, ${event.type}, case when exists (select from earlier) then 'waiting' else 'pending' end, now()
  `.execute(tx);
  return { eventId, endpointId: endpoint.id };
}

/** An event of no call, for the test button: with a delivery of its own, like any other. */
export async function insertTestEvent(
  db: Database,
  event: Omit<EventDraft, "encode" | "endpoint"> & { endpoint: EventEndpoint; body: Buffer },
): Promise<RecordedEvent> {
  const eventId = newId();
  return db.transaction().execute(async (tx) => {
    const endpoint = await insertEndpoint(tx, event.organizationId, event.endpoint);
    if (endpoint.isDisabled) return { eventId, endpointId: undefined };
    const common = { organization_id: event.organizationId, call_id: event.callId, sequence: 1 };
    await tx
      .insertInto("webhook_events")
      .values({
        ...common,
        id: eventId,
        created_at: event.createdAt,
        type: event.type,
        routing: "routed",
        body: event.body,
      })
      .execute();
    await tx
      .insertInto("webhook_deliveries")
      .values({
        ...common,
        id: newId(),
        event_id: eventId,
        event_created_at: event.createdAt,
        endpoint_id: endpoint.id,
        event_type: event.type,
        state: "pending",
        run_at: sql<Date>`now()`,
      })
      .execute();
    return { eventId, endpointId: endpoint.id };
  });
}

interface KnownEndpoint {
  id: string;
  isDisabled: boolean;
}

/** The event's place among its call's, and where it goes: in one statement, because a call's change waits for it. */
async function takeSequence(
  tx: Queryable,
  { callId, organizationId, endpoint }: EventDraft,
): Promise<{ sequence: number; endpoint: KnownEndpoint | undefined }> {
  const wanted = "url" in endpoint ? endpoint : undefined;
  const { rows } = await sql<{
    last_sequence: number;
    id: string | null;
    secret: Buffer | null;
    disabled_at: Date | null;
  }>`
    with line as (
      update calls set last_sequence = last_sequence + 1 where id = ${callId} returning last_sequence
    )
    select line.last_sequence, e.id, e.secret, e.disabled_at
    from line left join webhook_endpoints e
      on e.organization_id = ${organizationId} and e.level = ${wanted?.level ?? ""}
      and e.owner = ${wanted?.owner ?? ""} and e.url = ${wanted?.url ?? ""}
  `.execute(tx);
  const row = rows[0];
  if (!row) throw new Error(`there is no call ${callId} to record an event of`);
  const sequence = row.last_sequence;
  if (!wanted) return { sequence, endpoint: undefined };
  if (row.id === null) return { sequence, endpoint: await insertEndpoint(tx, organizationId, wanted) };
  await followSecret(tx, { id: row.id, secret: row.secret }, wanted.secret);
  return { sequence, endpoint: { id: row.id, isDisabled: row.disabled_at !== null } };
}

/** One row for each place an organization's events go. */
async function insertEndpoint(
  tx: Queryable,
  organizationId: string,
  endpoint: EventEndpoint,
): Promise<KnownEndpoint> {
  await tx
    .insertInto("webhook_endpoints")
    .values({ id: newId(), organization_id: organizationId, ...endpoint })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await tx
    .selectFrom("webhook_endpoints")
    .select(["id", "disabled_at"])
    .where("organization_id", "=", organizationId)
    .where("level", "=", endpoint.level)
    .where("owner", "=", endpoint.owner)
    .where("url", "=", endpoint.url)
    .executeTakeFirstOrThrow();
  return { id: row.id, isDisabled: row.disabled_at !== null };
}

/**
 * An endpoint's secret follows what was configured last. Written only where it differs: an upsert would lock the row, and
 * all calls of an organization would commit one after the other.
 */
async function followSecret(
  tx: Queryable,
  known: { id: string; secret: Buffer | null },
  secret: Buffer | null,
): Promise<void> {
  const isSame = known.secret === null ? secret === null : secret?.equals(known.secret) === true;
  if (isSame) return;
  await tx.updateTable("webhook_endpoints").set({ secret }).where("id", "=", known.id).execute();
}

/**
 * An assistant's secret has changed: what is still to be delivered is signed with the new one, because the receiver
 * knows no other any more. In the transaction of the change.
 */
export async function replaceAssistantSecret(
  tx: Queryable,
  change: { organizationId: string; assistantId: string; sealedSecret: Buffer | null },
): Promise<void> {
  await tx
    .updateTable("webhook_endpoints")
    .set({ secret: change.sealedSecret })
    .where("organization_id", "=", change.organizationId)
    .where("level", "=", "assistant")
    .where("owner", "=", change.assistantId)
    .execute();
}
