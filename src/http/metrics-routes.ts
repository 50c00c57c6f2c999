import type { FastifyInstance } from "fastify";

/**
 * `GET /metrics` in Prometheus' text format, an extension of ours. Behind an API key like everything else (Prometheus:
 * `authorization: { credentials: fl_… }`): how many calls an installation carries is nobody else's business.
 */
export function metricsRoutes(
  server: FastifyInstance,
  metrics: { contentType: string; metrics(): Promise<string> },
): void {
  server.get("/metrics", async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.metrics()),
  );
}
