import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Database, Queryable } from "../db/database.ts";
import { ApiError } from "../errors.ts";
import { parseBody } from "../http/validation.ts";
import { isUuid } from "../ids.ts";
import { emailField } from "./email-address.ts";
import { linkUrl } from "./link.ts";
import { deleteUnusedLinks, insertLink, makeWelcomeLink } from "./link-store.ts";
import { userName } from "./me-routes.ts";
import { nameOf, roleField } from "./member-routes.ts";
import type { Passwords } from "./password.ts";
import { hashNewPassword } from "./password-rule.ts";
import { deleteOtherSessions } from "./session-store.ts";
import { removeTotp } from "./totp-store.ts";
import { findUser, insertMembership, insertUser, listUsers, setPasswordHash } from "./user-store.ts";

export const userCreateBody = z.strictObject({
  email: emailField,
  password: z.string(),
  name: userName.nullish(),
  role: roleField.default("owner"),
  organization_id: z.string().optional(),
});
export const userUpdateBody = z.strictObject({
  password: z.string().optional(),
  remove_totp: z.boolean().optional(),
});

export interface UserRoutesOptions {
  db: Database;
  now: () => Date;
  passwords: Passwords;
  findOperator: (db: Queryable) => Promise<string>;
  findOrganizationName: (db: Queryable, id: string) => Promise<string | undefined>;
  baseUrlOf: (request: FastifyRequest) => string;
}

/**
 * `/users`: everybody of the installation. For its operator, that is the keys and owners of the first organization: who
 * may set a password can be whoever it is.
 */
export function userRoutes(server: FastifyInstance, options: UserRoutesOptions): void {
  const { db, now, passwords } = options;

  async function operatorOnly(request: FastifyRequest): Promise<void> {
    if (request.organizationId === (await options.findOperator(db))) return;
    throw new ApiError("forbidden", { message: "Only the installation's first organization sees all users" });
  }

  async function userOf(id: string) {
    const user = isUuid(id) ? await findUser(db, id) : undefined;
    if (!user) throw new ApiError("user_not_found");
    return user;
  }

  const shown = async (id: string) => (await listUsers(db, id))[0];

  server.get("/users", async (request) => {
    await operatorOnly(request);
    return { users: await listUsers(db) };
  });

  server.post("/users", async (request, reply) => {
    await operatorOnly(request);
    const body = parseBody(userCreateBody, request.body);
    const { email, role, organization_id: organizationId = request.organizationId } = body;
    if (!isUuid(organizationId) || (await options.findOrganizationName(db, organizationId)) === undefined) {
      throw new ApiError("organization_not_found");
    }
    const passwordHash = await hashNewPassword(passwords, body.password, email);
    const id = await db.transaction().execute(async (tx) => {
      const userId = await insertUser(tx, { email, name: body.name ?? null, passwordHash });
      if (userId === undefined) throw new ApiError("user_exists");
      await insertMembership(tx, { userId, organizationId, role });
      await request.audit(tx, { subjectId: userId, detail: { email } });
      return userId;
    });
    return reply.code(201).send({ user: await shown(id) });
  });

  server.patch<{ Params: { id: string } }>("/users/:id", async (request) => {
    await operatorOnly(request);
    const body = parseBody(userUpdateBody, request.body);
    const user = await userOf(request.params.id);
    const passwordHash =
      body.password === undefined ? undefined : await hashNewPassword(passwords, body.password, user.email);
    await db.transaction().execute(async (tx) => {
      if (passwordHash !== undefined) await setPasswordHash(tx, user.id, passwordHash);
      if (body.remove_totp) await removeTotp(tx, user.id);
      await deleteOtherSessions(tx, user.id);
      await request.audit(tx, { detail: { email: user.email } });
    });
    return { user: await shown(user.id) };
  });

  server.post<{ Params: { id: string } }>("/users/:id/link", async (request, reply) => {
    await operatorOnly(request);
    const user = await userOf(request.params.id);
    const link = { purpose: "password", userId: user.id } as const;
    const { token, expiresAt } = await db.transaction().execute(async (tx) => {
      await deleteUnusedLinks(tx, link);
      await request.audit(tx, { detail: { email: user.email } });
      return insertLink(tx, { ...link, createdBy: nameOf(request) }, now());
    });
    const url = linkUrl(options.baseUrlOf(request), token);
    return reply.code(201).send({ link: { url, expires_at: expiresAt } });
  });

  server.post("/users/welcome-link", async (request, reply) => {
    await operatorOnly(request);
    const link = await makeWelcomeLink(db, now());
    if (!link) throw new ApiError("users_exist");
    const url = linkUrl(options.baseUrlOf(request), link.token);
    return reply.code(201).send({ link: { url, expires_at: link.expiresAt } });
  });
}
