import { describe, expect, test } from "vitest";
import { readConfig, type Config } from "../../config.ts";
import { readMachine, type Machine } from "./machine.ts";
import { checkMachine } from "./machine-checks.ts";

function configOf(environment: Record<string, string> = {}): Config {
  const read = readConfig(environment);
  if (read.outcome === "invalid") throw new Error(read.problems.join("; "));
  return read.config;
}
const plain: Machine = {
  addresses: ["192.168.1.20"],
  isContainer: false,
  isWsl: false,
  mostOpenFiles: 65_536,
};
const bridge: Machine = { ...plain, addresses: ["172.17.0.2"], isContainer: true };
const find = (check: string, machine: Machine, environment: Record<string, string> = {}, calls = 50) =>
  checkMachine(machine, configOf(environment), calls).find((finding) => finding.check === check);

describe("checkMachine", () => {
  test.each<[string, string, Machine, Record<string, string>, number, string, RegExp | undefined]>([
    ["a host", "container", plain, {}, 50, "ok", undefined],
    [
      "Docker's bridge",
      "container",
      bridge,
      {},
      50,
      "problem",
      /--network host.*5060:5060\/udp.*10000-19999:10000-19999/,
    ],
    [
      "Docker's bridge, told",
      "container",
      bridge,
      { SIP_PUBLIC_ADDRESS: "203.0.113.7" },
      50,
      "warning",
      /one to one/,
    ],
    [
      "Docker's host network",
      "container",
      { ...bridge, addresses: ["192.168.1.20"] },
      {},
      50,
      "ok",
      undefined,
    ],
    ["WSL", "wsl", { ...plain, isWsl: true }, {}, 50, "warning", /mirrored/],
    ["few files", "open-files", { ...plain, mostOpenFiles: 256 }, {}, 50, "problem", /ulimit -n 500/],
    ["files enough", "open-files", { ...plain, mostOpenFiles: 1_024 }, {}, 100, "ok", undefined],
    ["files unknown", "open-files", { ...plain, mostOpenFiles: undefined }, {}, 50, "note", undefined],
    ["a narrow range", "rtp-range", plain, { RTP_PORT_RANGE: "10000-10099" }, 60, "problem", /10000-10119/],
    ["an odd range", "rtp-range", plain, { RTP_PORT_RANGE: "10001-10100" }, 50, "problem", /10001-10101/],
    [
      "a range at the end",
      "rtp-range",
      plain,
      { RTP_PORT_RANGE: "65500-65535" },
      50,
      "problem",
      /10000-10099/,
    ],
    ["a range enough", "rtp-range", plain, { RTP_PORT_RANGE: "10000-10099" }, 50, "ok", undefined],
    ["SIP within it", "rtp-range", plain, { RTP_PORT_RANGE: "5000-6000" }, 50, "problem", /Move/],
    ["loopback", "sip-host", plain, {}, 50, "note", /SIP_HOST=0\.0\.0\.0/],
    [
      "loopback with a public address",
      "sip-host",
      plain,
      { SIP_PUBLIC_ADDRESS: "203.0.113.7" },
      50,
      "problem",
      /SIP_HOST/,
    ],
    ["all interfaces", "sip-host", plain, { SIP_HOST: "0.0.0.0" }, 50, "ok", undefined],
    ["no provider", "provider-keys", plain, {}, 50, "warning", /OPENAI_API_KEY/],
    ["a provider", "provider-keys", plain, { OPENAI_API_KEY: "sk-1" }, 50, "ok", undefined],
    [
      "a server of one's own",
      "provider-keys",
      plain,
      { OPENAI_BASE_URL: "http://10.0.0.9/v1" },
      50,
      "ok",
      undefined,
    ],
    [
      "the key apart from the database",
      "secret-key",
      plain,
      { DATABASE_URL: "postgres://db/x" },
      50,
      "note",
      /SWITCHHOOK_SECRET_KEY/,
    ],
    ["the key beside the database", "secret-key", plain, {}, 50, "ok", undefined],
  ])("%s", (_sentence, check, machine, environment, calls, verdict, change) => {
    const finding = find(check, machine, environment, calls);
    expect(finding).toMatchObject({ verdict });
    if (change) expect(finding!.change).toMatch(change);
    else expect(finding!.change).toBeUndefined();
  });
});

test.each([
  ["nothing of /proc", {}, { isContainer: false, isWsl: false, mostOpenFiles: undefined }],
  ["Docker's file", { "/.dockerenv": "" }, { isContainer: true }],
  ["Kubernetes", { "/proc/1/cgroup": "0::/kubepods/pod1" }, { isContainer: true }],
  ["WSL", { "/proc/version": "Linux 5.15 (Microsoft@Microsoft.com)" }, { isWsl: true }],
  [
    "a limit",
    { "/proc/self/limits": "Limit Soft\nMax open files            1024                 4096" },
    { mostOpenFiles: 1_024 },
  ],
  ["no limit", { "/proc/self/limits": "Max open files   unlimited  unlimited" }, { mostOpenFiles: Infinity }],
])("readMachine: %s", (_sentence, files: Record<string, string>, expected) => {
  const machine = readMachine({ exists: (path) => path in files, read: (path) => files[path] ?? "" });
  expect(machine).toMatchObject(expected);
});
