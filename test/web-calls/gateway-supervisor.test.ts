import { createSocket } from "node:dgram";
import { expect, it } from "vitest";
import type { Logger } from "../../src/logger.ts";
import { superviseGateway } from "../../src/web-calls/gateway-supervisor.ts";
import { createManualClock } from "../harness/manual-clock.ts";
import { gatewayPids } from "./web-room.ts";

const nothing = () => undefined;

it("leaves no process behind where the port was taken meanwhile, and starts one when it is free again", async () => {
  const clock = createManualClock();
  const died = Promise.withResolvers<void>();
  let failed = Promise.withResolvers<void>();
  const gateway = superviseGateway({
    settings: { bindAddress: "127.0.0.1", port: 0, logLevel: "silent" },
    clock,
    logger: {
      level: "silent",
      error: (_detail: object, text: string) => text.includes("could not be started") && failed.resolve(),
    } as unknown as Logger,
    onDied: died.resolve,
    events: {
      send: nothing,
      close: nothing,
      media: nothing,
      text: nothing,
      data: nothing,
      digit: nothing,
      ended: nothing,
    },
  });
  await gateway.start();
  const { port } = gateway;
  const [pid, ...others] = await gatewayPids();
  expect(others).toEqual([]);

  process.kill(pid!, "SIGKILL");
  await died.promise;
  const other = createSocket("udp4");
  await new Promise<void>((resolve) => other.bind(port, "127.0.0.1", resolve));
  for (let tries = 0; tries < 2; tries++) {
    failed = Promise.withResolvers();
    clock.advance(15_000);
    await failed.promise;
    expect(gateway.functions === undefined).toBe(true);
    expect(await gatewayPids()).toEqual([]);
  }

  await new Promise<void>((resolve) => other.close(() => resolve()));
  clock.advance(15_000);
  await expect.poll(() => gateway.functions !== undefined, { timeout: 15_000 }).toBe(true);
  expect(gateway.port).toBe(port);
  await gateway.stop();
  expect(await gatewayPids()).toEqual([]);
});
