import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { sql } from "kysely";
import { z } from "zod";
import type { Queryable } from "../db/database.ts";
import { ApiError } from "../errors.ts";
import { clientAddress } from "../http/client-address.ts";
import { rateLimitError } from "../http/rate-limit.ts";
import { parseBody, validationError } from "../http/validation.ts";
import { emailField } from "./email-address.ts";
import { isLinkOver, type OneTimeLink } from "./link.ts";
import { findLink, useLink } from "./link-store.ts";
import { userName, type MeRoutesOptions } from "./me-routes.ts";
import { hashNewPassword } from "./password-rule.ts";
import {
  createSessionStart,
  refuseOtherSites,
  requireSignIn,
  secondFactor,
  secondFactorOf,
  type SessionRoutesOptions,
} from "./session-routes.ts";
import { deleteOtherSessions } from "./session-store.ts";
import { createCodeCheck } from "./sign-in.ts";
import {
  countUsers,
  findUser,
  findUserByEmail,
  insertMembership,
  insertUser,
  setPasswordHash,
  type User,
} from "./user-store.ts";

const token = z.string().min(1).max(200);
export const linkBody = z.strictObject({ token });
export const linkAcceptBody = z.strictObject({
  token,
  email: emailField.optional(),
  name: userName.nullish(),
  password: z.string().max(200),
  ...secondFactor,
});
type Accepting = z.infer<typeof linkAcceptBody>;

/** Tokens are not to be guessed, and nobody has a reason to try more of them than this. */
const LOOKS = { most: 60, windowSeconds: 600 };

export interface LinkRoutesOptions extends SessionRoutesOptions, MeRoutesOptions {
  findOrganizationName: (db: Queryable, id: string) => Promise<string | undefined>;
}

/** `/links`: what the page behind a one-time link asks. Without a key or a session. */
export function linkRoutes(server: FastifyInstance, options: LinkRoutesOptions): void {
  const { db, now, passwords } = options;
  const start = createSessionStart(options);
  const checkCode = createCodeCheck(options);

  async function goodLink(request: FastifyRequest, givenToken: string): Promise<OneTimeLink> {
    refuseOtherSites(request, options.publicUrl);
    const from = `link-from:${clientAddress(request)}`;
    const state = options.signInsPerEmail > 0 && (await options.takePlace(from, LOOKS));
    if (state && !state.isAllowed) throw rateLimitError(state, "links in 10 minutes");
    const link = await findLink(db, givenToken);
    if (!link) throw new ApiError("link_not_found");
    if (isLinkOver(link, now())) throw new ApiError("link_over");
    if (link.purpose === "welcome" && (await countUsers(db)) > 0) throw new ApiError("link_over");
    return link;
  }

  /** Whose it is already. */
  function findOwner(link: OneTimeLink): Promise<User | undefined> {
    if (link.userId !== null) return findUser(db, link.userId);
    return link.email === null ? Promise.resolve(undefined) : findUserByEmail(db, link.email);
  }

  server.post("/links/look", async (request) => {
    const link = await goodLink(request, parseBody(linkBody, request.body).token);
    const owner = await findOwner(link);
    return {
      link: {
        purpose: link.purpose,
        email: owner?.email ?? link.email,
        has_account: owner !== undefined,
        has_totp: owner !== undefined && owner.totpSecret !== null,
        organization_name:
          link.organizationId && ((await options.findOrganizationName(db, link.organizationId)) ?? null),
        role: link.role,
        created_by: link.createdBy,
        expires_at: link.expiresAt,
      },
    };
  });

  server.post("/links/accept", async (request, reply) => {
    const body = parseBody(linkAcceptBody, request.body);
    const link = await goodLink(request, body.token);
    switch (link.purpose) {
      case "welcome":
        return welcome(request, reply, link, body);
      case "invitation":
        return join(request, reply, link, body);
      case "password":
        return renewPassword(request, reply, link, body);
    }
  });

  async function take(tx: Queryable, link: OneTimeLink): Promise<void> {
    if (!(await useLink(tx, link.id, now()))) throw new ApiError("link_over");
  }

  function noteUse(
    tx: Queryable,
    request: FastifyRequest,
    user: { id: string; email: string },
    link: OneTimeLink,
  ) {
    const { purpose, role, createdBy } = link;
    return options.noteOwn(tx, request, user, {
      action: "link.used",
      detail: { purpose, ...(role && { role }), ...(createdBy !== null && { created_by: createdBy }) },
    });
  }

  async function welcome(request: FastifyRequest, reply: FastifyReply, link: OneTimeLink, body: Accepting) {
    const { email, name = null } = body;
    if (email === undefined) throw validationError(["email: is required"]);
    const passwordHash = await hashNewPassword(passwords, body.password, email);
    return db.transaction().execute(async (tx) => {
      // Two first visitors at once: the second waits here, and finds that there is one.
      await sql`lock table users in share row exclusive mode`.execute(tx);
      if ((await countUsers(tx)) > 0) throw new ApiError("link_over");
      await take(tx, link);
      const userId = (await insertUser(tx, { email, name, passwordHash }))!;
      const organizationId = await options.findOperator(tx);
      await insertMembership(tx, { userId, organizationId, role: "owner" });
      await noteUse(tx, request, { id: userId, email }, link);
      return start(tx, request, reply, { userId, organizationId });
    });
  }

  async function join(request: FastifyRequest, reply: FastifyReply, link: OneTimeLink, body: Accepting) {
    const email = link.email!;
    const known = await findUserByEmail(db, email);
    // Who has an account comes in with its password, and keeps it: an invitation is no way to replace one.
    const passwordHash = known ? undefined : await hashNewPassword(passwords, body.password, email);
    if (known) await requireSignIn(options, request, { ...body, email });
    return db.transaction().execute(async (tx) => {
      await take(tx, link);
      const userId =
        known?.id ?? (await insertUser(tx, { email, name: body.name ?? null, passwordHash: passwordHash! }));
      // The account was made meanwhile, by another invitation: now its password is asked for.
      if (userId === undefined) throw new ApiError("sign_in_refused");
      const organizationId = link.organizationId!;
      await insertMembership(tx, { userId, organizationId, role: link.role! });
      await noteUse(tx, request, { id: userId, email }, link);
      return start(tx, request, reply, { userId, organizationId });
    });
  }

  async function renewPassword(
    request: FastifyRequest,
    reply: FastifyReply,
    link: OneTimeLink,
    body: Accepting,
  ) {
    const user = (await findUser(db, link.userId!))!;
    const passwordHash = await hashNewPassword(passwords, body.password, user.email);
    return db.transaction().execute(async (tx) => {
      // Before the link is taken: a wrong code must not cost it.
      const factor = await checkCode(tx, user, secondFactorOf(body));
      if (factor === "required") throw new ApiError("totp_code_required");
      if (factor === "refused") throw new ApiError("totp_code_refused");
      await take(tx, link);
      await setPasswordHash(tx, user.id, passwordHash);
      await deleteOtherSessions(tx, user.id);
      await noteUse(tx, request, user, link);
      return start(tx, request, reply, { userId: user.id });
    });
  }
}
