import { createHash } from "node:crypto";
import type { FastifyInstance } from "fastify";
import type { SecretBox } from "../secret-box.ts";
import type { Database } from "../db/database.ts";
import { ApiError } from "../errors.ts";
import { validationError } from "../http/validation.ts";
import { beginRequest, giveBack, keepAnswer, type IdempotentRequest } from "./idempotent-request-store.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** set while the request that has an Idempotency-Key is carried out */
    idempotent: IdempotentRequest | undefined;
  }
}

/** The slowest handler, a webhook's test, takes 12 s. */
const LOCK_MS = 60_000;

/**
 * `Idempotency-Key` on every POST (an extension of ours): a request that is sent again with the same key within 24 hours
 * gets the first one's answer, and nothing is done twice.
 *
 * Kept are answers that something may have come of: 2xx and 5xx. A 4xx has changed nothing, and its key is free again. A
 * process that is killed in the middle leaves a lock that runs out after a minute; the repetition is then carried out,
 * which is right for calls, because a killed process's calls have ended with it.
 */
export function acceptIdempotencyKeys(
  server: FastifyInstance,
  options: { db: Database; secretBox: SecretBox },
): void {
  const { db, secretBox } = options;
  server.decorateRequest("idempotent", undefined);

  // After the body was read: it belongs to what must be the same.
  server.addHook("preHandler", async (request, reply) => {
    const key = request.headers["idempotency-key"];
    if (request.method !== "POST" || key === undefined) return;
    if (typeof key !== "string" || !/^[\x21-\x7e]{1,255}$/.test(key)) {
      throw validationError(["Idempotency-Key: must have 1 to 255 characters without spaces"]);
    }
    const idempotent = {
      organizationId: request.organizationId,
      key,
      fingerprint: fingerprintOf(request.method, request.url, request.body),
    };
    const begin = await beginRequest(db, idempotent, LOCK_MS);
    switch (begin.outcome) {
      case "begun":
        request.idempotent = idempotent;
        return;
      case "answered":
        return reply
          .code(begin.status)
          .header("Idempotency-Replayed", "true")
          .type("application/json; charset=utf-8")
          .send(secretBox.open(begin.answer));
      case "in-progress":
        throw new ApiError("idempotency_key_in_use", { headers: { "Retry-After": "1" } });
      case "reused":
        throw new ApiError("idempotency_key_reused");
    }
  });

  server.addHook("onSend", async (request, reply, payload) => {
    const { idempotent } = request;
    if (!idempotent) return payload;
    request.idempotent = undefined;
    const isRefused = reply.statusCode >= 400 && reply.statusCode < 500;
    if (isRefused || typeof payload !== "string") await giveBack(db, idempotent);
    else await keepAnswer(db, idempotent, reply.statusCode, secretBox.seal(payload));
    return payload;
  });
}

function fingerprintOf(method: string, url: string, body: unknown): Buffer {
  return createHash("sha256")
    .update(JSON.stringify([method, url, body ?? null]))
    .digest();
}
