import { expect, test } from "vitest";
import { readAddressRange } from "./address-range.ts";

test.each([
  ["192.0.2.7", { address: "192.0.2.7", prefixLength: 32 }],
  ["192.0.2.0/24", { address: "192.0.2.0", prefixLength: 24 }],
  ["0.0.0.0/0", { address: "0.0.0.0", prefixLength: 0 }],
  [" 2001:db8::/32 ", { address: "2001:db8::", prefixLength: 32 }],
  ["::1", { address: "::1", prefixLength: 128 }],
])("%s", (text, range) => {
  expect(readAddressRange(text)).toEqual(range);
});

test.each([
  "",
  "pbx",
  "192.0.2.7/33",
  "192.0.2.7/",
  "192.0.2.7/24/1",
  "::1/129",
  "192.0.2",
  "fe80::1%eth0",
  "1.2.3.4/-1",
])("%j is none", (text) => {
  expect(readAddressRange(text)).toBeUndefined();
});
