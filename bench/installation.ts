import { fork, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../src/clock.ts";
import { createSecretBox, type SecretBox } from "../src/secret-box.ts";
import { openDatabase, type DatabaseConnection } from "../src/db/database.ts";
import { startEmbeddedPostgres } from "../src/db/embedded-postgres.ts";
import { migrate } from "../src/db/migrate.ts";
import { newId } from "../src/ids.ts";
import { createLogger } from "../src/logger.ts";
import { createDelivery, type Delivery } from "../src/webhooks/delivery-loop.ts";
import { createDialer, type Dialer } from "../src/webhooks/dialer.ts";
import { ensurePartitions } from "../src/webhooks/partitions.ts";
import { createReceivers } from "../src/webhooks/receivers.ts";

export const SECRET = "whsec_bench";

/** An embedded PostgreSQL of one's own, an organization in it, and receivers in another process. */
export interface Installation extends DatabaseConnection {
  organizationId: string;
  secretBox: SecretBox;
  dialer: Dialer;
  receiverUrl: string;
  ask<T>(question: "arrivals" | "count" | "forget"): Promise<T>;
  startDelivery(options?: { timeoutMs?: number }): Promise<Delivery>;
  /** Removes all events and deliveries. */
  empty(): Promise<void>;
  stop(): Promise<void>;
}

export async function startInstallation(): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), "switchhook-bench-"));
  const started = await startEmbeddedPostgres({
    dataDirectory: folder,
    isInUse: () => Promise.resolve(false),
    onRestart: () => undefined,
  });
  if (started.outcome === "in-use") throw new Error("a fresh folder cannot be in use");
  const { postgres } = started;
  const connection = openDatabase({
    connectionString: postgres.connectionString,
    maxConnections: 20,
    onIdleError: () => undefined,
  });
  await migrate(connection.pool);
  await ensurePartitions(connection.db, new Date());
  const secretBox = createSecretBox(Buffer.alloc(32, 1));
  const organizationId = newId();
  await connection.db
    .insertInto("organizations")
    .values({ id: organizationId, name: "Bench", webhook_secret: secretBox.seal(SECRET) })
    .execute();
  const child = fork(new URL("receiver.ts", import.meta.url));
  const { port } = await answerOf<{ port: number }>(child);
  const dialer = createDialer({ allowed: [{ address: "127.0.0.0", prefixLength: 8, port: undefined }] });

  return {
    ...connection,
    organizationId,
    secretBox,
    dialer,
    receiverUrl: `http://127.0.0.1:${port}`,
    ask(question) {
      const answer = answerOf(child);
      child.send(question);
      return answer as Promise<never>;
    },
    async startDelivery(options = {}) {
      const nodeId = newId();
      await connection.db.insertInto("nodes").values({ id: nodeId, installation_id: newId() }).execute();
      const common = {
        db: connection.db,
        clock: systemClock,
        random: Math.random,
        logger: createLogger({ level: "silent" }),
      };
      const delivery = createDelivery({
        ...common,
        ...options,
        dispatcher: dialer.notifications,
        receivers: createReceivers(common),
        secretBox,
        newId,
        nodeId,
      });
      delivery.start();
      return delivery;
    },
    async empty() {
      await connection.pool.query("truncate webhook_events, webhook_deliveries, webhook_attempts, calls");
      await connection.pool.query("delete from webhook_endpoints");
      await connection.pool.query("vacuum analyze");
    },
    async stop() {
      child.disconnect();
      await dialer.close();
      await connection.close();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function answerOf<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve) => child.once("message", (message) => resolve(message as T)));
}
