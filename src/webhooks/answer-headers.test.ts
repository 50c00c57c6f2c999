import { expect, test } from "vitest";
import { keptHeaders } from "./answer-headers.ts";

test.each([
  [
    { "content-type": "text/plain", "retry-after": "60" },
    { "content-type": "text/plain", "retry-after": "60" },
  ],
  [{ "set-cookie": ["session=1", "other=2"] }, { "set-cookie": "(withheld)" }],
  [{ via: ["1.1 one", "1.1 two"] as unknown as string }, { via: "1.1 one, 1.1 two" }],
  [{ server: "a\0b" }, { server: "ab" }],
  [{ small: "1", large: "x".repeat(9_000), later: "2" }, { small: "1" }],
])("of %j the log keeps %j", (headers, kept) => {
  expect(keptHeaders(headers)).toEqual(kept);
});
