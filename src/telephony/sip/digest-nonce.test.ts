import { beforeEach, expect, test } from "vitest";
import { createManualClock, type ManualClock } from "../../../test/harness/manual-clock.ts";
import { createNonces, type Nonces } from "./digest-nonce.ts";

let clock: ManualClock;
let nonces: Nonces;
beforeEach(() => {
  clock = createManualClock();
  nonces = createNonces({ secret: Buffer.alloc(32, 1), nowMs: () => clock.monotonicMs() });
});

test("a nonce is fresh for a minute, for the address that it was given to", () => {
  clock.advance(5_000);
  const nonce = nonces.issue("192.0.2.1");
  expect(nonces.check(nonce, "192.0.2.1")).toBe("fresh");
  expect(nonces.check(nonce, "192.0.2.2")).toBe("forged");
  clock.advance(60_000);
  expect(nonces.check(nonce, "192.0.2.1")).toBe("fresh");
  clock.advance(2);
  expect(nonces.check(nonce, "192.0.2.1")).toBe("stale");
});

test.each(["", ".", "x", "zz.zz", `${"z".repeat(300)}.${"z".repeat(27)}`])("%j was never given", (nonce) => {
  expect(nonces.check(nonce, "192.0.2.1")).toBe("forged");
});

test("another process's is not ours", () => {
  const others = createNonces({ secret: Buffer.alloc(32, 2), nowMs: () => 0 });
  expect(nonces.check(others.issue("192.0.2.1"), "192.0.2.1")).toBe("forged");
});

test("a count is used once, by a transaction and its repeats", () => {
  expect(nonces.use("n", "00000001", "a")).toBe(true);
  expect(nonces.use("n", "00000001", "a")).toBe(true);
  expect(nonces.use("n", "00000001", "b")).toBe(false);
  expect(nonces.use("n", "00000002", "b")).toBe(true);
});

test("what cannot be remembered is refused, until there is room again", () => {
  for (let count = 0; count < 20_000; count++) expect(nonces.use("n", String(count), "a")).toBe(true);
  expect(nonces.use("n", "more", "a")).toBe(false);
  clock.advance(60_001);
  expect(nonces.use("n", "more", "a")).toBe(true);
});
