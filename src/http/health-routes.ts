import type { FastifyInstance } from "fastify";

/** `GET /health` (facts 2.13), without a key. 503 while the database does not answer. */
export function healthRoutes(
  server: FastifyInstance,
  options: { version: string; now: () => Date; pingDatabase: () => Promise<number> },
): void {
  server.get("/health", async (_request, reply) => {
    const timestamp = options.now().toISOString();
    try {
      const latencyMs = Math.round(await options.pingDatabase());
      return {
        status: "ok",
        timestamp,
        version: options.version,
        checks: { database: { status: "ok", latency_ms: latencyMs } },
      };
    } catch {
      // Whoever asks wants to know that it is away, not why; the log has the reason.
      const checks = { database: { status: "error" } };
      return reply.code(503).send({ status: "error", timestamp, version: options.version, checks });
    }
  });
}
