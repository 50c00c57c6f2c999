import type { FastifyInstance, FastifyRequest } from "fastify";
import { ApiError } from "../errors.ts";
import { findSetSecret, maySeeSecrets, secretFieldsOf, withoutSecrets } from "./permissions.ts";
import { pathOfRequest } from "./session-check.ts";

const LISTS: readonly string[] = ["/assistants", "/agents", "/tool-templates"];

/**
 * Keeps secrets from people who may not see them, whatever route answers: owners alone see and set them. API keys do as
 * ever.
 */
export function hideSecrets(server: FastifyInstance): void {
  server.addHook("preHandler", async (request) => {
    const field = findSetSecret(request.body, hiddenFieldsOf(request));
    if (field === undefined) return;
    throw new ApiError("role_not_allowed", {
      message: `${field}: only owners set it; ${field.includes(".") ? "null" : "left out"}, it stays as it is`,
      fields: { role: request.person?.role },
    });
  });

  server.addHook("preSerialization", async (request, _reply, payload) => {
    const fields = hiddenFieldsOf(request);
    return fields.length === 0 ? payload : withoutSecrets(payload, fields);
  });
}

function hiddenFieldsOf(request: FastifyRequest): readonly string[] {
  const { person, method } = request;
  const path = pathOfRequest(request);
  // Whoever looks at a list has not asked for the secrets of all: one by one they are, and it is noted who has.
  const isList = method === "GET" && LISTS.includes(path);
  return !person || (maySeeSecrets(person) && !isList) ? [] : secretFieldsOf(path);
}
