import { sql, type Selectable } from "kysely";
import type { Queryable } from "../db/database.ts";
import type { Tables } from "../db/tables.ts";
import { newId } from "../ids.ts";
import type { Author } from "./assistant-version.ts";
import type { AssistantConfiguration } from "./configuration.ts";

export interface Assistant {
  id: string;
  name: string;
  /** everything but name and secret, as it came */
  configuration: AssistantConfiguration;
  /** sealed */
  webhookSecret: Buffer | null;
  /** counts its changes, from 1; that of the secret is none */
  version: number;
  /** who made this version; null: made before that was kept */
  changedBy: Author | null;
  createdAt: Date;
  updatedAt: Date;
}

export async function listAssistants(db: Queryable, organizationId: string): Promise<Assistant[]> {
  const rows = await db
    .selectFrom("assistants")
    .selectAll()
    .where("organization_id", "=", organizationId)
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .execute();
  return rows.map(fromRow);
}

export async function findAssistant(
  db: Queryable,
  organizationId: string,
  id: string,
): Promise<Assistant | undefined> {
  const row = await db
    .selectFrom("assistants")
    .selectAll()
    .where("organization_id", "=", organizationId)
    .where("id", "=", id)
    .executeTakeFirst();
  return row && fromRow(row);
}

/** Locks the row, so that two PATCHes at once both count. */
export async function lockAssistant(
  tx: Queryable,
  organizationId: string,
  id: string,
): Promise<Assistant | undefined> {
  const row = await tx
    .selectFrom("assistants")
    .selectAll()
    .where("organization_id", "=", organizationId)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  return row && fromRow(row);
}

export async function insertAssistant(
  db: Queryable,
  organizationId: string,
  assistant: Pick<Assistant, "name" | "configuration" | "webhookSecret" | "changedBy">,
): Promise<Assistant> {
  const row = await db
    .insertInto("assistants")
    .values({
      id: newId(),
      organization_id: organizationId,
      name: assistant.name,
      configuration: JSON.stringify(assistant.configuration),
      webhook_secret: assistant.webhookSecret,
      changed_by: assistant.changedBy && JSON.stringify(assistant.changedBy),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return fromRow(row);
}

export async function updateAssistant(
  db: Queryable,
  id: string,
  assistant: Pick<Assistant, "name" | "configuration" | "webhookSecret" | "version" | "changedBy">,
): Promise<Assistant> {
  const row = await db
    .updateTable("assistants")
    .set({
      name: assistant.name,
      configuration: JSON.stringify(assistant.configuration),
      webhook_secret: assistant.webhookSecret,
      version: assistant.version,
      changed_by: assistant.changedBy && JSON.stringify(assistant.changedBy),
      updated_at: sql<Date>`now()`,
    })
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return fromRow(row);
}

/** @returns false when there is none */
export async function deleteAssistant(db: Queryable, organizationId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom("assistants")
    .where("organization_id", "=", organizationId)
    .where("id", "=", id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

function fromRow(row: Selectable<Tables["assistants"]>): Assistant {
  return {
    id: row.id,
    name: row.name,
    configuration: row.configuration as AssistantConfiguration,
    webhookSecret: row.webhook_secret,
    version: row.version,
    changedBy: row.changed_by as Author | null,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
