import { expect, test } from "vitest";
import { newApiKey } from "../crypto.ts";
import { apiKeyPrefix } from "./api-key.ts";

test("a generated key is recognised by eleven of its characters", () => {
  const key = newApiKey();
  expect(apiKeyPrefix(key)).toBe(key.slice(0, 11));
});

test.each([
  ["fl_0123456789abcdef", "fl_012"],
  ["fl_", "f"],
  ["", ""],
])("of %j no more than a third is shown", (key, prefix) => {
  expect(apiKeyPrefix(key)).toBe(prefix);
});
