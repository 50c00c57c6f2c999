import { expect, test } from "vitest";
import { timingParts } from "./timing.ts";

const none = { dns_ms: null, connect_ms: null, tls_ms: null, first_byte_ms: null };

test.each([
  [
    "a cold connection",
    { dns_ms: 10, connect_ms: 20, tls_ms: 30, first_byte_ms: 90, total_ms: 100 },
    { dns: 10, connect: 20, tls: 30, first_byte: 30, done: 10 },
  ],
  ["a warm one", { ...none, first_byte_ms: 40, total_ms: 50 }, { first_byte: 40, done: 10 }],
  ["no answer in time", { ...none, connect_ms: 1, total_ms: 10_000 }, { connect: 1, first_byte: 9_999 }],
  ["nothing was sent", { ...none, total_ms: 0 }, { first_byte: 0 }],
])("%s", (_, timings, parts) => {
  expect(Object.fromEntries(timingParts(timings).map(({ phase, ms }) => [phase, ms]))).toEqual(parts);
});
