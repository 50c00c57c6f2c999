import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { createLogger } from "../../src/logger.ts";
import { isRightAnswer, readAnswer } from "../../src/telephony/sip/digest.ts";
import type { SipCarrier } from "../../src/telephony/sip/sip-carrier.ts";
import { createLocalCarrier } from "../harness/local-carrier.ts";
import type { Reachability } from "../../src/trunks/reachability.ts";
import type { Registration } from "../../src/trunks/registration.ts";
import { createTrunkKeeper, type TrunkKeeper } from "../../src/trunks/trunk-keeper.ts";
import type { Trunk } from "../../src/trunks/trunk.ts";
import { createManualClock, type ManualClock } from "../harness/manual-clock.ts";
import { createTrunkPeer, type TrunkPeer, type TrunkRequest } from "../harness/trunk-peer.ts";

// One process' keeping of a trunk: the requests are real, the waits between them are told to pass.

let carrier: SipCarrier;
let peer: TrunkPeer;
let clock: ManualClock;
let keeper: TrunkKeeper;
let reachability: Reachability[];
let registrations: Registration[];

beforeAll(async () => {
  carrier = createLocalCarrier({
    host: "127.0.0.1",
    port: 0,
    rtpPorts: { first: 21_980, last: 21_989 },
    clock: systemClock,
    logger: createLogger({ level: "silent" }),
    onLeg: (leg) => leg.reject(486, "Busy"),
  });
  await carrier.start();
});
afterAll(() => carrier.stop());

beforeEach(async () => {
  reachability = [];
  registrations = [];
  clock = createManualClock();
  peer = await createTrunkPeer("udp");
  keeper = createTrunkKeeper({
    ports: {
      requests: carrier.requests,
      saveReachability: async (_id, state) => void reachability.push(state),
      saveRegistration: async (_id, state) => void registrations.push(state),
      random: () => 0,
    },
    clock,
    logger: createLogger({ level: "silent" }),
  });
});
afterEach(async () => {
  const stopped = keeper.stop(10_000);
  await stopped;
  await peer.close();
});

const trunk = (more: Partial<Trunk> = {}): Trunk => ({
  id: "t",
  organizationId: "o",
  address: `127.0.0.1:${peer.port}`,
  transport: "udp",
  username: "us",
  password: "hush",
  inboundAddresses: [],
  inboundAuth: "address",
  register: false,
  callsPerSecond: null,
  srtp: "off",
  refer: "auto",
  updatedAt: new Date(0),
  ...more,
});
const keep = (...trunks: Trunk[]) => {
  keeper.keep(trunks);
  clock.advance(0);
};
const registers = () => peer.requests.filter(({ method }) => method === "REGISTER");
async function settled(count: number): Promise<void> {
  await expect.poll(() => registrations.length).toBe(count);
}
const expiresOf = (request: TrunkRequest) => Number(request.header("Expires"));

/** A registrar that grants what `grant` says, to those who know the password. */
function serve(grant: (request: TrunkRequest) => { status: string; headers?: string[] }) {
  peer.onRequest = (request) => {
    if (request.method !== "REGISTER") return request.reply("200 OK");
    const given = request.header("Authorization");
    if (given && isRightAnswer(readAnswer(given)!, "REGISTER", "hush")) {
      const { status, headers } = grant(request);
      return request.reply(status, headers);
    }
    const challenge = `Digest realm="r", nonce="${registers().length}", algorithm=SHA-256, qop="auth"`;
    return request.reply("401 Unauthorized", [`WWW-Authenticate: ${challenge}`]);
  };
}

describe("registration", () => {
  const granted = (seconds: number) => (request: TrunkRequest) => ({
    status: "200 OK",
    headers: [
      `Contact: <sip:other@192.0.2.1>;expires=9`,
      `Contact: ${request.header("Contact")};expires=${seconds}`,
    ],
  });

  test("is made with the password, refreshed before it expires, and taken back at the end", async () => {
    serve(granted(100));
    keep(trunk({ register: true }));
    await settled(1);
    expect(registrations[0]).toMatchObject({
      state: "registered",
      expiresAt: new Date(clock.now().getTime() + 100_000),
    });
    const [first, second] = registers();
    expect(first!.text).toMatch(/^REGISTER sip:127\.0\.0\.1:\d+ SIP\/2\.0\r\n/);
    expect(second!.header("To")).toBe(`<sip:us@127.0.0.1:${peer.port}>`);
    expect(second!.header("Contact")).toBe(`<sip:us@127.0.0.1:${carrier.port}>`);
    expect(expiresOf(second!)).toBe(300);

    clock.advance(74_999);
    expect(registers()).toHaveLength(2);
    clock.advance(1);
    await settled(2);
    // One registration, whose requests are counted (RFC 3261, 10.2.4).
    expect(new Set(registers().map((request) => request.header("Call-ID"))).size).toBe(1);
    expect(registers().map((request) => request.header("CSeq"))).toEqual(
      [1, 2, 3, 4].map((number) => `${number} REGISTER`),
    );
    await keeper.stop(10_000);
    expect(registers().slice(4).map(expiresOf)).toEqual([0, 0]);
  });

  test("a registrar that wants longer gets it", async () => {
    serve((request) =>
      expiresOf(request) < 1_800
        ? { status: "423 Interval Too Brief", headers: ["Min-Expires: 1800"] }
        : granted(1_800)(request),
    );
    keep(trunk({ register: true }));
    await settled(1);
    clock.advance(0);
    await settled(2);
    expect(registrations[1]).toMatchObject({ state: "registered", askSeconds: 1_800 });
  });

  test("a registrar that is away is asked later and later, and at once it is back", async () => {
    serve(() => ({ status: "500 Broken" }));
    keep(trunk({ register: true }));
    await settled(1);
    clock.advance(999);
    expect(registrations).toHaveLength(1);
    clock.advance(1);
    await settled(2);
    expect(registrations[1]).toMatchObject({
      state: "failed",
      lastStatus: 500,
      lastError: "SIP 500",
      failures: 2,
    });
    serve(granted(60));
    clock.advance(1_999);
    expect(registrations).toHaveLength(2);
    clock.advance(1);
    await settled(3);
    expect(registrations[2]).toMatchObject({ state: "registered", failures: 0, lastError: null });
  });

  test("a wrong password is told, and not tried again for a minute", async () => {
    serve(granted(60));
    keep(trunk({ register: true, password: "guess" }));
    await settled(1);
    expect(registrations[0]).toMatchObject({
      state: "failed",
      lastStatus: 401,
      lastError: "the user name or password was refused (SIP 401)",
    });
    clock.advance(59_999);
    expect(registers()).toHaveLength(2);
  });

  test("a trunk that is deleted is unregistered at; one that is changed is begun anew", async () => {
    serve(granted(600));
    keep(trunk({ register: true }));
    await settled(1);
    keep(trunk({ register: true, updatedAt: new Date(1) }));
    await settled(2);
    await expect.poll(() => registers().filter((request) => expiresOf(request) === 0).length).toBe(2);
    keep();
    await expect.poll(() => registers().filter((request) => expiresOf(request) === 0).length).toBe(4);
    keep(trunk());
    await expect.poll(() => reachability.length).toBeGreaterThan(2);
    expect(registers().filter((request) => expiresOf(request) > 0)).toHaveLength(4);
  });
});

describe("keep-alive", () => {
  test("a trunk that answers is up; one that stops is down at the second silence", async () => {
    keep(trunk());
    await expect.poll(() => reachability.length).toBe(1);
    expect(reachability[0]).toMatchObject({ state: "up", since: clock.now(), lastStatus: 200 });
    expect(reachability[0]!.latencyMs).toBeGreaterThanOrEqual(0);
    peer.onRequest = (request) => request.reply("503 Service Unavailable");
    clock.advance(27_000);
    await expect.poll(() => reachability.length).toBe(2);
    expect(reachability[1]).toMatchObject({ state: "up", failures: 1 });
    clock.advance(5_000);
    await expect.poll(() => reachability.length).toBe(3);
    expect(reachability[2]).toMatchObject({ state: "down", lastError: "SIP 503" });
    peer.onRequest = (request) => request.reply("405 Method Not Allowed");
    clock.advance(27_000);
    await expect.poll(() => reachability.length).toBe(4);
    expect(reachability[3]).toMatchObject({ state: "up", lastStatus: 405 });
  });

  test("nobody there over TCP is told with the reason", async () => {
    const gone = await createTrunkPeer("tcp");
    await gone.close();
    keep(trunk({ address: `127.0.0.1:${gone.port}`, transport: "tcp" }));
    await expect.poll(() => reachability.length).toBe(1);
    expect(reachability[0]).toMatchObject({
      state: "unknown",
      lastError: expect.stringContaining("ECONNREFUSED"),
    });
  });

  test("no answer at all is none after five seconds", async () => {
    peer.onRequest = () => undefined;
    keep(trunk());
    await expect.poll(() => reachability.length, { timeout: 8_000 }).toBe(1);
    expect(reachability[0]).toMatchObject({ lastStatus: null, lastError: "no answer in time" });
  });
});
