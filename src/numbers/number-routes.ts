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
  type WriteResult,
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
export const numberCreateBody = z.object({
  phone_number: z.string().refine(isE164, "must be in E.164: + and 7 to 15 digits, such as +31850835037"),
  ...shared,
});
export const numberUpdateBody = z.object({ ...shared, phone_number: z.string().optional() });

type Link = { field: "agent_id" | "assistant_id"; assistantId: string | null | undefined };

export function numberRoutes(
  server: FastifyInstance,
  options: {
    db: Database;
    assistantExists: (organizationId: string, assistantId: string) => Promise<boolean>;
  },
): void {
  const { db } = options;

  async function readLink(organizationId: string, body: z.output<typeof numberUpdateBody>): Promise<Link> {
    const field = body.agent_id === undefined ? "assistant_id" : "agent_id";
    const assistantId = body[field];
    if (
      assistantId &&
      !(isUuid(assistantId) && (await options.assistantExists(organizationId, assistantId)))
    ) {
      throw noAssistant(field);
    }
    // An empty text is what a form sends that had nothing to choose.
    return { field, assistantId: assistantId === "" ? null : assistantId };
  }

  async function find(organizationId: string, id: string): Promise<NumberRecord> {
    const number = isUuid(id) ? await findNumber(db, organizationId, id) : undefined;
    if (!number) throw notFound();
    return number;
  }

  async function answer(organizationId: string, result: WriteResult, { field }: Link) {
    switch (result.outcome) {
      case "written":
        return { number: toWire(await find(organizationId, result.id)) };
      case "taken":
        throw new ApiError("number_exists", {
          message: "phone_number: this number is registered already",
        });
      case "not-found":
        throw notFound();
      case "no-assistant":
        throw noAssistant(field);
    }
  }

  server.get("/numbers", async (request) => ({
    numbers: (await listNumbers(db, request.organizationId)).map(toWire),
  }));

  server.post("/numbers", async (request, reply) => {
    const { organizationId } = request;
    const body = parseBody(numberCreateBody, request.body);
    const assistant = await readLink(organizationId, body);
    const result = await insertNumber(db, organizationId, {
      phoneNumber: body.phone_number,
      name: body.name ?? null,
      assistantId: assistant.assistantId ?? null,
      isActive: body.is_active ?? true,
    });
    return reply.code(201).send(await answer(organizationId, result, assistant));
  });

  server.get<{ Params: { id: string } }>("/numbers/:id", async (request) => ({
    number: toWire(await find(request.organizationId, request.params.id)),
  }));

  server.patch<{ Params: { id: string } }>("/numbers/:id", async (request) => {
    const { organizationId } = request;
    const body = parseBody(numberUpdateBody, request.body);
    const { id, phone_number: phoneNumber } = await find(organizationId, request.params.id);
    // Sent back as it was read it does no harm; another one would be dropped in silence.
    if (body.phone_number !== undefined && body.phone_number !== phoneNumber) {
      throw validationError(["phone_number: cannot be changed; delete the number and create the other"]);
    }
    const assistant = await readLink(organizationId, body);
    const result = await updateNumber(db, organizationId, id, {
      ...(body.name !== undefined && { name: body.name }),
      ...(assistant.assistantId !== undefined && { assistantId: assistant.assistantId }),
      ...(body.is_active !== undefined && { isActive: body.is_active }),
    });
    return answer(organizationId, result, assistant);
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
  return new ApiError("number_not_found");
}

function noAssistant(field: string): ApiError {
  return validationError([`${field}: there is no assistant with this id`]);
}
