import { expect, test } from "vitest";
import { readSearch } from "./call-search.ts";

test.each([
  ["", {}],
  ["12", {}],
  ["06 12 34 56", { digits: "6123456" }],
  ["+31 (0)20-123", { digits: "3120123" }],
  ["0031612", { digits: "31612" }],
  ["000", {}],
  ["Ada's tulips", { words: "Ada:* & s:* & tulips:*" }],
  ["café", { words: "café:*" }],
  ["a & !b | (c) <-> 'd':*", { words: "a:* & b:* & c:* & d:*" }],
  ["one two three four five six seven eight nine ten eleven", { words: expect.stringMatching(/ten:\*$/) }],
  [
    "01A2153F",
    {
      idsFrom: "01a2153f-0000-0000-0000-000000000000",
      idsTo: "01a2153f-ffff-ffff-ffff-ffffffffffff",
      words: "01A2153F:*",
    },
  ],
  [
    "61234567",
    {
      idsFrom: "61234567-0000-0000-0000-000000000000",
      idsTo: "61234567-ffff-ffff-ffff-ffffffffffff",
      digits: "61234567",
    },
  ],
  [
    "01a2153f-a702-7675-a0cf-c1ef4fcf1b45",
    {
      idsFrom: "01a2153f-a702-7675-a0cf-c1ef4fcf1b45",
      idsTo: "01a2153f-a702-7675-a0cf-c1ef4fcf1b45",
      words: "01a2153f:* & a702:* & 7675:* & a0cf:* & c1ef4fcf1b45:*",
    },
  ],
])("%s", (text, search) => expect(readSearch(text)).toEqual(search));
