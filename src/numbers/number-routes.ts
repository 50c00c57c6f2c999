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
  transfer_trunk_id: link,
  workflow_id: link,
};
export const numberCreateBody = z.object({
  phone_number: z.string().refine(isE164, "must be in E.164: + and 7 to 15 digits, such as +31850835037"),
  ...shared,
});
export const numberUpdateBody = z.object({ ...shared, phone_number: z.string().optional() });

/** What a number may refer to, and the words for one that is not there. */
const LINKS = {
  agent_id: "assistant",
  assistant_id: "assistant",
  transfer_trunk_id: "SIP trunk",
  workflow_id: "workflow",
} as const;
type LinkField = keyof typeof LINKS;

interface Links {
  assistantId?: string | null;
  trunkId?: string | null;
  workflowId?: string | null;
}

export function numberRoutes(
  server: FastifyInstance,
  options: {
    db: Database;
    /** whether the organization has one; the ids are looked at before */
    exists: Record<
      "assistant" | "SIP trunk" | "workflow",
      (organizationId: string, id: string) => Promise<boolean>
    >;
  },
): void {
  const { db } = options;

  async function readLink(
    organizationId: string,
    field: LinkField,
    id: string | null | undefined,
  ): Promise<string | null | undefined> {
    // An empty text is what a form sends that had nothing to choose.
    if (!id) return id === undefined ? undefined : null;
    if (isUuid(id) && (await options.exists[LINKS[field]](organizationId, id))) return id;
    throw validationError([`${field}: there is no ${LINKS[field]} with this id`]);
  }

  async function readLinks(organizationId: string, body: z.output<typeof numberUpdateBody>): Promise<Links> {
    const assistantField = body.agent_id === undefined ? "assistant_id" : "agent_id";
    const assistantId = await readLink(organizationId, assistantField, body[assistantField]);
    const trunkId = await readLink(organizationId, "transfer_trunk_id", body.transfer_trunk_id);
    const workflowId = await readLink(organizationId, "workflow_id", body.workflow_id);
    return {
      ...(assistantId !== undefined && { assistantId }),
      ...(trunkId !== undefined && { trunkId }),
      ...(workflowId !== undefined && { workflowId }),
    };
  }

  async function find(organizationId: string, id: string): Promise<NumberRecord> {
    const number = isUuid(id) ? await findNumber(db, organizationId, id) : undefined;
    if (!number) throw notFound();
    return number;
  }

  async function answer(organizationId: string, result: WriteResult) {
    switch (result.outcome) {
      case "written":
        return { number: toWire(await find(organizationId, result.id)) };
      case "taken":
        throw new ApiError("number_exists", {
          message: "phone_number: this number is registered already",
        });
      case "not-found":
        throw notFound();
      case "link-gone":
        throw validationError(["agent_id, transfer_trunk_id or workflow_id: was deleted in this moment"]);
    }
  }

  server.get("/numbers", async (request) => ({
    numbers: (await listNumbers(db, request.organizationId)).map(toWire),
  }));

  server.post("/numbers", async (request, reply) => {
    const { organizationId } = request;
    const body = parseBody(numberCreateBody, request.body);
    const links = await readLinks(organizationId, body);
    const result = await insertNumber(db, organizationId, {
      phoneNumber: body.phone_number,
      name: body.name ?? null,
      isActive: body.is_active ?? true,
      ...links,
    });
    return reply.code(201).send(await answer(organizationId, result));
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
    const links = await readLinks(organizationId, body);
    const result = await updateNumber(db, organizationId, id, {
      ...(body.name !== undefined && { name: body.name }),
      ...(body.is_active !== undefined && { isActive: body.is_active }),
      ...links,
    });
    return answer(organizationId, result);
  });

  server.delete<{ Params: { id: string } }>("/numbers/:id", async (request) => {
    const { id } = request.params;
    if (!isUuid(id) || !(await deleteNumber(db, request.organizationId, id))) throw notFound();
    return { success: true };
  });
}

function toWire(number: NumberRecord) {
  return { ...number, source: "sip" };
}

function notFound(): ApiError {
  return new ApiError("number_not_found");
}
