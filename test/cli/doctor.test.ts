import { createSocket } from "node:dgram";
import { createServer } from "node:net";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { jsonLines, runCommand } from "../harness/cli.ts";
import { newDataDirectory, removeDataDirectory, startReadyServer } from "../harness/server.ts";
import { createStunServer, type StunTestServer } from "../harness/stun-server.ts";

interface Finding {
  check: string;
  verdict: string;
  saw: string;
  change: string | null;
}

let folder: string;
beforeAll(async () => {
  folder = await newDataDirectory();
});
afterAll(() => removeDataDirectory(folder));

async function diagnose(environment: Record<string, string>, ...args: string[]) {
  const result = await runCommand(["doctor", "--json", ...args], {
    SWITCHHOOK_DATA_DIR: folder,
    OPENAI_API_KEY: "sk-test",
    PORT: "0",
    SIP_PORT: "0",
    WEB_RTC_PORT: "0",
    RTP_PORT_RANGE: "23000-23099",
    ...environment,
  });
  const [diagnosis] = jsonLines(result) as { problems: number; findings: Finding[] }[];
  const find = (check: string) => diagnosis?.findings.find((finding) => finding.check === check);
  return { ...result, diagnosis: diagnosis!, find };
}

test("a machine without trouble ends with 0, in words and as JSON", async () => {
  const { code, diagnosis } = await diagnose({});
  expect({ code, problems: diagnosis.problems }).toEqual({ code: 0, problems: 0 });
  const told = await runCommand(["doctor"], {
    SWITCHHOOK_DATA_DIR: folder,
    SIP_PORT: "0",
    WEB_RTC_PORT: "0",
    RTP_PORT_RANGE: "23000-23099",
  });
  expect(told.code).toBe(0);
  expect(told.stdout).toMatch(/^note +sip-host +SIP and RTP listen on 127\.0\.0\.1/m);
  expect(told.stdout).toMatch(/0 problems, \d warnings?\.\n$/);
});

test("ports that others hold are named, with what to do", async () => {
  const web = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
  const { port } = web.address() as { port: number };
  const sip = createSocket("udp4");
  await new Promise<void>((resolve) => sip.bind(0, "127.0.0.1", resolve));
  const rtp = createSocket("udp4");
  await new Promise<void>((resolve) => rtp.bind(23_010, "127.0.0.1", resolve));
  const { code, find } = await diagnose({ PORT: String(port), SIP_PORT: String(sip.address().port) });
  expect(code).toBe(1);
  expect(find("http-port")).toMatchObject({
    verdict: "problem",
    change: expect.stringContaining(`:${port}'`),
  });
  expect(find("sip-udp")).toMatchObject({ verdict: "problem", change: expect.stringContaining("SIP_PORT") });
  expect(find("sip-tcp")).toMatchObject({ verdict: "ok" });
  expect(find("rtp-ports")).toMatchObject({ verdict: "problem", saw: expect.stringContaining("23010") });
  await Promise.all([
    new Promise((resolve) => web.close(resolve)),
    new Promise<void>((resolve) => sip.close(resolve)),
    new Promise<void>((resolve) => rtp.close(resolve)),
  ]);
});

test("too few ports and files for the calls that are wanted", async () => {
  const { code, find } = await diagnose({}, "--calls", "20000");
  expect(code).toBe(1);
  expect(find("rtp-range")).toMatchObject({
    verdict: "problem",
    change: expect.stringContaining("RTP_PORT_RANGE"),
  });
  expect(find("open-files")!.saw).toContain("20000 calls need about 120200");
});

test("a wrong setting, and a number that is none, end with 2", async () => {
  expect(await runCommand(["doctor"], { SIP_PUBLIC_ADDRESS: "example" })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("SIP_PUBLIC_ADDRESS: must be"),
  });
  expect((await runCommand(["doctor", "--calls", "many"])).code).toBe(2);
});

test("a data folder that cannot be made, and a database that is not there; no password is told", async () => {
  const { code, find, stdout } = await diagnose({
    SWITCHHOOK_DATA_DIR: path.join("/proc/version", "data"),
    DATABASE_URL: "postgres://someone:hunter2@127.0.0.1:9/x",
  });
  expect(code).toBe(1);
  expect(find("data-folder")).toMatchObject({ verdict: "problem" });
  expect(find("database")).toMatchObject({ verdict: "problem" });
  expect(stdout).not.toContain("hunter2");
});

describe("seen by STUN", () => {
  let server: StunTestServer;
  let second: StunTestServer;
  beforeEach(async () => {
    server = await createStunServer();
    second = await createStunServer();
  });
  afterEach(() => Promise.all([server.close(), second.close()]));
  const open = () => ({ SIP_HOST: "0.0.0.0", STUN_SERVER: `127.0.0.1:${server.port}` });
  const behindNat = ({ port }: { port: number }) => ({ address: "203.0.113.7", port });

  test("another address than the one that is set", async () => {
    server.says = behindNat;
    const { code, find } = await diagnose({ ...open(), SIP_PUBLIC_ADDRESS: "203.0.113.9" });
    expect(code).toBe(1);
    expect(find("public-address")).toMatchObject({
      verdict: "problem",
      change: "Set SIP_PUBLIC_ADDRESS=203.0.113.7, or auto where the address changes.",
    });
  });

  test("the right one, behind a NAT that keeps ports", async () => {
    server.says = behindNat;
    second.says = behindNat;
    const { find } = await diagnose({
      ...open(),
      STUN_SERVER: `127.0.0.1:${server.port},127.0.0.1:${second.port}`,
      SIP_PUBLIC_ADDRESS: "auto",
    });
    expect(find("public-address")).toMatchObject({ verdict: "ok" });
    expect(find("nat")).toMatchObject({ verdict: "note", saw: expect.stringContaining("keeps ports (230") });
  });

  test("a symmetric NAT, by two servers and by the two addresses of one", async () => {
    server.says = behindNat;
    second.says = ({ port }) => ({ address: "203.0.113.7", port: port + 1 });
    const both = await diagnose({
      ...open(),
      STUN_SERVER: `127.0.0.1:${server.port},127.0.0.1:${second.port}`,
      SIP_PUBLIC_ADDRESS: "203.0.113.7",
    });
    expect(both.find("nat")).toMatchObject({
      verdict: "problem",
      saw: expect.stringContaining("symmetric"),
      change: expect.stringContaining("UDP 23000-23099"),
    });
    server.other = { address: "127.0.0.1", port: second.port };
    expect((await diagnose(open())).find("nat")).toMatchObject({ saw: expect.stringContaining("symmetric") });
  });

  test("nobody answers", async () => {
    server.says = () => undefined;
    const { code, find } = await diagnose({ ...open(), SIP_PUBLIC_ADDRESS: "auto" });
    expect(code).toBe(1);
    expect(find("stun")).toMatchObject({
      verdict: "warning",
      saw: expect.stringContaining("did not answer"),
    });
    expect(find("public-address")).toMatchObject({ verdict: "problem" });
  });
});

test("beside a running server its ports are its own, and PUBLIC_URL leads to it", async () => {
  const data = await newDataDirectory();
  const server = await startReadyServer(data, { RTP_PORT_RANGE: "23100-23149", WEB_RTC_PORT: "23398" });
  const { origin, port } = new URL(server.apiUrl);
  const { code, find } = await diagnose({
    SWITCHHOOK_DATA_DIR: data,
    PORT: port,
    SIP_PORT: String(server.sipPort),
    WEB_RTC_PORT: "23398",
    RTP_PORT_RANGE: "23100-23299",
    PUBLIC_URL: origin,
  });
  expect(code).toBe(0);
  for (const check of ["http-port", "sip-udp", "sip-tcp", "web-rtc-udp"])
    expect(find(check)).toMatchObject({ verdict: "ok", saw: expect.stringContaining("running server") });
  expect(find("public-url")).toMatchObject({ verdict: "ok" });
  await server.end("SIGTERM");
  await removeDataDirectory(data);
}, 60_000);

test("the database's clock is compared", async () => {
  const { find } = await diagnose({ DATABASE_URL: inject("postgresUrl") });
  expect(find("database")).toMatchObject({ verdict: "ok" });
  expect(find("clock")).toMatchObject({
    verdict: "ok",
    saw: expect.stringMatching(/^The database's clock is 0\.\d s/),
  });
});
