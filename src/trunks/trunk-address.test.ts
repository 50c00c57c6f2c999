import { expect, test } from "vitest";
import { readTrunkAddress } from "./trunk-address.ts";

test.each([
  ["sip.example.com", { host: "sip.example.com", port: 5_060 }],
  ["sip:sip.example.com", { host: "sip.example.com", port: 5_060 }],
  ["pbx:5080", { host: "pbx", port: 5_080 }],
  ["10.0.0.1", { host: "10.0.0.1", port: 5_060 }],
  ["10.0.0.1:65535", { host: "10.0.0.1", port: 65_535 }],
  ["fd00::1", { host: "fd00::1", port: 5_060 }],
  ["[fd00::1]", { host: "fd00::1", port: 5_060 }],
  ["[fd00::1]:5070", { host: "fd00::1", port: 5_070 }],
])("%s", (text, address) => {
  expect(readTrunkAddress(text, "udp")).toEqual(address);
});

test("over TLS the port is another", () => {
  expect(readTrunkAddress("sip.example.com", "tls")).toEqual({ host: "sip.example.com", port: 5_061 });
});

test.each([
  "",
  "sip:",
  "a b",
  "-pbx",
  "pbx-",
  "pbx..example",
  "user@pbx",
  "pbx:0",
  "pbx:65536",
  "pbx:",
  "[10.0.0.1]",
  "[fd00::1",
  "10.0.0",
  "10.0.0.256",
  "2130706433",
  "pbx/path",
  "http://pbx",
])("%j is no address", (text) => {
  expect(readTrunkAddress(text, "udp")).toBeUndefined();
});
