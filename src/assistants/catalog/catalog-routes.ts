import type { FastifyInstance } from "fastify";
import { localVoices, showCatalog, type IsConfigured } from "./catalog.ts";

/** `GET /voices`, and `GET /catalog`, an extension of ours. */
export function catalogRoutes(
  server: FastifyInstance,
  /** what this server can run for the organization, with its keys and the environment's */
  options: { configuredFor: (organizationId: string) => Promise<IsConfigured> },
): void {
  const voices = localVoices();
  server.get("/voices", () => ({ voices }));

  server.get("/catalog", async ({ organizationId }) => ({
    catalog: showCatalog(await options.configuredFor(organizationId)),
  }));
}
