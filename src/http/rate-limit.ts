import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { ApiError } from "../errors.ts";
import type { RateLimitState } from "./rate-limiter.ts";

/**
 * Counts each request against its API key, or its session, before anything of it is processed (facts 12.2): it must stand
 * behind the check of who asks and before the body is read. A 429 may therefore be sent again, whatever its method (facts
 * 14.2).
 */
export function limitRequests(
  server: FastifyInstance,
  takePlace: (request: FastifyRequest) => Promise<RateLimitState | undefined>,
): void {
  server.addHook("onRequest", async (request, reply) => {
    const state = await takePlace(request);
    if (!state) return;
    tellRateLimit(reply, state);
    if (!state.isAllowed) throw rateLimitError(state);
  });
}

export function tellRateLimit(reply: FastifyReply, state: RateLimitState): void {
  void reply.headers({
    "X-RateLimit-Limit": state.limit,
    "X-RateLimit-Remaining": state.remaining,
    "X-RateLimit-Reset": state.resetAtSeconds,
  });
}

export function rateLimitError(
  { retryAfterSeconds, limit }: RateLimitState,
  of = "requests a minute",
): ApiError {
  return new ApiError("rate_limit_exceeded", {
    message: `More than ${limit} ${of}. Please retry after ${retryAfterSeconds} seconds.`,
    fields: { retry_after: retryAfterSeconds },
    headers: { "Retry-After": String(retryAfterSeconds) },
  });
}
