import { describe, expect, it } from "vitest";
import { createDemultiplexer } from "./demultiplexer.ts";

const at = (port: number) => ({ address: "192.0.2.1", port });

describe("whom a datagram belongs to", () => {
  it("is told by the name in a check, then by where it came from", () => {
    const peers = createDemultiplexer<string>();
    peers.name("abcd", "anna");
    expect(peers.byName("abcd")).toBe("anna");
    expect(peers.byName("efgh")).toBeUndefined();
    expect(peers.byAddress(at(1))).toBeUndefined();
    peers.bind(at(1), "anna");
    expect(peers.byAddress(at(1))).toBe("anna");
    expect(peers.byAddress({ address: "192.0.2.2", port: 1 })).toBeUndefined();
  });

  it("changes with the address's owner", () => {
    const peers = createDemultiplexer<string>();
    peers.bind(at(1), "anna");
    peers.bind(at(1), "bert");
    expect(peers.byAddress(at(1))).toBe("bert");
    peers.forget("anna");
    expect(peers.byAddress(at(1))).toBe("bert");
  });

  it("keeps the newest addresses of a peer, and forgets all of them with it", () => {
    const peers = createDemultiplexer<string>();
    peers.name("abcd", "anna");
    peers.name("efgh", "anna");
    for (let port = 1; port <= 40; port++) peers.bind(at(port), "anna");
    expect(peers.addresses).toBe(16);
    expect(peers.byAddress(at(24))).toBeUndefined();
    expect(peers.byAddress(at(25))).toBe("anna");
    peers.forget("anna");
    expect([peers.addresses, peers.byName("abcd"), peers.byName("efgh")]).toEqual([0, undefined, undefined]);
  });
});
