import type { FastifyInstance, FastifyRequest } from "fastify";
import { ApiError } from "../errors.ts";
import { clientAddress } from "./client-address.ts";
import { rateLimitError, tellRateLimit } from "./rate-limit.ts";
import type { RateLimitState } from "./rate-limiter.ts";

/** What somebody is in an organization. */
export type Role = "owner" | "member" | "read-only";

/** Somebody who has signed in. */
export interface Person {
  userId: string;
  email: string;
  sessionId: string;
  /** in the organization of this request; undefined: it is about none */
  role: Role | undefined;
}

declare module "fastify" {
  interface FastifyRequest {
    /** set by the check; routes behind it may rely on it. "": a person of no organization asks about themselves */
    organizationId: string;
    /** "": a person asks */
    apiKeyId: string;
    /** undefined: an API key asks */
    person: Person | undefined;
  }
}

export type ApiKeyCheck =
  | { outcome: "known"; apiKeyId: string; organizationId: string }
  | { outcome: "unknown" | "expired" | "revoked" };

export type SessionCheck =
  /** the request brings none */
  | { outcome: "none" }
  | { outcome: "known"; person: Person; organizationId: string }
  | { outcome: "refused"; error: ApiError };

export interface AuthOptions {
  checkApiKey: (apiKey: string) => Promise<ApiKeyCheck>;
  /** looks at everything of a session: that it is there, that the request is its own, the organization that it asks for */
  checkSession: (request: FastifyRequest) => Promise<SessionCheck>;
  /**
   * Whether this may be asked by who asks; undefined: yes.
   *
   * @param person  undefined: an API key
   */
  refuse: (request: FastifyRequest, person: Person | undefined) => ApiError | undefined;
  /**
   * Counts a refused request against the address that it came from: keys are not to be guessed by the thousand. A good
   * key is never touched by that, whoever else sits behind the same address.
   */
  takePlace: (address: string) => Promise<RateLimitState | undefined>;
}

/**
 * Lets only requests through that come with a good API key (facts 12.1; of the two documented bodies, the guide's) or
 * from somebody who has signed in. A request with both is the key's.
 */
export function requireKeyOrSession(server: FastifyInstance, options: AuthOptions): void {
  server.decorateRequest("organizationId", "");
  server.decorateRequest("apiKeyId", "");
  server.decorateRequest("person", undefined);

  /** @returns the refusal, which counts against the address where nobody is known */
  async function recognise(request: FastifyRequest): Promise<ApiError | undefined> {
    if (request.headers.authorization === undefined) {
      const session = await options.checkSession(request);
      if (session.outcome === "refused") return session.error;
      if (session.outcome === "known") {
        request.organizationId = session.organizationId;
        request.person = session.person;
        return undefined;
      }
    }
    const apiKey = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
    const check: ApiKeyCheck =
      apiKey === undefined ? { outcome: "unknown" } : await options.checkApiKey(apiKey);
    if (check.outcome !== "known") return refusal(check.outcome);
    request.organizationId = check.organizationId;
    request.apiKeyId = check.apiKeyId;
    return undefined;
  }

  // Before the body is read: who is nobody cannot make us parse a megabyte.
  server.addHook("onRequest", async (request, reply) => {
    const unknown = await recognise(request);
    if (unknown?.status === 401) {
      const state = await options.takePlace(clientAddress(request));
      if (state) tellRateLimit(reply, state);
      if (state && !state.isAllowed) throw rateLimitError(state);
    }
    const error = unknown ?? options.refuse(request, request.person);
    if (error) throw error;
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
