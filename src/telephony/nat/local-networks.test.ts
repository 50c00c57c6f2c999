import { expect, test } from "vitest";
import { createNetworkCheck, isPrivateAddress } from "./local-networks.ts";

test.each([
  ["127.0.0.1", true],
  ["10.1.2.3", true],
  ["172.15.255.255", false],
  ["172.16.0.1", true],
  ["172.31.255.255", true],
  ["172.32.0.1", false],
  ["192.168.1.1", true],
  ["100.64.0.1", true],
  ["169.254.10.10", true],
  ["203.0.113.7", false],
  ["::1", true],
  ["::ffff:10.0.0.1", true],
  ["fd00::5", true],
  ["2001:db8::1", false],
  ["example.com", false],
  ["", false],
])("%s is private: %s", (address, isPrivate) => {
  expect(isPrivateAddress(address)).toBe(isPrivate);
});

test("networks of one's own", () => {
  const isOurs = createNetworkCheck([{ address: "198.51.100.0", prefixLength: 24 }]);
  expect([isOurs("198.51.100.9"), isOurs("10.0.0.1")]).toEqual([true, false]);
});
