import type { FastifyInstance } from "fastify";
import { ApiError } from "../errors.ts";

/**
 * Lets only requests with a known API key through (facts 12.1).
 *
 * @param findOrganization  the key's organization, or undefined
 */
export function requireApiKey(
  server: FastifyInstance,
  findOrganization: (apiKey: string) => Promise<string | undefined>,
): void {
  server.decorateRequest("organizationId", "");
  server.addHook("onRequest", async (request) => {
    const apiKey = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
    const organizationId = apiKey === undefined ? undefined : await findOrganization(apiKey);
    if (organizationId === undefined) {
      throw new ApiError(401, "Unauthorized", { message: "Invalid or missing API key" });
    }
    request.organizationId = organizationId;
  });
}
