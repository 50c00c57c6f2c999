import type { FastifyInstance } from "fastify";

/** A database that hangs is as bad as one that is away, and who asks (a load balancer, say) does not wait long. */
const PING_DEADLINE_MS = 2_000;

/**
 * `GET /health` (facts 2.13), without a key. 503 while the database does not answer, and while this process lets its
 * calls finish and takes no new ones: a load balancer then sends them elsewhere.
 */
export function healthRoutes(
  server: FastifyInstance,
  options: {
    version: string;
    now: () => Date;
    pingDatabase: () => Promise<number>;
    isDraining?: () => boolean;
    pingDeadlineMs?: number;
  },
): void {
  const { version, pingDeadlineMs = PING_DEADLINE_MS } = options;
  server.get("/health", async (_request, reply) => {
    const timestamp = options.now().toISOString();
    try {
      const latencyMs = Math.round(await within(pingDeadlineMs, options.pingDatabase()));
      const isDraining = options.isDraining?.() ?? false;
      return await reply.code(isDraining ? 503 : 200).send({
        status: isDraining ? "draining" : "ok",
        timestamp,
        version,
        checks: { database: { status: "ok", latency_ms: latencyMs } },
      });
    } catch {
      // Whoever asks wants to know that it is away, not why; the log has the reason.
      const checks = { database: { status: "error" } };
      return reply.code(503).send({ status: "error", timestamp, version, checks });
    }
  });
}

function within<T>(deadlineMs: number, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${deadlineMs} ms`)), deadlineMs);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
