import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Database } from "../db/database.ts";
import { ApiError } from "../errors.ts";
import { parseBody, validationError } from "../http/validation.ts";
import { isUuid } from "../ids.ts";
import { isE164 } from "./e164.ts";
import {
  deleteNumber,
  findNumber,
  insertNumber,
  listNumbers,
  updateNumber,
  type NumberRecord,
} from "./number-store.ts";

/** `agent_id` is the wire's word (facts 2.0); the guides' `assistant_id` is taken too. `name` is shown in webhooks. */
const link = z.string().nullish();
const shared = {
  agent_id: link,
  assistant_id: link,
  name: z.string().max(255).nullish(),
  is_active: z.boolean().optional(),
  // Trunks and workflows come later; a reference to one cannot be right yet.
  transfer_trunk_id: z.null("there is no SIP trunk with this id").optional(),
  workflow_id: z.null("there is no workflow with this id").optional(),
};
const create = z.object({
  phone_number: z.string().refine(isE164, "must be in E.164: + and 7 to 15 digits, such as +31850835037"),
  ...shared,
});
const update = z.object(shared);

export function numberRoutes(
  server: FastifyInstance,
  options: {
    db: Database;
    assistantExists: (organizationId: string, assistantId: string) => Promise<boolean>;
  },
): void {
  const { db } = options;

  async function linkOf(
    organizationId: string,
    body: z.output<typeof update>,
  ): Promise<string | null | undefined> {
    const field = body.agent_id === undefined ? "assistant_id" : "agent_id";
    const assistantId = body[field];
    if (!assistantId) return assistantId;
    if (!isUuid(assistantId) || !(await options.assistantExists(organizationId, assistantId))) {
      throw validationError([`${field}: there is no assistant with this id`]);
    }
    return assistantId;
  }

  async function read(organizationId: string, id: string) {
    const number = isUuid(id) ? await findNumber(db, organizationId, id) : undefined;
    if (!number) throw notFound();
    return { number: toWire(number) };
  }

  server.get("/numbers", async (request) => ({
    numbers: (await listNumbers(db, request.organizationId)).map(toWire),
  }));

  server.post("/numbers", async (request, reply) => {
    const body = parseBody(create, request.body);
    const assistantId = await linkOf(request.organizationId, body);
    const id = await insertNumber(db, request.organizationId, {
      phoneNumber: body.phone_number,
      name: body.name ?? null,
      assistantId: assistantId ?? null,
      isActive: body.is_active ?? true,
    });
    if (id === undefined) {
      throw new ApiError(409, "Number already exists", {
        message: `${body.phone_number} is registered already`,
      });
    }
    return reply.code(201).send(await read(request.organizationId, id));
  });

  server.get<{ Params: { id: string } }>("/numbers/:id", (request) =>
    read(request.organizationId, request.params.id),
  );

  server.patch<{ Params: { id: string } }>("/numbers/:id", async (request) => {
    const { id } = request.params;
    const body = parseBody(update, request.body);
    const assistantId = await linkOf(request.organizationId, body);
    const changes = {
      ...(body.name !== undefined && { name: body.name }),
      ...(assistantId !== undefined && { assistantId }),
      ...(body.is_active !== undefined && { isActive: body.is_active }),
    };
    if (!isUuid(id) || !(await updateNumber(db, request.organizationId, id, changes))) throw notFound();
    return read(request.organizationId, id);
  });

  server.delete<{ Params: { id: string } }>("/numbers/:id", async (request) => {
    const { id } = request.params;
    if (!isUuid(id) || !(await deleteNumber(db, request.organizationId, id))) throw notFound();
    return { success: true };
  });
}

function toWire(number: NumberRecord) {
  return {
    ...number,
    transfer_trunk_id: null,
    transfer_trunk_name: null,
    workflow_id: null,
    workflow_name: null,
    source: "sip",
  };
}

function notFound(): ApiError {
  return new ApiError(404, "Number not found");
}
