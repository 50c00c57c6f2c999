import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Database, Queryable } from "../db/database.ts";
import { ApiError } from "../errors.ts";
import { parseBody } from "../http/validation.ts";
import { isUuid } from "../ids.ts";
import { emailField } from "./email-address.ts";
import { linkUrl } from "./link.ts";
import { deleteInvitation, deleteUnusedLinks, insertLink, listInvitations } from "./link-store.ts";
import { changeMember, findMember, isMember, listMembers } from "./member-store.ts";

export const roleField = z.enum(["owner", "member", "read-only"]);
export const memberBody = z.strictObject({ role: roleField });
export const invitationBody = z.strictObject({ email: emailField, role: roleField });

export interface MemberRoutesOptions {
  db: Database;
  now: () => Date;
  /** where people reach the dashboard, as the request came */
  baseUrlOf: (request: FastifyRequest) => string;
  /** @returns false: no e-mail is configured, or it could not be sent */
  sendInvitation: (invitation: {
    organizationId: string;
    organizationName: string;
    email: string;
    url: string;
    expiresAt: Date;
  }) => Promise<boolean>;
  findOrganizationName: (db: Queryable, id: string) => Promise<string | undefined>;
}

/** `/members` and `/invitations`: the people of an organization. */
export function memberRoutes(server: FastifyInstance, options: MemberRoutesOptions): void {
  const { db, now } = options;

  async function change(
    request: FastifyRequest<{ Params: { id: string } }>,
    role: z.infer<typeof roleField> | null,
  ) {
    const { id } = request.params;
    if (!isUuid(id)) throw new ApiError("member_not_found");
    const result = await db.transaction().execute(async (tx) => {
      const outcome = await changeMember(tx, request.organizationId, id, role);
      if (outcome === "done") await request.audit(tx);
      return outcome;
    });
    if (result === "not-found") throw new ApiError("member_not_found");
    if (result === "last-owner") throw new ApiError("last_owner");
  }

  server.get("/members", async (request) => ({ members: await listMembers(db, request.organizationId) }));

  server.patch<{ Params: { id: string } }>("/members/:id", async (request) => {
    const { role } = parseBody(memberBody, request.body);
    await change(request, role);
    return { member: await findMember(db, request.organizationId, request.params.id) };
  });

  server.delete<{ Params: { id: string } }>("/members/:id", async (request) => {
    await change(request, null);
    return { success: true };
  });

  server.get("/invitations", async (request) => ({
    invitations: await listInvitations(db, request.organizationId, now()),
  }));

  server.post("/invitations", async (request, reply) => {
    const { email, role } = parseBody(invitationBody, request.body);
    const { organizationId } = request;
    if (await isMember(db, organizationId, email)) throw new ApiError("already_member");
    const link = { purpose: "invitation", organizationId, email } as const;
    const createdBy = nameOf(request);
    const { id, token, expiresAt } = await db.transaction().execute(async (tx) => {
      await deleteUnusedLinks(tx, link);
      const made = await insertLink(tx, { ...link, role, createdBy }, now());
      await request.audit(tx, { subjectId: made.id, detail: { email, role } });
      return made;
    });
    const url = linkUrl(options.baseUrlOf(request), token);
    const isEmailed = await options.sendInvitation({
      organizationId,
      organizationName: (await options.findOrganizationName(db, organizationId))!,
      email,
      url,
      expiresAt,
    });
    return reply.code(201).send({
      invitation: {
        id,
        email,
        role,
        created_by: createdBy,
        expires_at: expiresAt,
        url,
        is_emailed: isEmailed,
      },
    });
  });

  server.delete<{ Params: { id: string } }>("/invitations/:id", async (request) => {
    const { id } = request.params;
    await db.transaction().execute(async (tx) => {
      if (!isUuid(id) || !(await deleteInvitation(tx, request.organizationId, id))) {
        throw new ApiError("invitation_not_found");
      }
      await request.audit(tx);
    });
    return { success: true };
  });
}

/** Who asks, for people to read. */
export function nameOf({ person }: FastifyRequest): string {
  return person?.email ?? "an API key";
}
