import pg from "pg";
import { sql } from "kysely";
import { systemClock } from "../../src/clock.ts";
import { createSecretBox } from "../../src/secret-box.ts";
import { openDatabase } from "../../src/db/database.ts";
import { newId } from "../../src/ids.ts";
import { createLogger } from "../../src/logger.ts";
import { recordEvent } from "../../src/webhooks/outbox-store.ts";
import { createWebhookEngine } from "../../src/webhooks/webhook-engine.ts";

/**
 * A process that accepts events and delivers them, with the product's own engine, until it is killed: by itself with
 * SIGKILL at the failpoint it was given, or by its parent. Says on its output what it has committed.
 */
export interface Orders {
  databaseUrl: string;
  receiverUrl: string;
  organizationId: string;
  installationId: string;
  callIds: string[];
  /** how many events it accepts; after them it only delivers */
  events: number;
  failpoint: Failpoint | undefined;
}

export interface Failpoint {
  at: keyof typeof STATEMENTS;
  /** at its how manieth occurrence, from 1 */
  occurrence: number;
  /** before the statement is sent, or when its answer is here and nobody has seen it yet */
  moment: "before" | "after";
}

export const STATEMENTS = {
  sequence: /update calls set last_sequence/,
  accept: /insert into webhook_events/,
  commit: /^commit/,
  look: /with recursive waiting/,
  claim: /with share as/,
  "record-attempts": /insert into webhook_attempts/,
  "record-states": /lets_pass/,
  release: /state = 'pending', run_at = now\(\)\s+from \(/,
} as const;

if (process.send) {
  process.once("message", (orders: Orders) => void run(orders));
  process.on("disconnect", () => process.exit(0));
  process.send("ready");
}

async function run(orders: Orders): Promise<void> {
  if (orders.failpoint) dieAt(orders.failpoint);
  const { db, pool } = openDatabase({
    connectionString: orders.databaseUrl,
    maxConnections: 10,
    onIdleError: () => undefined,
  });
  const nodeId = newId();
  // What a start does: whoever held the folder before is dead.
  await untilDone(() =>
    pool.query("update nodes set stopped_at = now() where installation_id = $1 and stopped_at is null", [
      orders.installationId,
    ]),
  );
  await untilDone(() =>
    pool.query("insert into nodes (id, installation_id) values ($1, $2)", [nodeId, orders.installationId]),
  );
  const engine = createWebhookEngine({
    db,
    clock: systemClock,
    secretBox: createSecretBox(Buffer.alloc(32, 5)),
    logger: createLogger({ level: "silent" }),
    nodeId,
    allowed: [{ address: "127.0.0.0", prefixLength: 8, port: undefined }],
    retentionDays: 30,
  });
  engine.start();
  for (let count = 0; count < orders.events; count++) {
    const callId = orders.callIds[count % orders.callIds.length]!;
    try {
      const recorded = await db.transaction().execute((tx) =>
        recordEvent(tx, {
          organizationId: orders.organizationId,
          callId,
          type: "status-update",
          endpoint: { level: "account", owner: "", url: orders.receiverUrl, secret: null },
          createdAt: new Date(),
          encode: (sequence) =>
            Buffer.from(
              JSON.stringify({ message: { type: "status-update", call: { id: callId }, sequence } }),
            ),
        }),
      );
      process.send?.({ accepted: recorded.eventId });
      if (recorded.endpointId) engine.wake(recorded.endpointId);
    } catch {
      // The database went away in the middle: whether it was committed, the database knows. We have promised nothing.
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  for (;;) {
    await sql`update nodes set heartbeat_at = now() where id = ${nodeId}`.execute(db).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function untilDone(work: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await work();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** Everything that the product says to PostgreSQL goes through this one method of the driver. */
function dieAt({ at, occurrence, moment }: Failpoint): void {
  const original = pg.Client.prototype.query as (...parameters: unknown[]) => unknown;
  let left = occurrence;
  const query = function (this: pg.Client, ...parameters: unknown[]): unknown {
    const [first] = parameters;
    const text = typeof first === "string" ? first : ((first as { text?: string } | undefined)?.text ?? "");
    const isIt = STATEMENTS[at].test(text) && --left === 0;
    if (isIt && moment === "before") process.kill(process.pid, "SIGKILL");
    const result = original.apply(this, parameters);
    if (isIt && result instanceof Promise) return result.finally(() => process.kill(process.pid, "SIGKILL"));
    return result;
  };
  pg.Client.prototype.query = query as typeof pg.Client.prototype.query;
}
