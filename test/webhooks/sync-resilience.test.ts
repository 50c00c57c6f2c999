import { createServer, type Server, type Socket } from "node:net";
import { createServer as createHttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { createSecretBox } from "../../src/secret-box.ts";
import { newId } from "../../src/ids.ts";
import type { Attempt } from "../../src/webhooks/attempt-store.ts";
import { createDialer, type Dialer } from "../../src/webhooks/dialer.ts";
import type { Resolve } from "../../src/webhooks/name-cache.ts";
import type { SyncAnswer } from "../../src/webhooks/sync-answer.ts";
import { createSyncWebhooks } from "../../src/webhooks/sync-request.ts";
import { createReceiver, type Receiver } from "../harness/receiver.ts";

const LOOPBACK = [{ address: "127.0.0.0", prefixLength: 8, port: undefined }];
const secretBox = createSecretBox(Buffer.alloc(32, 1));
const DEADLINE_MS = 700;
/** The goal is 25 ms; a test machine that does five things at once gets some more. */
const LATE_MS = 75;

let receiver: Receiver;
let dialer: Dialer;
let attempts: Attempt[];
let isDead: (url: string) => boolean;
const servers: { server: Server; sockets: Set<Socket> }[] = [];

beforeEach(async () => {
  receiver = await createReceiver();
  dialer = createDialer({ allowed: LOOPBACK });
  attempts = [];
  isDead = () => false;
});
afterEach(async () => {
  await dialer.close();
  await receiver.close();
  for (const { server, sockets } of servers.splice(0)) {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A TCP server that does as told with each connection. */
async function tcpServer(serve: (socket: Socket, count: number) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    serve(socket, sockets.size);
  });
  servers.push({ server, sockets });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

function ask(url: string, more: { fallbackUrl?: string; deadlineMs?: number } = {}): Promise<SyncAnswer> {
  const askWebhook = createSyncWebhooks({
    receivers: {
      isKnownDead: ({ url: asked }) => isDead(asked),
      began: () => undefined,
      ended: () => undefined,
    },
    dispatcher: dialer.sync,
    clock: systemClock,
    secretBox,
    newId,
    log: { add: (record) => attempts.push(...record.attempts), stop: () => Promise.resolve() },
  });
  const { fallbackUrl, deadlineMs = DEADLINE_MS } = more;
  return askWebhook({
    organizationId: newId(),
    callId: newId(),
    subject: {
      call: { id: newId(), type: "inbound_phone_call", status: "ringing" },
      phoneNumber: { id: null, number: null, name: null },
      customerNumber: null,
    },
    detail: { type: "assistant-request" },
    routing: {
      outcome: "send",
      level: "account",
      url,
      secrets: [secretBox.seal("secret")],
      ...(fallbackUrl && { fallbackUrl }),
    },
    deadlineMs,
  });
}

/** Starts the work itself: what it does before its first await belongs to the time it takes. */
async function timed<T>(work: () => Promise<T>): Promise<{ value: T; tookMs: number }> {
  const startedMs = performance.now();
  const value = await work();
  return { value, tookMs: performance.now() - startedMs };
}

const never: Resolve = () => new Promise(() => undefined);

test.each<[string, () => Promise<string>]>([
  ["that accepts and says nothing", async () => `http://127.0.0.1:${await tcpServer(() => undefined)}/`],
  ["that stalls in the TLS handshake", async () => `https://127.0.0.1:${await tcpServer(() => undefined)}/`],
  [
    "that sends headers forever",
    async () => {
      const port = await tcpServer((socket) => {
        socket.write("HTTP/1.1 200 OK\r\n");
        const timer = setInterval(() => socket.write("X-More: 1\r\n"), 50);
        socket.on("close", () => clearInterval(timer));
      });
      return `http://127.0.0.1:${port}/`;
    },
  ],
  [
    "that drips a byte at a time",
    async () => {
      const port = await tcpServer((socket) => {
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
        const timer = setInterval(() => socket.write("x"), 50);
        socket.on("close", () => clearInterval(timer));
      });
      return `http://127.0.0.1:${port}/`;
    },
  ],
])("settles at its deadline with a server %s", async (_name, start) => {
  const url = await start();
  const { value, tookMs } = await timed(() => ask(url));
  expect(value).toEqual({ outcome: "timeout", deadlineMs: DEADLINE_MS });
  expect(tookMs).toBeGreaterThan(DEADLINE_MS - 5);
  expect(tookMs).toBeLessThan(DEADLINE_MS + LATE_MS);
});

test("settles at its deadline when the name server is silent, and names it when there is time to", async () => {
  await dialer.close();
  dialer = createDialer({ allowed: LOOPBACK, resolve: never });
  const short = await timed(() => ask("http://silent.example/"));
  expect(short.value).toMatchObject({ outcome: "timeout" });
  expect(short.tookMs).toBeLessThan(DEADLINE_MS + LATE_MS);
  const long = await timed(() => ask("http://quiet.example/", { deadlineMs: 3_000 }));
  expect(long.value).toMatchObject({ outcome: "timeout" });
  expect(attempts.at(-2)).toMatchObject({
    outcome: "connection-failed",
    error: expect.stringContaining("name server"),
  });
  expect(long.tookMs).toBeLessThan(3_000 + LATE_MS);
});

test("reads no more than it has to of a hundred megabytes", async () => {
  let sentBytes = 0;
  const port = await tcpServer((socket) => {
    socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${100 * 1_048_576}\r\n\r\n`);
    const chunk = Buffer.alloc(65_536, 0x20);
    const more = () => {
      while (socket.writable && sentBytes < 100 * 1_048_576) {
        sentBytes += chunk.length;
        if (!socket.write(chunk)) break;
      }
    };
    socket.on("drain", more);
    more();
  });
  const { value, tookMs } = await timed(() => ask(`http://127.0.0.1:${port}/`));
  expect(value).toMatchObject({
    outcome: "bad-body",
    problem: expect.stringContaining("longer than 65536 bytes"),
  });
  expect(tookMs).toBeLessThan(500);
  expect(sentBytes).toBeLessThan(20 * 1_048_576);
});

test("tries once more where not a byte was sent, and never where one was", async () => {
  const closed = await tcpServer((socket) => socket.destroy());
  expect(await ask(`https://127.0.0.1:${closed}/`)).toMatchObject({ outcome: "connection-failed" });
  expect(attempts.map(({ number, outcome }) => [number, outcome])).toEqual([
    [1, "connection-failed"],
    [2, "connection-failed"],
  ]);
  attempts = [];
  const resetting = await tcpServer((socket) => socket.on("data", () => socket.resetAndDestroy()));
  expect(await ask(`http://127.0.0.1:${resetting}/`)).toMatchObject({ outcome: "connection-failed" });
  expect(attempts).toHaveLength(1);
});

test.each([
  ["refuses", (first: Receiver) => first.close()],
  ["fails", (first: Receiver) => void (first.behave = () => ({ answer: {}, status: 500 }))],
  ["hangs", (first: Receiver) => void (first.behave = () => "stall-before-headers")],
])("asks the fallback with what is left when the first %s", async (_name, breakIt) => {
  const first = await createReceiver();
  await breakIt(first);
  receiver.behave = () => ({ answer: { from: "fallback" } });
  const { value, tookMs } = await timed(() => ask(first.url, { fallbackUrl: receiver.url }));
  expect(value).toEqual({ outcome: "answered", body: { from: "fallback" } });
  expect(tookMs).toBeLessThan(DEADLINE_MS);
  expect(attempts.at(-1)).toMatchObject({ url: receiver.url, outcome: "delivered" });
  const budgetMs = Number(receiver.requests[0]!.headers["x-webhook-deadline-ms"]);
  expect(budgetMs).toBeGreaterThan(200);
  expect(budgetMs).toBeLessThan(DEADLINE_MS);
  await first.close();
});

test("both hang: settled at the one deadline", async () => {
  const first = await createReceiver();
  first.behave = () => "stall-before-headers";
  receiver.behave = () => "stall-before-headers";
  const { value, tookMs } = await timed(() => ask(first.url, { fallbackUrl: receiver.url }));
  expect(value).toMatchObject({ outcome: "timeout" });
  expect(tookMs).toBeLessThan(DEADLINE_MS + LATE_MS);
  await first.close();
});

test("a server that is known to be dead costs nothing", async () => {
  isDead = () => true;
  const { value, tookMs } = await timed(() => ask(receiver.url));
  expect(value).toEqual({ outcome: "breaker-open" });
  expect(tookMs).toBeLessThan(20);
  expect(receiver.requests).toEqual([]);
  expect(attempts).toMatchObject([{ outcome: "breaker-open" }]);
});

test("says what a cold connection took, and that the next one was warm", async () => {
  await ask(receiver.url);
  // undici gives the connection back a moment after the last byte.
  await new Promise((resolve) => setImmediate(resolve));
  await ask(receiver.url);
  expect(attempts).toMatchObject([
    {
      connection: "cold",
      remoteAddress: "127.0.0.1",
      timings: { connectMs: expect.any(Number), firstByteMs: expect.any(Number) },
    },
    { connection: "warm", timings: { firstByteMs: expect.any(Number) } },
  ]);
  expect(attempts[1]!.timings!.connectMs).toBeUndefined();
});

test("a prepared connection is warm for the first request", async () => {
  let connections = 0;
  const counting = createHttpServer((_request, response) => response.end("{}"));
  counting.on("connection", () => connections++);
  await new Promise<void>((resolve) => counting.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(counting.address() as AddressInfo).port}/`;
  await dialer.prepare(url);
  await dialer.prepare(url);
  expect(await ask(url)).toMatchObject({ outcome: "answered" });
  expect(attempts).toMatchObject([{ connection: "warm" }]);
  expect(connections).toBe(1);
  counting.closeAllConnections();
  await new Promise((resolve) => counting.close(resolve));
});

test("a prepared connection that the server has closed is not used", async () => {
  const port = await tcpServer((socket, count) => {
    if (count === 1) socket.end();
    else socket.on("data", () => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"));
  });
  const url = `http://127.0.0.1:${port}/`;
  await dialer.prepare(url);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await ask(url)).toMatchObject({ outcome: "answered" });
});
