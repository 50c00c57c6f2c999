import type { FastifyInstance } from "fastify";
import { ApiError } from "../errors.ts";
import { rateLimitError, tellRateLimit } from "./rate-limit.ts";
import type { RateLimitState } from "./rate-limiter.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** set by the key check; routes behind it may rely on them */
    organizationId: string;
    apiKeyId: string;
  }
}

export type ApiKeyCheck =
  | { outcome: "known"; apiKeyId: string; organizationId: string }
  | { outcome: "unknown" | "expired" | "revoked" };

/**
 * Lets only requests with a good API key through (facts 12.1; of the two documented bodies, the guide's).
 *
 * @param takePlace  counts a refused request against the address that it came from: keys are not to be guessed by the
 *                   thousand. A good key is never touched by that, whoever else sits behind the same address
 */
export function requireApiKey(
  server: FastifyInstance,
  checkApiKey: (apiKey: string) => Promise<ApiKeyCheck>,
  takePlace: (address: string) => Promise<RateLimitState | undefined>,
): void {
  server.decorateRequest("organizationId", "");
  server.decorateRequest("apiKeyId", "");
  // Before the body is read: who has no key cannot make us parse a megabyte.
  server.addHook("onRequest", async (request, reply) => {
    const apiKey = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
    const check: ApiKeyCheck = apiKey === undefined ? { outcome: "unknown" } : await checkApiKey(apiKey);
    if (check.outcome !== "known") {
      const state = await takePlace(request.ip);
      if (state) tellRateLimit(reply, state);
      throw state && !state.isAllowed ? rateLimitError(state) : refusal(check.outcome);
    }
    request.organizationId = check.organizationId;
    request.apiKeyId = check.apiKeyId;
  });
}

function refusal(outcome: "unknown" | "expired" | "revoked"): ApiError {
  const headers = { "WWW-Authenticate": "Bearer" };
  switch (outcome) {
    case "unknown":
      return new ApiError("unauthorized", { message: "Invalid or missing API key", headers });
    case "expired":
      return new ApiError("api_key_expired", { message: "This API key has expired", headers });
    case "revoked":
      return new ApiError("api_key_revoked", { message: "This API key has been revoked", headers });
  }
}
