import type { FastifyInstance } from "fastify";
import { ApiError } from "../errors.ts";

/**
 * Lets only requests with a known API key through (facts 12.1; of the two documented bodies, the guide's).
 *
 * @param findOrganization  the key's organization, or undefined
 */
export function requireApiKey(
  server: FastifyInstance,
  findOrganization: (apiKey: string) => Promise<string | undefined>,
): void {
  server.decorateRequest("organizationId", "");
  // Before the body is read: who has no key cannot make us parse a megabyte.
  server.addHook("onRequest", async (request, reply) => {
    const apiKey = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
    const organizationId = apiKey === undefined ? undefined : await findOrganization(apiKey);
    if (organizationId === undefined) {
      reply.header("WWW-Authenticate", "Bearer");
      throw new ApiError("unauthorized", { message: "Invalid or missing API key" });
    }
    request.organizationId = organizationId;
  });
}
