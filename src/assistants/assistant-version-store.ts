import { sql } from "kysely";
import type { Queryable } from "../db/database.ts";
import type { Assistant } from "./assistant-store.ts";
import type { Author } from "./assistant-version.ts";
import type { AssistantConfiguration } from "./configuration.ts";
import { withoutToolSecrets } from "./tool-secrets.ts";

/** One state that an assistant had, as it is listed. */
export interface ListedVersion {
  version: number;
  name: string;
  changedBy: Author | null;
  /** of the key, as it is called today; null: a person, or a key that is gone */
  keyName: string | null;
  createdAt: Date;
}

export interface AssistantVersion extends ListedVersion {
  configuration: AssistantConfiguration;
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

interface ListedRow {
  version: number;
  name: string;
  changed_by: Author | null;
  key_name: string | null;
  created_at: Date;
}

const LISTED = sql`v.version, v.name, v.changed_by, k.name as key_name, v.created_at`;

/** Of one assistant, today's among them. */
const versionsOf = (organizationId: string, assistantId: string) => sql`
  (
    select id, version, name, configuration, changed_by, updated_at as created_at from assistants where id = ${assistantId}
    union all
    select assistant_id, version, name, configuration, changed_by, created_at
    from assistant_versions where assistant_id = ${assistantId}
  ) v
  join assistants a on a.id = v.id and a.organization_id = ${organizationId}
  left join api_keys k on k.organization_id = ${organizationId}
    and v.changed_by->>'type' = 'api_key' and k.id::text = v.changed_by->>'id'`;

function fromRow(row: ListedRow): ListedVersion {
  return {
    version: row.version,
    name: row.name,
    changedBy: row.changed_by,
    keyName: row.key_name,
    createdAt: row.created_at,
  };
}

/** Today's first; empty: there is no such assistant. Configurations are long, and none is read. */
export async function listVersions(
  db: Queryable,
  organizationId: string,
  assistantId: string,
): Promise<ListedVersion[]> {
  const { rows } = await sql<ListedRow>`
    select ${LISTED} from ${versionsOf(organizationId, assistantId)} order by v.version desc limit ${MOST_LISTED}
  `.execute(db);
  return rows.map(fromRow);
}

export async function findVersion(
  db: Queryable,
  organizationId: string,
  assistantId: string,
  version: number,
): Promise<AssistantVersion | undefined> {
  const { rows } = await sql<ListedRow & { configuration: AssistantConfiguration }>`
    select ${LISTED}, v.configuration from ${versionsOf(organizationId, assistantId)} where v.version = ${version}
  `.execute(db);
  const [row] = rows;
  return row && { ...fromRow(row), configuration: withoutToolSecrets(row.configuration) };
}
