import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Database, Queryable } from "../db/database.ts";
import { ApiError } from "../errors.ts";
import { rateLimitError } from "../http/rate-limit.ts";
import type { TakePlace } from "../http/rate-limiter.ts";
import { parseBody, validationError } from "../http/validation.ts";
import { isUuid } from "../ids.ts";
import type { SecretBox } from "../secret-box.ts";
import type { NoteOwn } from "./own-audit.ts";
import type { Passwords } from "./password.ts";
import { givenPassword, requireGoodPassword } from "./password-rule.ts";
import { deleteOtherSessions, deleteSession, listSessions } from "./session-store.ts";
import { secondFactor, secondFactorOf } from "./session-routes.ts";
import { createCodeCheck } from "./sign-in.ts";
import { hashRecoveryCode, newRecoveryCodes, newTotpSecret, stepOfCode, totpUri } from "./totp.ts";
import { removeTotp, replaceRecoveryCodes, setPendingTotp, setTotp } from "./totp-store.ts";
import { findUser, setPasswordHash, setUserName, type User } from "./user-store.ts";

export const userName = z.string().max(255).regex(/\S/, "must not be empty");
export const meBody = z.strictObject({ name: userName.nullable() });
export const passwordChangeBody = z.strictObject({
  current_password: givenPassword,
  new_password: z.string(),
});
export const passwordBody = z.strictObject({ password: givenPassword });
export const totpConfirmBody = z.strictObject({ code: z.string().max(20) });
export const totpRemoveBody = z.strictObject({ password: givenPassword, ...secondFactor });

export interface MeRoutesOptions {
  db: Database;
  secretBox: SecretBox;
  passwords: Passwords;
  takePlace: TakePlace;
  signInsPerEmail: number;
  now: () => Date;
  noteOwn: NoteOwn;
}

/** `/me`: what people do about themselves: name, password, second factor, sessions. */
export function meRoutes(server: FastifyInstance, options: MeRoutesOptions): void {
  const { db, secretBox, passwords, now, noteOwn } = options;
  const checkCode = createCodeCheck(options);

  /** An unlocked screen is not enough for what keeps its owner out: the password is asked for again. */
  async function askPassword(request: FastifyRequest, password: string, field: string): Promise<User> {
    const { userId } = request.person!;
    const state = await options.takePlace(`password:${userId}`, {
      most: options.signInsPerEmail,
      windowSeconds: 600,
    });
    if (state && !state.isAllowed) throw rateLimitError(state, "passwords in 10 minutes");
    const user = (await findUser(db, userId))!;
    if ((await passwords.check(password, user.passwordHash)) === "wrong") {
      throw new ApiError("password_wrong", { message: `${field}: is not your password` });
    }
    return user;
  }

  async function renewRecoveryCodes(tx: Queryable, userId: string): Promise<string[]> {
    const codes = newRecoveryCodes();
    await replaceRecoveryCodes(tx, userId, codes.map(hashRecoveryCode));
    return codes;
  }

  server.patch("/me", async (request) => {
    const { name } = parseBody(meBody, request.body);
    const { userId } = request.person!;
    await setUserName(db, userId, name);
    return { user: { id: userId, name } };
  });

  server.post("/me/password", async (request) => {
    const body = parseBody(passwordChangeBody, request.body);
    requireGoodPassword(body.new_password, request.person!.email, "new_password");
    const user = await askPassword(request, body.current_password, "current_password");
    const hash = await passwords.hash(body.new_password);
    await db.transaction().execute(async (tx) => {
      await setPasswordHash(tx, user.id, hash);
      await deleteOtherSessions(tx, user.id, request.person!.sessionId);
      await noteOwn(tx, request, user, { action: "password.changed" });
    });
    return { success: true };
  });

  server.post("/me/totp", async (request, reply) => {
    const { password } = parseBody(passwordBody, request.body);
    const user = await askPassword(request, password, "password");
    const secret = newTotpSecret();
    await setPendingTotp(db, user.id, secretBox.seal(secret));
    return reply.code(201).send({ totp: { secret, uri: totpUri(secret, user.email) } });
  });

  server.post("/me/totp/confirm", async (request) => {
    const { code } = parseBody(totpConfirmBody, request.body);
    return db.transaction().execute(async (tx) => {
      const user = (await findUser(tx, request.person!.userId))!;
      const sealed = user.totpPendingSecret;
      if (!sealed) throw new ApiError("totp_not_begun");
      const step = await stepOfCode(code, { secret: secretBox.open(sealed), now: now(), lastStep: null });
      if (step === undefined) throw validationError(["code: is not what the app should show now"]);
      await setTotp(tx, user.id, sealed, step);
      await noteOwn(tx, request, user, { action: "totp.enabled" });
      return { recovery_codes: await renewRecoveryCodes(tx, user.id) };
    });
  });

  server.delete("/me/totp", async (request) => {
    const body = parseBody(totpRemoveBody, request.body);
    const user = await askPassword(request, body.password, "password");
    await db.transaction().execute(async (tx) => {
      const factor = await checkCode(tx, user, secondFactorOf(body));
      if (factor === "none") throw new ApiError("totp_not_begun");
      if (factor === "required") throw validationError(["totp_code: is required, or a recovery_code"]);
      if (factor === "refused") throw validationError(["totp_code: is wrong, or has been used"]);
      await removeTotp(tx, user.id);
      await noteOwn(tx, request, user, { action: "totp.removed" });
    });
    return { success: true };
  });

  server.post("/me/recovery-codes", async (request) => {
    const { password } = parseBody(passwordBody, request.body);
    const user = await askPassword(request, password, "password");
    if (!user.totpSecret) throw new ApiError("totp_not_begun");
    const codes = await db.transaction().execute(async (tx) => {
      await noteOwn(tx, request, user, { action: "recovery-codes.renewed" });
      return renewRecoveryCodes(tx, user.id);
    });
    return { recovery_codes: codes };
  });

  server.get("/me/sessions", async (request) => {
    const { userId, sessionId } = request.person!;
    const sessions = await listSessions(db, userId, now());
    return { sessions: sessions.map((each) => ({ ...each, is_current: each.id === sessionId })) };
  });

  server.delete<{ Params: { id: string } }>("/me/sessions/:id", async (request) => {
    const { id } = request.params;
    const { userId, email } = request.person!;
    await db.transaction().execute(async (tx) => {
      if (!isUuid(id) || !(await deleteSession(tx, userId, id))) throw new ApiError("session_not_found");
      await noteOwn(tx, request, { id: userId, email }, { action: "session.ended" });
    });
    return { success: true };
  });
}
