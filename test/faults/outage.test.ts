import { createServer as createHttpServer } from "node:http";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { createSecretBox } from "../../src/secret-box.ts";
import { openDatabase } from "../../src/db/database.ts";
import { startEmbeddedPostgres } from "../../src/db/embedded-postgres.ts";
import { migrate } from "../../src/db/migrate.ts";
import { newId } from "../../src/ids.ts";
import type { Logger } from "../../src/logger.ts";
import { recordEvent } from "../../src/webhooks/outbox-store.ts";
import { ensurePartitions } from "../../src/webhooks/partitions.ts";
import { createWebhookEngine } from "../../src/webhooks/webhook-engine.ts";

const OUTAGE_MS = Number(process.env["OUTAGE_SECONDS"] ?? 15) * 1_000;

/** The database as seen through a door that can be shut. */
async function doorTo(port: number) {
  const sockets = new Set<Socket>();
  const door = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("error", () => to.destroy());
      from.on("close", () => to.destroy());
      from.pipe(to);
    }
  });
  const listen = (on: number) => new Promise<void>((resolve) => door.listen(on, "127.0.0.1", resolve));
  await listen(0);
  const { port: nearPort } = door.address() as AddressInfo;
  return {
    port: nearPort,
    async shut() {
      const closed = new Promise((resolve) => door.close(resolve));
      for (const socket of sockets) socket.destroy();
      sockets.clear();
      await closed;
    },
    open: () => listen(nearPort),
  };
}

test(
  `the database is away for ${OUTAGE_MS / 1_000} s: no restart is needed, and events flow within 2 s of its return`,
  async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "switchhook-outage-"));
    const started = await startEmbeddedPostgres({
      dataDirectory: folder,
      isInUse: () => Promise.resolve(false),
      onRestart: () => undefined,
    });
    if (started.outcome === "in-use") throw new Error("a fresh folder cannot be in use");
    const direct = openDatabase({
      connectionString: started.postgres.connectionString,
      maxConnections: 2,
      onIdleError: () => undefined,
    });
    await migrate(direct.pool);
    await ensurePartitions(direct.db, new Date());
    const url = new URL(started.postgres.connectionString);
    const door = await doorTo(Number(url.port));
    url.port = String(door.port);
    const { db, close } = openDatabase({
      connectionString: url.href,
      maxConnections: 10,
      onIdleError: () => undefined,
    });

    const secretBox = createSecretBox(Buffer.alloc(32, 6));
    const [organizationId, nodeId, callId] = [newId(), newId(), newId()];
    const secret = secretBox.seal("secret");
    await db
      .insertInto("organizations")
      .values({ id: organizationId, name: "Outage", webhook_secret: secret })
      .execute();
    await db.insertInto("nodes").values({ id: nodeId, installation_id: newId() }).execute();
    const call = { id: callId, organization_id: organizationId, node_id: nodeId };
    await db
      .insertInto("calls")
      .values({ ...call, direction: "inbound", status: "ended" })
      .execute();

    const logged: number[] = [];
    const note = () => logged.push(performance.now());
    const quiet = () => undefined;
    const logger = { debug: quiet, info: quiet, trace: quiet, warn: note, error: note } as unknown as Logger;
    const arrivals: number[] = [];
    const receiver = createHttpServer((request, response) => {
      arrivals.push(performance.now());
      request.resume();
      response.end("{}");
    });
    await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
    const receiverUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
    const engine = createWebhookEngine({
      db,
      clock: systemClock,
      secretBox,
      logger,
      nodeId,
      allowed: [{ address: "127.0.0.0", prefixLength: 8, port: undefined }],
      retentionDays: 30,
    });
    engine.start();
    const record = (through: typeof db) =>
      through.transaction().execute((tx) =>
        recordEvent(tx, {
          organizationId,
          callId,
          type: "status-update",
          endpoint: { level: "account", owner: "", url: receiverUrl, secret: null },
          createdAt: new Date(),
          encode: (sequence) => Buffer.from(JSON.stringify({ message: { sequence } })),
        }),
      );
    const { endpointId } = await record(db);
    engine.wake(endpointId!);
    await expect.poll(() => arrivals.length, { timeout: 5_000 }).toBe(1);

    await door.shut();
    const shutMs = performance.now();
    // Accepted by another process, which still has its connection: nobody tells ours.
    await record(direct.db);
    await new Promise((resolve) => setTimeout(resolve, OUTAGE_MS));
    expect(arrivals).toHaveLength(1);
    const linesASecond = logged.length / ((performance.now() - shutMs) / 1_000);
    await door.open();
    const openMs = performance.now();
    await expect.poll(() => arrivals.length, { timeout: 10_000, interval: 10 }).toBe(2);
    const backAfterMs = arrivals[1]! - openMs;
    process.stdout.write(
      `away for ${OUTAGE_MS / 1_000} s: first delivery ${Math.round(backAfterMs)} ms after its return, ` +
        `${linesASecond.toFixed(2)} log lines a second\n`,
    );
    expect(backAfterMs).toBeLessThan(2_000);
    expect(linesASecond).toBeLessThanOrEqual(1);

    await engine.stop(1_000);
    receiver.closeAllConnections();
    await new Promise((resolve) => receiver.close(resolve));
    await close();
    await door.shut();
    await direct.close();
    await started.postgres.stop();
    await rm(folder, { recursive: true, force: true });
  },
  OUTAGE_MS + 60_000,
);
