import { sql } from "kysely";
import type { Queryable } from "../db/database.ts";
import type { Assistant } from "./assistant-store.ts";
import { withoutToolSecrets, type Author } from "./assistant-version.ts";
import type { AssistantConfiguration } from "./configuration.ts";

/** One state that an assistant had. */
export interface AssistantVersion {
  version: number;
  name: string;
  configuration: AssistantConfiguration;
  changedBy: Author | null;
  /** of the key, as it is called today; null: a person, or a key that is gone */
  keyName: string | null;
  createdAt: Date;
}

const MOST_LISTED = 200;

/** Keeps what an assistant is before it is changed, in the transaction of the change. */
export async function keepVersion(tx: Queryable, assistant: Assistant): Promise<void> {
  await tx
    .insertInto("assistant_versions")
    .values({
      assistant_id: assistant.id,
      version: assistant.version,
      name: assistant.name,
      configuration: JSON.stringify(withoutToolSecrets(assistant.configuration)),
      changed_by: assistant.changedBy && JSON.stringify(assistant.changedBy),
      created_at: assistant.updatedAt,
    })
    .execute();
}

interface VersionRow {
  version: number;
  name: string;
  configuration: AssistantConfiguration;
  changed_by: Author | null;
  key_name: string | null;
  created_at: Date;
}

/** Today's first. @param version  undefined: all */
async function select(
  db: Queryable,
  organizationId: string,
  assistantId: string,
  version?: number,
): Promise<AssistantVersion[]> {
  const { rows } = await sql<VersionRow>`
    select v.*, k.name as key_name from (
      select id, version, name, configuration, changed_by, updated_at as created_at from assistants where id = ${assistantId}
      union all
      select assistant_id, version, name, configuration, changed_by, created_at
      from assistant_versions where assistant_id = ${assistantId}
    ) v
    join assistants a on a.id = v.id and a.organization_id = ${organizationId}
    left join api_keys k on k.organization_id = ${organizationId}
      and v.changed_by->>'type' = 'api_key' and k.id::text = v.changed_by->>'id'
    where ${version === undefined ? sql`true` : sql`v.version = ${version}`}
    order by v.version desc limit ${MOST_LISTED}
  `.execute(db);
  return rows.map((row) => ({
    version: row.version,
    name: row.name,
    configuration: withoutToolSecrets(row.configuration),
    changedBy: row.changed_by,
    keyName: row.key_name,
    createdAt: row.created_at,
  }));
}

/** Today's first; empty: there is no such assistant. */
export function listVersions(
  db: Queryable,
  organizationId: string,
  assistantId: string,
): Promise<AssistantVersion[]> {
  return select(db, organizationId, assistantId);
}

export async function findVersion(
  db: Queryable,
  organizationId: string,
  assistantId: string,
  version: number,
): Promise<AssistantVersion | undefined> {
  const [found] = await select(db, organizationId, assistantId, version);
  return found;
}
