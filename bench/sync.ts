import { createServer, type Server, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import { Agent, request } from "undici";
import { systemClock } from "../src/clock.ts";
import { newId } from "../src/ids.ts";
import { createSyncWebhooks, type AskWebhook } from "../src/webhooks/sync-request.ts";
import { webhookHeaders } from "../src/webhooks/signature.ts";
import { writeBacklog } from "./backlog.ts";
import { SECRET, startInstallation, type Installation } from "./installation.ts";
import { inMs, print, spreadOf } from "./numbers.ts";

/**
 * `npm run bench:sync`: what asking a webhook costs beside a bare undici request to the same server, in turns, in the
 * same run; the same while notifications run at full load; and how late a deadline is with servers that misbehave
 * (`--hostile 10000`: how many).
 */
const ROUNDS = 3_000;
const hostileAt = process.argv.indexOf("--hostile");
const HOSTILE = hostileAt === -1 ? 1_000 : Number(process.argv[hostileAt + 1]);
const HOSTILE_DEADLINE_MS = 300;
const HOSTILE_AT_ONCE = 100;

const SERVERS: Record<string, (socket: Socket) => void> = {
  "says nothing": () => undefined,
  "stalls after the headers": (socket) => void socket.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"),
  "sends headers for ever": (socket) => {
    socket.write("HTTP/1.1 200 OK\r\n");
    repeat(socket, "X-More: 1\r\n");
  },
  drips: (socket) => {
    socket.write("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n");
    repeat(socket, " ");
  },
  "resets in mid-body": (socket) => {
    socket.write("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{");
    setTimeout(() => socket.resetAndDestroy(), 20);
  },
};

const installation = await startInstallation();
try {
  const ask = asker(installation);
  const quiet = await overhead(installation, ask);
  print("bare undici, signed", inMs(quiet.bare));
  print("ask()", inMs(quiet.ours));
  print("overhead", `p50 ${difference(quiet, "p50")}  p99 ${difference(quiet, "p99")}`);
  await writeBacklog(installation.pool, {
    organizationId: installation.organizationId,
    urls: Array.from({ length: 50 }, (_, index) => `${installation.receiverUrl}/ok/${index}`),
    count: 60_000,
  });
  const delivery = await installation.startDelivery();
  const busy = await overhead(installation, ask);
  await delivery.stop(0);
  print("bare undici, beside notifications at full load", inMs(busy.bare));
  print("ask(), beside notifications at full load", inMs(busy.ours));
  print("overhead", `p50 ${difference(busy, "p50")}  p99 ${difference(busy, "p99")}`);
  await hostile(ask);
} finally {
  await installation.stop();
}

interface Pair {
  bare: ReturnType<typeof spreadOf>;
  ours: ReturnType<typeof spreadOf>;
}

function difference({ bare, ours }: Pair, at: "p50" | "p99"): string {
  return `${(ours[at] - bare[at]).toFixed(2)} ms (ratio ${(ours[at] / bare[at]).toFixed(2)})`;
}

function asker(on: Installation): (url: string, deadlineMs: number) => ReturnType<AskWebhook> {
  const askWebhook = createSyncWebhooks({
    dispatcher: on.dialer.sync,
    clock: systemClock,
    secretBox: on.secretBox,
    newId,
    log: { add: () => undefined, stop: () => Promise.resolve() },
    receivers: { isKnownDead: () => false, began: () => undefined, ended: () => undefined },
  });
  const secrets = [on.secretBox.seal(SECRET)];
  return (url, deadlineMs) =>
    askWebhook({
      organizationId: on.organizationId,
      callId: newId(),
      subject: {
        call: { id: newId(), type: "inbound_phone_call", status: "ringing" },
        phoneNumber: { id: null, number: "+31850835037", name: null },
        customerNumber: "+31612345678",
      },
      detail: { type: "assistant-request" },
      routing: { outcome: "send", level: "account", url, secrets },
      deadlineMs,
    });
}

/** One after the other and in turns, so that both see the same machine. */
async function overhead(on: Installation, ask: ReturnType<typeof asker>): Promise<Pair> {
  const url = `${on.receiverUrl}/ok`;
  const agent = new Agent({ pipelining: 1, allowH2: false, keepAliveTimeout: 55_000 });
  const body = Buffer.from(JSON.stringify({ message: { type: "assistant-request", call: { id: newId() } } }));
  const bare: number[] = [];
  const ours: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const startedMs = performance.now();
    const headers = webhookHeaders(
      { id: newId(), type: "assistant-request", body },
      [SECRET],
      Math.floor(Date.now() / 1_000),
    );
    const response = await request(url, { dispatcher: agent, method: "POST", body, headers });
    JSON.parse(await response.body.text());
    bare.push(performance.now() - startedMs);
    await new Promise((resolve) => setImmediate(resolve));
    const askedMs = performance.now();
    await ask(url, 5_000);
    ours.push(performance.now() - askedMs);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await agent.close();
  // The first ones open connections and warm the compiler up.
  return { bare: spreadOf(bare.slice(200)), ours: spreadOf(ours.slice(200)) };
}

function repeat(socket: Socket, text: string): void {
  const timer = setInterval(() => socket.write(text), 30);
  socket.on("close", () => clearInterval(timer));
}

async function hostile(ask: ReturnType<typeof asker>): Promise<void> {
  const latenesses: number[] = [];
  const servers: { server: Server; sockets: Set<Socket>; url: string }[] = [];
  for (const serve of Object.values(SERVERS)) servers.push(await listen(serve, "http"));
  servers.push(await listen(() => undefined, "https"));
  let left = HOSTILE;
  await Promise.all(
    Array.from({ length: HOSTILE_AT_ONCE }, async () => {
      while (left-- > 0) {
        const startedMs = performance.now();
        await ask(servers[left % servers.length]!.url, HOSTILE_DEADLINE_MS);
        latenesses.push(Math.max(0, performance.now() - startedMs - HOSTILE_DEADLINE_MS));
      }
    }),
  );
  for (const { server, sockets } of servers) {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
  const late = latenesses.filter((ms) => ms > 25).length;
  print(
    `${HOSTILE} hostile requests: past the deadline`,
    `${inMs(spreadOf(latenesses))}  (${late} by more than 25 ms)`,
  );
}

async function listen(serve: (socket: Socket) => void, scheme: string) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
    serve(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, sockets, url: `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}
