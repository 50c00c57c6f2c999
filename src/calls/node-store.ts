import { sql } from "kysely";
import type { Queryable } from "../db/database.ts";

/** A node is one running process; its heartbeat is what others judge by whether its calls are still alive. */
export async function insertNode(db: Queryable, node: { id: string; installationId: string }): Promise<void> {
  await db.insertInto("nodes").values({ id: node.id, installation_id: node.installationId }).execute();
}

/**
 * Declares every earlier process of this data folder dead. Certain, not guessed: we hold the folder's lock, and only
 * its living process can.
 */
export async function stopEarlierNodes(db: Queryable, installationId: string): Promise<void> {
  await db
    .updateTable("nodes")
    .set({ stopped_at: sql<Date>`now()` })
    .where("installation_id", "=", installationId)
    .where("stopped_at", "is", null)
    .execute();
}

export async function beatNode(db: Queryable, nodeId: string): Promise<void> {
  await db
    .updateTable("nodes")
    .set({ heartbeat_at: sql<Date>`now()` })
    .where("id", "=", nodeId)
    .execute();
}

export async function stopNode(db: Queryable, nodeId: string): Promise<void> {
  await db
    .updateTable("nodes")
    .set({ stopped_at: sql<Date>`now()` })
    .where("id", "=", nodeId)
    .execute();
}
