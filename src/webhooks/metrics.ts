import { Gauge, Histogram, type Registry } from "prom-client";
import type { Clock } from "../clock.ts";
import type { Database } from "../db/database.ts";
import { countDeliveries, type DeliveryCounts } from "./event-list-store.ts";
import type { Receivers } from "./receivers.ts";

/** What the webhook side shows to Prometheus. Gauges are read when they are asked for. */
export interface WebhookMetrics {
  observeAttempt(attempt: { eventType: string; outcome: string; durationMs: number }): void;
}

const COUNT_EVERY_MS = 10_000;
const BUCKETS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function registerWebhookMetrics(
  registry: Registry,
  options: { db: Database; clock: Clock; receivers: Receivers },
): WebhookMetrics {
  let counted: { counts: Promise<DeliveryCounts>; atMs: number } | undefined;
  /** Counting reads the whole table: at most every ten seconds, however many ask. */
  function count(): Promise<DeliveryCounts> {
    const nowMs = options.clock.monotonicMs();
    if (!counted || nowMs - counted.atMs > COUNT_EVERY_MS) {
      counted = { counts: countDeliveries(options.db), atMs: nowMs };
    }
    return counted.counts;
  }

  registry.registerMetric(
    new Gauge({
      name: "switchhook_webhook_deliveries",
      help: "Deliveries by state.",
      labelNames: ["state"],
      registers: [],
      async collect() {
        const counts = await count();
        this.set({ state: "delivered" }, counts.delivered);
        this.set({ state: "pending" }, counts.pending);
        this.set({ state: "in-flight" }, counts.inFlight);
        this.set({ state: "exhausted" }, counts.exhausted);
        this.set({ state: "cancelled" }, counts.cancelled);
      },
    }),
  );
  const single = (name: string, help: string, read: (counts: DeliveryCounts) => number) => {
    registry.registerMetric(
      new Gauge({
        name,
        help,
        registers: [],
        async collect() {
          this.set(read(await count()));
        },
      }),
    );
  };
  single(
    "switchhook_webhook_events_accepted",
    "Notifications that an endpoint is to get, within the retention.",
    (counts) => counts.accepted,
  );
  single(
    "switchhook_webhook_conservation_residue",
    "Accepted events without a delivery. Anything but 0 is a lost event, and a bug.",
    (counts) => counts.residue,
  );
  single(
    "switchhook_webhook_backlog_age_seconds",
    "How long the oldest due delivery has been due.",
    (counts) => counts.backlogAgeSeconds,
  );
  registry.registerMetric(
    new Gauge({
      name: "switchhook_webhook_breakers",
      help: "Receivers by the state of their circuit breaker, of those that this process has sent to.",
      labelNames: ["state"],
      registers: [],
      collect() {
        const receivers = { closed: 0, open: 0, "half-open": 0 };
        for (const { health } of options.receivers.snapshot()) receivers[health.breaker]++;
        for (const [state, many] of Object.entries(receivers)) this.set({ state }, many);
      },
    }),
  );
  const attempts = new Histogram({
    name: "switchhook_webhook_attempt_seconds",
    help: "How long requests took, to the last byte of the answer.",
    labelNames: ["event", "outcome"],
    buckets: BUCKETS_SECONDS,
    registers: [registry],
  });
  return {
    observeAttempt: ({ eventType, outcome, durationMs }) =>
      attempts.observe({ event: eventType, outcome }, durationMs / 1_000),
  };
}
