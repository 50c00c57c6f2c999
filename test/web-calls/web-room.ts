import Fastify from "fastify";
import { readFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { systemClock } from "../../src/clock.ts";
import { newId } from "../../src/ids.ts";
import { createLogger } from "../../src/logger.ts";
import type { CallMedia } from "../../src/telephony/carrier.ts";
import { createPublicAddress } from "../../src/telephony/nat/public-address-loop.ts";
import { createLocalMedia } from "../../src/telephony/rtp/local-media.ts";
import { createGatewayCarrier } from "../../src/web-calls/gateway-carrier.ts";
import { issueJoinToken, joinTokenKeys } from "../../src/web-calls/join-token.ts";
import { signalRoutes } from "../../src/web-calls/signal-routes.ts";
import type { JoinAdmission, WebLeg } from "../../src/web-calls/web-carrier.ts";

/** A gateway with its WebSocket on loopback, without the product around it: whoever joins is a leg. */
export async function startWebRoom(options: { admit?: () => JoinAdmission } = {}) {
  const logger = createLogger({ level: process.env["LOG_LEVEL"] ?? "silent" });
  const tokenKeys = joinTokenKeys([Buffer.alloc(32, 7)]);
  const mediaErrors: unknown[] = [];
  const waiting: ((leg: WebLeg<CallMedia>) => void)[] = [];
  const legs: WebLeg<CallMedia>[] = [];
  const carrier = createGatewayCarrier({
    bindAddress: "127.0.0.1",
    port: 0,
    publicAddress: createPublicAddress({
      settings: { publicAddress: undefined, stunServers: [], localNetworks: undefined },
      clock: systemClock,
      logger,
    }),
    mediaEngine: createLocalMedia({
      bindAddress: "127.0.0.1",
      ports: { first: 42_000, last: 42_199 },
      clock: systemClock,
      onError: (error) => mediaErrors.push(error),
    }),
    tokenKeys,
    ports: {
      admit: () => Promise.resolve(options.admit?.() ?? { outcome: "admitted" }),
      onLeg(leg) {
        const taken = waiting.shift();
        if (taken) taken(leg);
        else legs.push(leg);
      },
    },
    newId,
    clock: systemClock,
    logger,
  });
  const server = Fastify();
  await signalRoutes(server, { carrier: () => carrier, clock: systemClock });
  await carrier.start();
  await server.listen({ port: 0, host: "127.0.0.1" });
  const { port } = server.server.address() as AddressInfo;

  return {
    carrier,
    mediaErrors,
    url: `ws://127.0.0.1:${port}`,
    httpUrl: `http://127.0.0.1:${port}`,
    token: (callId: string = newId(), identity = "caller", expiresAt = new Date(Date.now() + 600_000)) =>
      issueJoinToken({ callId, identity, expiresAt }, tokenKeys),
    /** who joins next */
    nextLeg: () =>
      new Promise<WebLeg<CallMedia>>((resolve) => {
        const there = legs.shift();
        if (there) resolve(there);
        else waiting.push(resolve);
      }),
    /** As the kernel would, where memory is short. */
    async killGateway() {
      for (const pid of await gatewayPids()) process.kill(pid, "SIGKILL");
    },
    async stop() {
      await carrier.stop();
      await server.close();
    },
  };
}

/** The gateway processes of this one that run. */
export async function gatewayPids(): Promise<number[]> {
  const children = await readFile(`/proc/${process.pid}/task/${process.pid}/children`, "utf8");
  const pids: number[] = [];
  for (const pid of children.split(" ").map(Number).filter(Boolean)) {
    // One that has just ended has no command line any more.
    const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    if (command.includes("gateway-main.ts")) pids.push(pid);
  }
  return pids;
}
