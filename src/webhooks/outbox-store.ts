import { sql } from "kysely";
import type { Queryable } from "../db/database.ts";
import { newId } from "../ids.ts";
import type { EventDraft, EventEndpoint } from "./event-draft.ts";

/**
 * Writes an event and its delivery inside the caller's transaction: it exists exactly if the change it reports does.
 * An event that no endpoint wants is written too, with the reason. The caller wakes the delivery after the commit.
 *
 * Taking the next sequence locks the call's row until the commit, so that sequence and commit order agree.
 */
export async function recordEvent(tx: Queryable, draft: EventDraft): Promise<{ eventId: string }> {
  const { last_sequence: sequence } = await tx
    .updateTable("calls")
    .set({ last_sequence: sql<number>`last_sequence + 1` })
    .where("id", "=", draft.callId)
    .returning("last_sequence")
    .executeTakeFirstOrThrow();
  const eventId = newId();
  const isRouted = "url" in draft.endpoint;
  await tx
    .insertInto("webhook_events")
    .values({
      id: eventId,
      created_at: draft.createdAt,
      organization_id: draft.organizationId,
      call_id: draft.callId,
      type: draft.type,
      sequence,
      routing: "url" in draft.endpoint ? "routed" : draft.endpoint.skipped,
      body: draft.encode(sequence),
    })
    .execute();
  if (!isRouted) return { eventId };
  await tx
    .insertInto("webhook_deliveries")
    .values({
      id: newId(),
      event_id: eventId,
      event_created_at: draft.createdAt,
      organization_id: draft.organizationId,
      endpoint_id: await upsertEndpoint(tx, draft.organizationId, draft.endpoint as EventEndpoint),
      call_id: draft.callId,
      sequence,
      event_type: draft.type,
      state: "pending",
      // The database's clock decides what is due; ours may be ahead of it.
      run_at: sql<Date>`now()`,
    })
    .execute();
  return { eventId };
}

/** One row for each place an organization's events go; its secret follows what was configured last. */
async function upsertEndpoint(
  tx: Queryable,
  organizationId: string,
  endpoint: EventEndpoint,
): Promise<string> {
  const { id } = await tx
    .insertInto("webhook_endpoints")
    .values({ id: newId(), organization_id: organizationId, ...endpoint })
    .onConflict((conflict) =>
      conflict.columns(["organization_id", "level", "owner", "url"]).doUpdateSet({ secret: endpoint.secret }),
    )
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
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
