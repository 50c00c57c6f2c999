import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Database, Queryable } from "../db/database.ts";
import { ApiError } from "../errors.ts";
import { clientAddress } from "../http/client-address.ts";
import { rateLimitError } from "../http/rate-limit.ts";
import { parseBody } from "../http/validation.ts";
import { emailField } from "./email-address.ts";
import { noteRefusedSignIn, type NoteOwn } from "./own-audit.ts";
import { isOwnPage } from "./own-page.ts";
import { givenPassword } from "./password-rule.ts";
import { LONGEST_MS, sessionCookie } from "./session.ts";
import type { SessionChecks } from "./session-check.ts";
import { chooseOrganization, deleteSession, deleteSessionByToken, insertSession } from "./session-store.ts";
import { viewSession } from "./session-view.ts";
import type { createSignIn, SecondFactor, SignInResult } from "./sign-in.ts";
import { listMemberships, noteSignIn } from "./user-store.ts";

/** Of the second factor one; codes are short, and whatever else is no code. */
export const secondFactor = {
  totp_code: z.string().max(20).optional(),
  recovery_code: z.string().max(40).optional(),
};
/** The same in our own words. */
export function secondFactorOf(body: z.infer<z.ZodObject<typeof secondFactor>>): SecondFactor {
  return { totpCode: body.totp_code, recoveryCode: body.recovery_code };
}
export const signInBody = z.strictObject({ email: emailField, password: givenPassword, ...secondFactor });
export const sessionChangeBody = z.strictObject({ organization_id: z.string() });

export interface SessionRoutesOptions {
  db: Database;
  now: () => Date;
  publicUrl: string | undefined;
  checks: SessionChecks;
  signIn: ReturnType<typeof createSignIn>;
  /** the installation's first organization, whose owners run it */
  findOperator: (db: Queryable) => Promise<string>;
  noteOwn: NoteOwn;
}

/** Begins a session and gives the browser its cookie; the one that the browser had ends. */
export function createSessionStart(options: Omit<SessionRoutesOptions, "signIn">) {
  const cookie = sessionCookie(options.publicUrl);
  return async (
    tx: Queryable,
    request: FastifyRequest,
    reply: FastifyReply,
    start: { userId: string; organizationId?: string },
  ) => {
    const now = options.now();
    const before = options.checks.tokenOf(request);
    if (before !== undefined) await deleteSessionByToken(tx, before);
    const organizationId =
      start.organizationId ?? (await listMemberships(tx, start.userId))[0]?.organizationId ?? null;
    const { id, token } = await insertSession(tx, {
      userId: start.userId,
      organizationId,
      address: clientAddress(request),
      userAgent: request.headers["user-agent"],
      now,
    });
    await noteSignIn(tx, start.userId, now);
    void reply.setCookie(cookie.name, token, { ...cookie.options, maxAge: LONGEST_MS / 1_000 });
    const session = { id, token, userId: start.userId, organizationId: organizationId ?? "" };
    return viewSession(tx, session, options.findOperator);
  };
}

/** `POST /session`: signing in. Without a key or a session. */
export function signInRoute(server: FastifyInstance, options: SessionRoutesOptions): void {
  const start = createSessionStart(options);

  server.post("/session", async (request, reply) => {
    refuseOtherSites(request, options.publicUrl);
    const { user, factor } = await requireSignIn(options, request, parseBody(signInBody, request.body));
    return options.db.transaction().execute(async (tx) => {
      await options.noteOwn(tx, request, user, { action: "session.started", detail: { factor } });
      return start(tx, request, reply, { userId: user.id });
    });
  });
}

/** What somebody brings to sign in with, looked at; what is refused is noted. @throws ApiError */
export async function requireSignIn(
  { db, signIn, noteOwn }: Pick<SessionRoutesOptions, "db" | "signIn" | "noteOwn">,
  request: FastifyRequest,
  body: z.infer<typeof signInBody>,
): Promise<Extract<SignInResult, { outcome: "right" }>> {
  const { email, password } = body;
  const result = await signIn({
    email,
    password,
    address: clientAddress(request),
    second: secondFactorOf(body),
  });
  if (result.outcome === "right") return result;
  await noteRefusedSignIn(noteOwn, db, request, email, result);
  throw refusalOf(result);
}

/** `/session` of who has signed in. */
export function sessionRoutes(server: FastifyInstance, options: SessionRoutesOptions): void {
  const { db, checks } = options;
  const cookie = sessionCookie(options.publicUrl);

  const view = (request: FastifyRequest, organizationId: string) =>
    viewSession(
      db,
      {
        id: request.person!.sessionId,
        token: checks.tokenOf(request)!,
        userId: request.person!.userId,
        organizationId,
      },
      options.findOperator,
    );

  server.get("/session", (request) => view(request, request.organizationId));

  server.patch("/session", async (request) => {
    const { organization_id: organizationId } = parseBody(sessionChangeBody, request.body);
    const { userId, sessionId } = request.person!;
    const memberships = await listMemberships(db, userId);
    if (!memberships.some((each) => each.organizationId === organizationId)) {
      throw new ApiError("not_a_member");
    }
    await chooseOrganization(db, sessionId, organizationId);
    return view(request, organizationId);
  });

  server.delete("/session", async (request, reply) => {
    const { userId: id, email, sessionId } = request.person!;
    await db.transaction().execute(async (tx) => {
      await deleteSession(tx, id, sessionId);
      await options.noteOwn(tx, request, { id, email }, { action: "session.ended" });
    });
    void reply.clearCookie(cookie.name, cookie.options);
    return { success: true };
  });
}

/** A page elsewhere must not sign a visitor in as somebody else, whose things they would then take for their own. */
export function refuseOtherSites(request: FastifyRequest, publicUrl: string | undefined): void {
  if (isOwnPage(request.headers, { host: request.host, publicUrl })) return;
  throw new ApiError("csrf_refused", { message: "The request comes from another site" });
}

function refusalOf(result: Exclude<SignInResult, { outcome: "right" }>): ApiError {
  switch (result.outcome) {
    case "refused":
      return new ApiError("sign_in_refused");
    case "code-required":
      return new ApiError("totp_code_required");
    case "code-refused":
      return new ApiError("totp_code_refused");
    case "limited":
      return rateLimitError(result.state, "sign-ins in 10 minutes");
  }
}
