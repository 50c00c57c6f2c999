import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { dial } from "../../src/webhooks/dial.ts";
import { cacheNames } from "../../src/webhooks/name-cache.ts";

// 127.0.0.2 plays the public address, 127.0.0.1 the private one: everything stays on loopback.
const ALLOWED = [{ address: "127.0.0.2", prefixLength: 32, port: undefined }];
const PUBLIC = { address: "127.0.0.2", family: 4 };
const PRIVATE = { address: "127.0.0.1", family: 4 };
const ROUNDS = 2_000;
const AT_ONCE = 50;

let canary: Server;
let honest: Server;
let canaryConnections = 0;
let port: number;

beforeAll(async () => {
  canary = createServer();
  canary.on("connection", (socket) => {
    canaryConnections++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => canary.listen(0, "127.0.0.1", resolve));
  ({ port } = canary.address() as AddressInfo);
  honest = createServer();
  await new Promise<void>((resolve) => honest.listen(port, "127.0.0.2", resolve));
});
afterAll(async () => {
  honest.closeAllConnections();
  await Promise.all([canary, honest].map((server) => new Promise((resolve) => server.close(resolve))));
});

test.each([
  ["answers public and private in turn", (round: number) => [round % 2 === 0 ? PUBLIC : PRIVATE]],
  ["puts the private one last", () => [PUBLIC, PRIVATE]],
  ["puts the private one first", () => [PRIVATE, PUBLIC]],
  [
    "answers the private one mapped into IPv6",
    (round: number) => (round % 2 === 0 ? [PUBLIC] : [{ address: "::ffff:127.0.0.1", family: 6 }]),
  ],
])("a name server that %s never gets us to the private address", async (_name, answer) => {
  let asked = 0;
  let reached = 0;
  const resolve = () => {
    const round = asked++;
    // The race: some answers come at once, some a moment later.
    return new Promise<ReturnType<typeof answer>>((done) => {
      if (round % 3 === 0) setImmediate(() => done(answer(round)));
      else done(answer(round));
    });
  };
  const url = new URL(`http://rebinding.example:${port}/`);
  for (let round = 0; round < ROUNDS; round += AT_ONCE) {
    // Half of them through a cache of their own, half without: neither may matter.
    const cached = cacheNames(resolve, systemClock);
    await Promise.all(
      Array.from({ length: AT_ONCE }, async (_, index) => {
        const options = { resolve: index % 2 === 0 ? resolve : cached, allowed: ALLOWED, clock: systemClock };
        const dialled = await dial(url, options).catch(() => undefined);
        if (!dialled) return;
        reached++;
        expect(dialled.socket.remoteAddress).toBe("127.0.0.2");
        dialled.socket.destroy();
      }),
    );
  }
  expect(canaryConnections).toBe(0);
  expect(asked).toBeGreaterThan(ROUNDS / 2);
  if (answer(0).length === 1) expect(reached).toBeGreaterThan(ROUNDS / 10);
});
