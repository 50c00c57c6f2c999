import { sql } from "kysely";
import type { Queryable } from "../db/database.ts";
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
  const { last_sequence: sequence } = await tx
    .updateTable("calls")
    .set({ last_sequence: sql<number>`last_sequence + 1` })
    .where("id", "=", draft.callId)
    .returning("last_sequence")
    .executeTakeFirstOrThrow();
  const eventId = newId();
  const endpoint =
    "url" in draft.endpoint ? await ensureEndpoint(tx, draft.organizationId, draft.endpoint) : undefined;
  const routing = "url" in draft.endpoint ? "routed" : draft.endpoint.skipped;
  await tx
    .insertInto("webhook_events")
    .values({
      id: eventId,
      created_at: draft.createdAt,
      organization_id: draft.organizationId,
      call_id: draft.callId,
      type: draft.type,
      sequence,
      routing: endpoint?.isDisabled ? "disabled" : routing,
      body: draft.encode(sequence),
    })
    .execute();
  if (!endpoint || endpoint.isDisabled) return { eventId, endpointId: undefined };
  const hasToWait = await lockEarlier(tx, draft.callId, endpoint.id);
  await tx
    .insertInto("webhook_deliveries")
    .values({
      id: newId(),
      event_id: eventId,
      event_created_at: draft.createdAt,
      organization_id: draft.organizationId,
      endpoint_id: endpoint.id,
      call_id: draft.callId,
      sequence,
      event_type: draft.type,
      state: hasToWait ? "waiting" : "pending",
      // The database's clock decides what is due; ours may be ahead of it.
      run_at: sql<Date>`now()`,
    })
    .execute();
  return { eventId, endpointId: endpoint.id };
}

/**
 * Whether an earlier event of the call still has to be attempted. Locks it: who finishes it in this moment waits for our
 * commit, and then sees ours waiting; or we wait for him, and find that there is nothing to wait for.
 */
async function lockEarlier(tx: Queryable, callId: string, endpointId: string): Promise<boolean> {
  const earlier = await tx
    .selectFrom("webhook_deliveries")
    .select("id")
    .where("call_id", "=", callId)
    .where("endpoint_id", "=", endpointId)
    .where((where) =>
      where.or([
        where("state", "=", "waiting"),
        where.and([
          where("state", "in", ["pending", "in-flight"]),
          where("attempt_count", "<", QUICK_ATTEMPTS),
        ]),
      ]),
    )
    .orderBy("sequence")
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  return earlier !== undefined;
}

/**
 * One row for each place an organization's events go; its secret follows what was configured last. Read before it is
 * written: an upsert would lock the row, and all calls of an organization would commit one after the other.
 */
async function ensureEndpoint(
  tx: Queryable,
  organizationId: string,
  endpoint: EventEndpoint,
): Promise<{ id: string; isDisabled: boolean }> {
  const find = () =>
    tx
      .selectFrom("webhook_endpoints")
      .select(["id", "secret", "disabled_at"])
      .where("organization_id", "=", organizationId)
      .where("level", "=", endpoint.level)
      .where("owner", "=", endpoint.owner)
      .where("url", "=", endpoint.url)
      .executeTakeFirst();
  let row = await find();
  if (!row) {
    await tx
      .insertInto("webhook_endpoints")
      .values({ id: newId(), organization_id: organizationId, ...endpoint })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    row = (await find())!;
  }
  const isSame =
    row.secret === null ? endpoint.secret === null : endpoint.secret?.equals(row.secret) === true;
  if (!isSame) {
    await tx
      .updateTable("webhook_endpoints")
      .set({ secret: endpoint.secret })
      .where("id", "=", row.id)
      .execute();
  }
  return { id: row.id, isDisabled: row.disabled_at !== null };
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
