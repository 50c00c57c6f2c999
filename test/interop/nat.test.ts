import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isInstalled } from "./installed.ts";

// Three network namespaces: a phone in a private network, a router that hides it (masquerade, ports changed at random),
// and a server that has no way back but the router's address.

const PEER = fileURLToPath(new URL("./nat-peer.ts", import.meta.url));
const [LAN, ROUTER, WAN] = ["swh-lan", "swh-router", "swh-wan"] as const;
const PHONE = "10.77.0.2";
const ROUTER_INSIDE = "10.77.0.1";
const ROUTER_OUTSIDE = "203.0.113.1";
const SERVER = "203.0.113.9";

const ip = (...args: string[]) => execFileSync("ip", args, { stdio: "pipe" });
const within = (namespace: string, ...command: string[]) => ip("netns", "exec", namespace, ...command);

const missing = whatIsMissing();
if (missing) console.warn(`calls through a NAT are not tested: ${missing}`);

test("what is missing on this machine", () => {
  // Always runs, so that a machine without the tools counts a test and says what it lacks.
  expect(missing === undefined || missing.length > 0).toBe(true);
});

function whatIsMissing(): string | undefined {
  if (process.getuid?.() !== 0) return "network namespaces need root";
  for (const [program, source] of [
    ["ip", "iproute2"],
    ["nft", "nftables"],
  ] as const) {
    if (!isInstalled(program)) return `${program} is missing: apt-get install ${source}`;
  }
  try {
    removeNetwork();
    createNetwork();
    return undefined;
  } catch (error) {
    return `network namespaces with NAT do not work here: ${(error as Error).message.split("\n")[0]}`;
  } finally {
    removeNetwork();
  }
}

function createNetwork(): void {
  for (const namespace of [LAN, ROUTER, WAN]) {
    ip("netns", "add", namespace);
    ip("-n", namespace, "link", "set", "lo", "up");
  }
  const cable = (a: [string, string, string], b: [string, string, string]) => {
    ip("link", "add", a[1], "netns", a[0], "type", "veth", "peer", "name", b[1], "netns", b[0]);
    for (const [namespace, device, address] of [a, b]) {
      ip("-n", namespace, "address", "add", `${address}/24`, "dev", device);
      ip("-n", namespace, "link", "set", device, "up");
    }
  };
  cable([LAN, "phone0", PHONE], [ROUTER, "inside0", ROUTER_INSIDE]);
  cable([WAN, "server0", SERVER], [ROUTER, "outside0", ROUTER_OUTSIDE]);
  ip("-n", LAN, "route", "add", "default", "via", ROUTER_INSIDE);
  within(ROUTER, "sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
  within(
    ROUTER,
    "nft",
    "add table ip nat; add chain ip nat post { type nat hook postrouting priority 100 ; }; " +
      'add rule ip nat post oifname "outside0" masquerade random',
  );
}

function removeNetwork(): void {
  for (const namespace of [LAN, ROUTER, WAN]) {
    try {
      ip("netns", "del", namespace);
    } catch {
      // It was not there.
    }
  }
}

interface Said {
  ready?: boolean;
  share?: number;
  ended?: string;
  via?: string;
  sdp?: string;
}

const running = new Set<ChildProcess>();

function peer(namespace: string, ...args: string[]) {
  const child = spawn("ip", ["netns", "exec", namespace, process.execPath, PEER, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  running.add(child);
  const said: Said[] = [];
  let rest = "";
  child.stdout.on("data", (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split("\n");
    rest = lines.pop()!;
    said.push(...lines.map((line) => JSON.parse(line) as Said));
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  return { said, ended };
}

describe.skipIf(missing !== undefined)("a caller behind a NAT", () => {
  beforeAll(createNetwork);
  afterAll(() => {
    for (const child of running) child.kill("SIGKILL");
    removeNetwork();
  });

  test("hears and is heard, and is found by our BYE", async () => {
    const answering = peer(WAN, "answer", SERVER);
    await expect.poll(() => answering.said.length, { timeout: 20_000 }).toBe(1);
    const calling = peer(LAN, "call", PHONE, SERVER);
    expect(await Promise.all([answering.ended, calling.ended])).toEqual([0, 0]);
    const [answered] = answering.said.slice(1);
    const [called] = calling.said;
    // What the caller told was of no use to the server: private addresses, and a port that the router has changed.
    expect(answered!.sdp).toBe(`c=IN IP4 ${PHONE}`);
    expect(called!.via).toContain(`received=${ROUTER_OUTSIDE}`);
    const [, own, seen] = /:(\d+);.*rport=(\d+)/.exec(called!.via!)!;
    expect(seen).not.toBe(own);
    expect(answered!.share).toBeGreaterThan(0.9);
    expect(called!.share).toBeGreaterThan(0.9);
    expect(called!.ended).toBe("remote-hangup");
  }, 60_000);
});
