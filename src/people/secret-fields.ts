import type { FastifyInstance, FastifyRequest } from "fastify";
import { ApiError } from "../errors.ts";
import { maySeeSecrets, secretFieldOf, withoutSecret } from "./permissions.ts";
import { pathOfRequest } from "./session-check.ts";

const LISTS: readonly string[] = ["/assistants", "/agents"];

/**
 * Keeps secrets from people who may not see them, whatever route answers: owners alone see and set them. API keys do as
 * ever.
 */
export function hideSecrets(server: FastifyInstance): void {
  server.addHook("preHandler", async (request) => {
    const field = hiddenFieldOf(request);
    const { body } = request;
    if (field === undefined || typeof body !== "object" || body === null || !(field in body)) return;
    throw new ApiError("role_not_allowed", {
      message: `${field}: only owners set it; left out, it stays as it is`,
      fields: { role: request.person?.role },
    });
  });

  server.addHook("preSerialization", async (request, _reply, payload) => {
    const field = hiddenFieldOf(request);
    return field === undefined ? payload : withoutSecret(payload, field);
  });
}

function hiddenFieldOf(request: FastifyRequest): string | undefined {
  const { person, method } = request;
  const path = pathOfRequest(request);
  // Whoever looks at a list has not asked for the secrets of all: one by one they are, and it is noted who has.
  const isList = method === "GET" && LISTS.includes(path);
  return !person || (maySeeSecrets(person.role) && !isList) ? undefined : secretFieldOf(path);
}
