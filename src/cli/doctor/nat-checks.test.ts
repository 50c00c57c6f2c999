import { expect, test } from "vitest";
import { readConfig } from "../../config.ts";
import { checkNat, type NatSight } from "./nat-checks.ts";

const OWN = ["192.168.1.20"];
const SEEN = "203.0.113.7";
const OPEN = { SIP_HOST: "0.0.0.0" };

function check(sight: NatSight | undefined, environment: Record<string, string>, own = OWN) {
  const read = readConfig(environment);
  if (read.outcome === "invalid") throw new Error(read.problems.join("; "));
  return checkNat(sight, read.config, own);
}
const sight = (...mapped: [string, number][]): NatSight => ({
  localPort: 10_000,
  mappings: mapped.map(([address, port], index) => ({ server: `stun${index}`, mapped: { address, port } })),
  failures: [],
});

test.each<[string, NatSight | undefined, Record<string, string>, string, string, RegExp | undefined]>([
  [
    "the address as set",
    sight([SEEN, 10_000]),
    { ...OPEN, SIP_PUBLIC_ADDRESS: SEEN },
    "public-address",
    "ok",
    undefined,
  ],
  [
    "another than set",
    sight([SEEN, 10_000]),
    { ...OPEN, SIP_PUBLIC_ADDRESS: "198.51.100.1" },
    "public-address",
    "problem",
    /SIP_PUBLIC_ADDRESS=203\.0\.113\.7/,
  ],
  [
    "not set behind a NAT",
    sight([SEEN, 10_000]),
    OPEN,
    "public-address",
    "problem",
    /SIP_PUBLIC_ADDRESS=203\.0\.113\.7/,
  ],
  ["not set, loopback alone", sight([SEEN, 10_000]), {}, "public-address", "note", undefined],
  ["not set, no NAT", sight(["192.168.1.20", 10_000]), OPEN, "public-address", "ok", undefined],
  ["no NAT", sight(["192.168.1.20", 10_000]), OPEN, "nat", "ok", undefined],
  [
    "symmetric by port",
    sight([SEEN, 10_000], [SEEN, 10_001]),
    OPEN,
    "nat",
    "problem",
    /UDP 10000-19999 and UDP and TCP 5060/,
  ],
  [
    "symmetric by address",
    sight([SEEN, 10_000], ["203.0.113.8", 10_000]),
    OPEN,
    "nat",
    "problem",
    /one-to-one/,
  ],
  [
    "ports changed",
    sight([SEEN, 4_711], [SEEN, 4_711]),
    OPEN,
    "nat",
    "warning",
    /each port to the same port/,
  ],
  ["ports kept", sight([SEEN, 10_000], [SEEN, 10_000]), OPEN, "nat", "note", /Forward/],
  ["port 5060 behind a NAT", sight([SEEN, 10_000]), OPEN, "sip-alg", "note", /SIP ALG/],
  [
    "another port behind a NAT",
    sight([SEEN, 10_000]),
    { ...OPEN, SIP_PORT: "5080" },
    "sip-alg",
    "note",
    undefined,
  ],
  ["nobody asked, private addresses", undefined, OPEN, "public-address", "warning", /STUN_SERVER/],
  ["nobody asked, loopback", undefined, {}, "public-address", "note", undefined],
  [
    "nobody asked, the set one is our own",
    undefined,
    { ...OPEN, SIP_PUBLIC_ADDRESS: "192.168.1.20" },
    "public-address",
    "ok",
    undefined,
  ],
  [
    "nobody asked, the set one is elsewhere",
    undefined,
    { ...OPEN, SIP_PUBLIC_ADDRESS: SEEN },
    "public-address",
    "note",
    /STUN_SERVER/,
  ],
])("%s", (_sentence, seen, environment, id, verdict, change) => {
  const finding = check(seen, environment).find((one) => one.check === id);
  expect(finding).toMatchObject({ verdict });
  if (change) expect(finding!.change).toMatch(change);
  else expect(finding!.change).toBeUndefined();
});

test("a server that is silent is told, and auto without any is a problem", () => {
  const silent: NatSight = { localPort: 1, mappings: [], failures: [{ server: "a:1", detail: "no answer" }] };
  const findings = check(silent, { ...OPEN, SIP_PUBLIC_ADDRESS: "auto", STUN_SERVER: "a:1" });
  expect(findings.map(({ check: id, verdict }) => [id, verdict])).toEqual([
    ["stun", "warning"],
    ["public-address", "problem"],
  ]);
});

test("a public machine needs no setting", () => {
  expect(check(undefined, OPEN, [SEEN])).toMatchObject([{ verdict: "ok" }]);
});
