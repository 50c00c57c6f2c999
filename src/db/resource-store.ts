import { sql, type Insertable, type Kysely, type Selectable, type Updateable } from "kysely";
import type { Queryable } from "./database.ts";
import type { Tables } from "./tables.ts";
import { isUuid, newId } from "../ids.ts";

/** Tables whose rows belong to an organization and are kept by people. */
export type ResourceTable = {
  [T in keyof Tables]: Tables[T] extends { id: string; organization_id: string; updated_at: unknown }
    ? T
    : never;
}[keyof Tables];

export interface ResourceStore<T extends ResourceTable> {
  /** the newest first */
  list(db: Queryable, organizationId: string): Promise<Selectable<Tables[T]>[]>;
  /** @returns undefined: another organization's, none, or no id at all */
  find(db: Queryable, organizationId: string, id: string): Promise<Selectable<Tables[T]> | undefined>;
  insert(
    db: Queryable,
    organizationId: string,
    values: Omit<Insertable<Tables[T]>, "id" | "organization_id">,
  ): Promise<Selectable<Tables[T]>>;
  update(
    db: Queryable,
    organizationId: string,
    id: string,
    changes: Updateable<Tables[T]>,
  ): Promise<Selectable<Tables[T]> | undefined>;
  remove(db: Queryable, organizationId: string, id: string): Promise<boolean>;
}

/** The statements that every such table needs, each with its organization: what is another's is not there. */
export function createResourceStore<T extends ResourceTable>(table: T): ResourceStore<T> {
  // Kysely cannot follow a table that is a type parameter; the signatures above say what goes in and out.
  // oxlint-disable-next-line typescript/no-explicit-any
  const untyped = (db: Queryable) => db as unknown as Kysely<Record<string, any>>;
  const name: string = table;
  type Row = Selectable<Tables[T]>;
  return {
    list: (db, organizationId) =>
      untyped(db)
        .selectFrom(name)
        .selectAll()
        .where("organization_id", "=", organizationId)
        .orderBy("created_at", "desc")
        .orderBy("id", "desc")
        .execute() as Promise<Row[]>,
    async find(db, organizationId, id) {
      if (!isUuid(id)) return undefined;
      const row = await untyped(db)
        .selectFrom(name)
        .selectAll()
        .where("organization_id", "=", organizationId)
        .where("id", "=", id)
        .executeTakeFirst();
      return row as Row | undefined;
    },
    insert: (db, organizationId, values) =>
      untyped(db)
        .insertInto(name)
        .values({ ...(values as object), id: newId(), organization_id: organizationId })
        .returningAll()
        .executeTakeFirstOrThrow() as Promise<Row>,
    async update(db, organizationId, id, changes) {
      if (!isUuid(id)) return undefined;
      const row = await untyped(db)
        .updateTable(name)
        .set({ ...(changes as object), updated_at: sql<Date>`now()` })
        .where("organization_id", "=", organizationId)
        .where("id", "=", id)
        .returningAll()
        .executeTakeFirst();
      return row as Row | undefined;
    },
    async remove(db, organizationId, id) {
      if (!isUuid(id)) return false;
      const { numDeletedRows } = await untyped(db)
        .deleteFrom(name)
        .where("organization_id", "=", organizationId)
        .where("id", "=", id)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
  };
}
