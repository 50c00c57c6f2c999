import type { FastifyInstance } from "fastify";
import type { Insertable, Selectable, Updateable } from "kysely";
import type { Database, Queryable } from "../db/database.ts";
import type { ResourceStore, ResourceTable } from "../db/resource-store.ts";
import type { Tables } from "../db/tables.ts";
import type { ErrorCode } from "../error-codes.ts";
import { ApiError } from "../errors.ts";
import type { Person } from "./auth.ts";

export interface ResourceOptions<T extends ResourceTable> {
  db: Database;
  store: ResourceStore<T>;
  path: string;
  /** the envelope's key for one (facts 2.0) */
  name: string;
  /** and for the list */
  plural: string;
  notFound: ErrorCode;
  toWire(row: Selectable<Tables[T]>): object;
  /** in lists, where that is less */
  toListed?(row: Selectable<Tables[T]>): object;
  /** Reads a body into columns. @throws ApiError 400 */
  create(
    body: unknown,
    organizationId: string,
  ):
    | Promise<Omit<Insertable<Tables[T]>, "id" | "organization_id">>
    | Omit<Insertable<Tables[T]>, "id" | "organization_id">;
  /** undefined: it cannot be changed. `row` is locked by nobody: what it is checked against is checked again in SQL */
  update?(
    body: unknown,
    row: Selectable<Tables[T]>,
    organizationId: string,
    person: Person | undefined,
  ): Promise<Updateable<Tables[T]>> | Updateable<Tables[T]>;
  /** in the transaction of the deletion, before it. @throws ApiError 409 while something still needs it */
  beforeDelete?(tx: Queryable, row: Selectable<Tables[T]>): Promise<void>;
  /** Turns what the database refused into an answer: a name that is taken. @returns undefined: not of that kind */
  explain?(error: unknown): ApiError | undefined;
}

/** The five routes of a resource that is listed, created, read, changed and deleted, and has nothing else to it. */
export function resourceRoutes<T extends ResourceTable>(
  server: FastifyInstance,
  options: ResourceOptions<T>,
): void {
  const { db, store, path, name, plural, toWire } = options;
  type ById = { Params: { id: string } };
  const found = (row: Selectable<Tables[T]> | undefined) => {
    if (!row) throw new ApiError(options.notFound);
    return row;
  };
  const one = (row: Selectable<Tables[T]>) => ({ [name]: toWire(row) });
  async function written<R>(write: Promise<R>): Promise<R> {
    try {
      return await write;
    } catch (error) {
      throw options.explain?.(error) ?? error;
    }
  }

  server.get(path, async (request) => ({
    [plural]: (await store.list(db, request.organizationId)).map(options.toListed ?? toWire),
  }));

  server.post(path, async (request, reply) => {
    const values = await options.create(request.body, request.organizationId);
    return reply.code(201).send(one(await written(store.insert(db, request.organizationId, values))));
  });

  server.get<ById>(`${path}/:id`, async (request) =>
    one(found(await store.find(db, request.organizationId, request.params.id))),
  );

  const { update } = options;
  if (update) {
    server.patch<ById>(`${path}/:id`, async (request) => {
      const { organizationId, params } = request;
      const row = found(await store.find(db, organizationId, params.id));
      const changes = await update(request.body, row, organizationId, request.person);
      return one(found(await written(store.update(db, organizationId, params.id, changes))));
    });
  }

  server.delete<ById>(`${path}/:id`, async (request) => {
    const { organizationId, params } = request;
    await db.transaction().execute(async (tx) => {
      const row = found(await store.find(tx, organizationId, params.id));
      await options.beforeDelete?.(tx, row);
      await store.remove(tx, organizationId, params.id);
    });
    return { success: true };
  });
}
