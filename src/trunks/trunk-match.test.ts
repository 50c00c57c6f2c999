import { expect, test } from "vitest";
import { matchTrunks } from "./trunk-match.ts";
import type { Trunk } from "./trunk.ts";

const trunk = (id: string, more: Partial<Trunk> = {}): Trunk => ({
  id,
  organizationId: `org-${id}`,
  address: "sip.example.com",
  transport: "udp",
  username: null,
  password: null,
  inboundAddresses: [],
  inboundAuth: "address",
  register: false,
  callsPerSecond: null,
  srtp: "off",
  refer: "auto",
  updatedAt: new Date(0),
  ...more,
});

const trunks = matchTrunks([
  { trunk: trunk("a"), addresses: ["192.0.2.1", "2001:db8::1"] },
  { trunk: trunk("b", { inboundAddresses: ["192.0.2.1", "198.51.100.0/24"] }), addresses: [] },
  { trunk: trunk("c", { inboundAddresses: ["2001:db8:0::/32", "192.0.2.0/24"] }), addresses: ["192.0.2.9"] },
  { trunk: trunk("d", { inboundAuth: "digest", username: "u", password: "p" }), addresses: ["192.0.2.77"] },
  {
    trunk: trunk("e", { inboundAuth: "digest", username: "u", inboundAddresses: ["203.0.113.0/24"] }),
    addresses: [],
  },
  { trunk: trunk("f", { address: "no address" }), addresses: ["192.0.2.200"] },
]);
/** A PBX with two instances, and trunks that name it in a list or have it in a range. */
const instances = matchTrunks([
  { trunk: trunk("a", { address: "10.0.0.1" }), addresses: ["10.0.0.1"] },
  { trunk: trunk("b", { address: "10.0.0.1:5080" }), addresses: ["10.0.0.1"] },
  { trunk: trunk("c", { address: "sip.example.com:5080", inboundAddresses: ["10.0.0.1"] }), addresses: [] },
  { trunk: trunk("d", { address: "10.0.0.9:5090", inboundAddresses: ["10.0.0.0/24"] }), addresses: [] },
  { trunk: trunk("e", { address: "10.0.0.8:5080", inboundAddresses: ["10.0.0.0/8"] }), addresses: [] },
]);
const ids = (found: readonly { id: string }[]) => found.map(({ id }) => id).join("");

test.each([
  ["192.0.2.1", "abc"],
  ["192.0.2.9", "c"],
  ["198.51.100.3", "b"],
  ["2001:db8::1", "ac"],
  ["2001:0db8:0:0::0001", "ac"],
  ["192.0.2.200", "c"],
  ["203.0.113.5", ""],
  ["198.51.101.3", ""],
])("%s is the address of %j", (address, expected) => {
  expect(ids(trunks.at(address, 5_099))).toBe(expected);
  expect(trunks.knows(address)).toBe(expected !== "");
});

test.each([
  [5_060, "abcde"],
  // The range's trunks stay behind those that have the address itself.
  [5_080, "bcaed"],
  [5_090, "abcde"],
  [49_152, "abcde"],
])("of those at one address, they whose port is the packet's, %i, are first: %j", (port, expected) => {
  expect(ids(instances.at("10.0.0.1", port))).toBe(expected);
});

test("who is known by digest is not known by address, and where ranges are given comes from there", () => {
  expect(ids(trunks.at("192.0.2.77", 5_060))).toBe("c");
  expect(ids(trunks.named("u", "8.8.8.8"))).toBe("d");
  expect(ids(trunks.named("u", "203.0.113.5"))).toBe("de");
  expect(trunks.named("x", "203.0.113.5")).toEqual([]);
  expect(trunks.haveDigest).toBe(true);
  expect(matchTrunks([]).haveDigest).toBe(false);
});
