import { sql } from "kysely";
import type { Database } from "../../src/db/database.ts";
import { insertAttempts, type Attempt } from "../../src/webhooks/attempt-store.ts";
import { newHealth } from "../../src/webhooks/endpoint-health.ts";
import { saveHealth } from "../../src/webhooks/endpoint-store.ts";
import type { WebhookEventType } from "../../src/webhooks/event.ts";
import { decideRetry } from "../../src/webhooks/retry-schedule.ts";
import { after } from "./plan-call.ts";
import type { Random } from "./random.ts";
import { attemptOf } from "./write-call.ts";

interface Delivery {
  id: string;
  event_id: string;
  event_type: WebhookEventType;
  event_created_at: Date;
  endpoint_id: string;
  url: string;
}

/**
 * Makes of every delivery that waits what would have become of it: nearly all arrive, some at the second attempt; the
 * receiver at `deadUrl` has answered nothing since `deadSince`.
 */
export async function writeDeliveries(
  db: Database,
  options: { organizationId: string; random: Random; now: Date; deadUrl: string; deadSince: Date },
): Promise<void> {
  const { organizationId, random, now, deadUrl, deadSince } = options;
  const { rows } = await sql<Delivery>`
    select d.id, d.event_id, d.event_type, d.event_created_at, d.endpoint_id, e.url
    from webhook_deliveries d join webhook_endpoints e on e.id = d.endpoint_id
    where d.organization_id = ${organizationId} order by d.event_created_at, d.sequence
  `.execute(db);
  for (const delivery of rows) {
    const isDead = delivery.url === deadUrl && delivery.event_created_at > deadSince;
    const { attempts, state, runAt } = isDead ? fail(delivery) : deliver(delivery);
    await insertAttempts(db, attempts);
    const last = attempts.at(-1)!;
    await sql`
      update webhook_deliveries set state = ${state}, attempt_count = ${attempts.length}, run_at = ${runAt},
        is_retry = ${attempts.length > 0}, created_at = ${delivery.event_created_at},
        finished_at = ${state === "pending" ? null : after(last.startedAt, last.durationMs)},
        reason = ${state === "exhausted" ? "the last attempt has failed" : null}
      where id = ${delivery.id}
    `.execute(db);
  }
  await saveHealth(
    db,
    { organizationId, url: deadUrl },
    {
      ...newHealth(),
      breaker: "open",
      openUntil: after(now, 4 * 60_000),
      opens: 9,
      consecutiveFailures: 41,
      failingSince: deadSince,
    },
  );

  function attempt(delivery: Delivery, number: number, at: Date): Attempt {
    const { event_id: eventId, url } = delivery;
    const made = attemptOf({ eventId, at, durationMs: random.between(14, 180), url, random });
    return { ...made, deliveryId: delivery.id, endpointId: delivery.endpoint_id, number };
  }

  function deliver(delivery: Delivery) {
    const at = after(delivery.event_created_at, random.between(2, 9));
    const first = attempt(delivery, 1, at);
    if (!random.isChance(0.03)) return { attempts: [first], state: "delivered", runAt: at };
    const failed = { ...first, outcome: "http-error", statusCode: 503, responseBody: Buffer.from("busy") };
    const again = after(at, random.between(500, 1_000));
    return { attempts: [failed, attempt(delivery, 2, again)], state: "delivered", runAt: again };
  }

  /** As often as its schedule says until now. */
  function fail(delivery: Delivery) {
    const attempts: Attempt[] = [];
    let at = after(delivery.event_created_at, random.between(2, 9));
    while (at <= now) {
      attempts.push({
        ...attempt(delivery, attempts.length + 1, at),
        outcome: "connection-failed",
        statusCode: undefined,
        error: "ECONNREFUSED",
        remoteAddress: undefined,
      });
      const decision = decideRetry(delivery.event_type, attempts.length, random.between(0, 0.4));
      if (decision.outcome === "exhausted") return { attempts, state: "exhausted", runAt: at };
      at = after(at, decision.delayMs);
    }
    return { attempts, state: "pending", runAt: at };
  }
}
