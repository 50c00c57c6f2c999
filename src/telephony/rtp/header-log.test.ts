import { expect, test } from "vitest";
import { createHeaderLog } from "./header-log.ts";

test("of a long call the beginning and the end", () => {
  const log = createHeaderLog({ localPort: 10_000, most: 3 });
  const remote = { address: "10.0.0.2", port: 20_000 };
  const times = () => log.read().map(({ at }) => at);
  for (let at = 1; at <= 5; at++) log.add({ at, direction: "in", packet: Buffer.alloc(172, at), remote });
  expect(times()).toEqual([1, 2, 3, 4, 5]);
  for (let at = 6; at <= 11; at++) log.add({ at, direction: "out", packet: Buffer.alloc(172, at), remote });
  expect(times()).toEqual([1, 2, 3, 9, 10, 11]);
  expect(log.read()[0]).toEqual({
    at: 1,
    direction: "in",
    localPort: 10_000,
    remote,
    headerHex: "01".repeat(12),
    sizeBytes: 172,
  });
});
