import { describe, expect, it } from "vitest";
import { localCandidates } from "./local-candidates.ts";

const each = (address: string, internal = false) => ({ address, internal }) as never;
const interfaces = {
  lo: [each("127.0.0.1", true), each("::1", true)],
  eth0: [each("10.0.0.5"), each("2001:db8::5"), each("fe80::5")],
};

describe("where a browser may reach us", () => {
  it.each<[string, string, string[], string[]]>([
    ["on one address", "10.0.0.5", [], ["10.0.0.5"]],
    ["on loopback", "127.0.0.1", [], ["127.0.0.1"]],
    ["on all of IPv4, private ones too", "0.0.0.0", [], ["10.0.0.5", "127.0.0.1"]],
    ["on everything", "::", [], ["10.0.0.5", "2001:db8::5", "127.0.0.1", "::1"]],
    ["behind a NAT", "0.0.0.0", ["203.0.113.9"], ["203.0.113.9", "10.0.0.5", "127.0.0.1"]],
    ["where it is public itself", "203.0.113.9", ["203.0.113.9"], ["203.0.113.9"]],
    ["not over IPv6 where that is not bound", "10.0.0.5", ["2001:db8::9"], ["10.0.0.5"]],
  ])("%s", (_name, bindAddress, publicAddresses, expected) => {
    const found = localCandidates({ bindAddress, port: 5_004, publicAddresses, interfaces });
    expect(found).toEqual(expected.map((address) => ({ address, port: 5_004 })));
  });
});
