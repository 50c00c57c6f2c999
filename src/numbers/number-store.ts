import { sql } from "kysely";
import type { Queryable } from "../db/database.ts";
import { newId } from "../ids.ts";
import type { WorkflowDefinition } from "../workflows/workflow-definition.ts";

const FOREIGN_KEY_VIOLATION = "23503";

export interface NumberRecord {
  id: string;
  phone_number: string;
  name: string | null;
  agent_id: string | null;
  agent_name: string | null;
  business_name: string | null;
  transfer_trunk_id: string | null;
  transfer_trunk_name: string | null;
  workflow_id: string | null;
  workflow_name: string | null;
  is_active: boolean;
  created_at: Date;
  updated_at: Date;
}

function select(db: Queryable, organizationId: string) {
  return db
    .selectFrom("numbers")
    .leftJoin("assistants", "assistants.id", "numbers.assistant_id")
    .leftJoin("sip_trunks", "sip_trunks.id", "numbers.transfer_trunk_id")
    .leftJoin("workflows", "workflows.id", "numbers.workflow_id")
    .select([
      "numbers.id",
      "numbers.phone_number",
      "numbers.name",
      "numbers.assistant_id as agent_id",
      "assistants.name as agent_name",
      sql<string | null>`assistants.configuration->>'business_name'`.as("business_name"),
      "numbers.transfer_trunk_id",
      "sip_trunks.name as transfer_trunk_name",
      "numbers.workflow_id",
      "workflows.name as workflow_name",
      "numbers.is_active",
      "numbers.created_at",
      "numbers.updated_at",
    ])
    .where("numbers.organization_id", "=", organizationId);
}

export function listNumbers(db: Queryable, organizationId: string): Promise<NumberRecord[]> {
  return select(db, organizationId)
    .orderBy("numbers.created_at", "desc")
    .orderBy("numbers.id", "desc")
    .execute();
}

export function findNumber(
  db: Queryable,
  organizationId: string,
  id: string,
): Promise<NumberRecord | undefined> {
  return select(db, organizationId).where("numbers.id", "=", id).executeTakeFirst();
}

export type WriteResult =
  | { outcome: "written"; id: string }
  /** registered already, here or by another organization */
  | { outcome: "taken" }
  /** no such number in this organization */
  | { outcome: "not-found" }
  /** what it refers to was deleted since it was looked up */
  | { outcome: "link-gone" };

export interface NumberLinks {
  assistantId?: string | null;
  trunkId?: string | null;
  workflowId?: string | null;
}

function toColumns({ assistantId, trunkId, workflowId }: NumberLinks) {
  return {
    ...(assistantId !== undefined && { assistant_id: assistantId }),
    ...(trunkId !== undefined && { transfer_trunk_id: trunkId }),
    ...(workflowId !== undefined && { workflow_id: workflowId }),
  };
}

export async function insertNumber(
  db: Queryable,
  organizationId: string,
  number: NumberLinks & { phoneNumber: string; name: string | null; isActive: boolean },
): Promise<WriteResult> {
  const insert = db
    .insertInto("numbers")
    .values({
      id: newId(),
      organization_id: organizationId,
      phone_number: number.phoneNumber,
      name: number.name,
      is_active: number.isActive,
      ...toColumns(number),
    })
    .onConflict((conflict) => conflict.column("phone_number").doNothing())
    .returning("id");
  return unlessLinkIsGone(async () => {
    const row = await insert.executeTakeFirst();
    return row ? { outcome: "written", id: row.id } : { outcome: "taken" };
  });
}

export async function updateNumber(
  db: Queryable,
  organizationId: string,
  id: string,
  changes: NumberLinks & { name?: string | null; isActive?: boolean },
): Promise<WriteResult> {
  const update = db
    .updateTable("numbers")
    .set({
      ...(changes.name !== undefined && { name: changes.name }),
      ...toColumns(changes),
      ...(changes.isActive !== undefined && { is_active: changes.isActive }),
      updated_at: sql<Date>`now()`,
    })
    .where("organization_id", "=", organizationId)
    .where("id", "=", id);
  return unlessLinkIsGone(async () => {
    const { numUpdatedRows } = await update.executeTakeFirst();
    return numUpdatedRows > 0n ? { outcome: "written", id } : { outcome: "not-found" };
  });
}

async function unlessLinkIsGone(write: () => Promise<WriteResult>): Promise<WriteResult> {
  try {
    return await write();
  } catch (error) {
    if ((error as { code?: string }).code === FOREIGN_KEY_VIOLATION) return { outcome: "link-gone" };
    throw error;
  }
}

export async function deleteNumber(db: Queryable, organizationId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom("numbers")
    .where("organization_id", "=", organizationId)
    .where("id", "=", id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** The number that an INVITE names, if it takes calls, with the workflow that drives them, if one is active. */
export async function findNumberForCall(db: Queryable, phoneNumber: string) {
  const row = await db
    .selectFrom("numbers")
    .leftJoin("workflows", (join) =>
      join.onRef("workflows.id", "=", "numbers.workflow_id").on("workflows.is_active", "=", true),
    )
    .select([
      "numbers.id",
      "numbers.phone_number",
      "numbers.name",
      "numbers.organization_id",
      "numbers.assistant_id",
      "workflows.definition",
    ])
    .where("numbers.phone_number", "=", phoneNumber)
    .where("numbers.is_active", "=", true)
    .executeTakeFirst();
  return (
    row && {
      id: row.id,
      phoneNumber: row.phone_number,
      name: row.name,
      organizationId: row.organization_id,
      assistantId: row.assistant_id,
      // As it is now: a call that has begun is not touched by what is saved later (facts 6.1).
      workflow: row.definition as WorkflowDefinition | null,
    }
  );
}

/** How many numbers a workflow drives. Locks them, so that none is attached while the workflow is being deleted. */
export async function countNumbersOfWorkflow(tx: Queryable, workflowId: string): Promise<number> {
  const rows = await tx
    .selectFrom("numbers")
    .select("id")
    .where("workflow_id", "=", workflowId)
    .forUpdate()
    .execute();
  return rows.length;
}
