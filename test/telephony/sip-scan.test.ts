import { afterEach, beforeEach, expect, test } from "vitest";
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { connect, type Socket as TcpSocket } from "node:net";
import { systemClock } from "../../src/clock.ts";
import { createLogger } from "../../src/logger.ts";
import type { InboundTrunk } from "../../src/telephony/carrier.ts";
import { createAdmission, type Admission } from "../../src/telephony/sip/admission.ts";
import { createNonces } from "../../src/telephony/sip/digest-nonce.ts";
import { createRefusalLimit } from "../../src/telephony/sip/refusal-limit.ts";
import { createSipCaller, type SipCaller } from "../../src/telephony/sip/sip-caller.ts";
import type { SipCarrier } from "../../src/telephony/sip/sip-carrier.ts";
import { createLocalCarrier } from "../harness/local-carrier.ts";
import { createRawSipPeer, rawOffer, rawRequest } from "../harness/raw-sip-peer.ts";

// A SIP port on the internet: who is nobody gets little, and costs little; a trunk's calls go through meanwhile.
// The addresses of 127.0.0.0/8 stand for as many machines.

const TRUNK: InboundTrunk = {
  id: "t",
  organizationId: "o",
  address: "127.0.0.1",
  port: 5_060,
  protocol: "UDP",
  credentials: { username: "pbx", password: "hush" },
};
let byAddress: Record<string, InboundTrunk[]>;
let byName: Record<string, InboundTrunk[]>;
let admission: Admission;
let carrier: SipCarrier;
let caller: SipCaller;

beforeEach(async () => {
  byAddress = {};
  byName = {};
  const nowMs = () => systemClock.monotonicMs();
  admission = createAdmission({
    trunks: {
      knows: (address) => address in byAddress,
      at: (address) => byAddress[address] ?? [],
      named: (username) => byName[username] ?? [],
      get haveDigest() {
        return Object.keys(byName).length > 0;
      },
    },
    allowed: [],
    nonces: createNonces({ secret: Buffer.alloc(32, 5), nowMs }),
    limit: createRefusalLimit(nowMs),
  });
  const shared = { clock: systemClock, logger: createLogger({ level: "silent" }) };
  carrier = createLocalCarrier({
    ...shared,
    host: "0.0.0.0",
    port: 0,
    rtpPorts: { first: 21_900, last: 21_939 },
    admission,
    onLeg: (leg) => void leg.answer(),
  });
  await carrier.start();
  caller = createSipCaller({ ...shared, host: "127.0.0.1", rtpPorts: { first: 21_940, last: 21_979 } });
  await caller.start();
});
afterEach(async () => {
  await caller.stop();
  await carrier.stop();
});

const call = (credentials?: { username: string; password: string }, protocol: "UDP" | "TCP" = "UDP") =>
  caller.placeCall({
    to: "+31850835037",
    from: "+31612345678",
    trunk: { address: "127.0.0.1", port: carrier.port, protocol, credentials },
  });

async function socketAt(address: string): Promise<Socket> {
  const socket = createSocket("udp4");
  socket.bind(0, address);
  await once(socket, "listening");
  return socket;
}

test("10,000 INVITEs from 50 addresses: few answers, no flow, no memory; a trunk's call goes through meanwhile", async () => {
  byAddress["127.0.0.1"] = [TRUNK];
  const scanners = await Promise.all(
    Array.from({ length: 50 }, (_, host) => socketAt(`127.0.1.${host + 1}`)),
  );
  let answers = 0;
  for (const scanner of scanners) scanner.on("message", () => answers++);
  const invite = (id: number) =>
    Buffer.from(
      rawRequest("INVITE", { port: 5_060 }, { branch: `s${id}`, callId: `s${id}`, body: rawOffer(9_000) }),
    );
  const before = process.memoryUsage();
  const leg = await call();
  for (let id = 0; id < 10_000; id++) {
    scanners[id % 50]!.send(invite(id), carrier.port, "127.0.0.1");
    // As fast as the socket's buffer takes them, so that none is lost on the way and the count is exact.
    if (id % 100 === 99) {
      const sent = id + 1;
      await expect
        .poll(() => admission.counters.refused + admission.counters.dropped, { interval: 1, timeout: 5_000 })
        .toBe(sent);
    }
  }
  const grewBytes = process.memoryUsage().heapUsed - before.heapUsed;
  expect(await leg.answered).toMatchObject({ outcome: "answered" });
  await leg.hangUp();

  expect(admission.counters).toMatchObject({ challenged: 0 });
  expect(admission.counters.refused).toBeLessThanOrEqual(250);
  expect(answers).toBe(admission.counters.refused);
  expect(carrier.counters.invites).toBe(1);
  // 10,000 flows and transactions would take some 200 MB.
  expect(grewBytes).toBeLessThan(40_000_000);

  for (const scanner of scanners) scanner.close();
}, 60_000);

test("a trunk that is known by digest gets in, over UDP and over TCP, and nobody else", async () => {
  byName["pbx"] = [TRUNK];
  for (const protocol of ["UDP", "TCP"] as const) {
    const leg = await call(TRUNK.credentials, protocol);
    expect(await leg.answered).toMatchObject({ outcome: "answered" });
    await leg.hangUp();
  }
  const wrong = await call({ username: "pbx", password: "guess" });
  expect(await wrong.answered).toEqual({ outcome: "failed", statusCode: 401 });
  expect(carrier.counters.invites).toBe(2);
});

test("the same with MD5 alone, and its INVITE repeated as over a bad network", async () => {
  byName["pbx"] = [TRUNK];
  const { answerChallenge, readChallenge } = await import("../../src/telephony/sip/digest.ts");
  const peer = await createRawSipPeer(carrier.port);
  peer.send(rawRequest("INVITE", peer, { branch: "1", callId: "c", body: rawOffer(9_000) }));
  const challenged = await peer.waitFor(/^SIP\/2.0 401/);
  const challenge = [...challenged.matchAll(/^WWW-Authenticate: (.*)$/gm)]
    .map(([, header]) => readChallenge(header!.trim())!)
    .find(({ algorithm }) => algorithm === "MD5")!;
  peer.send(rawRequest("ACK", peer, { branch: "1", callId: "c", toTag: "x" }));
  const request = { method: "INVITE", uri: "sip:+31850835037@127.0.0.1", cnonce: "c", nonceCount: 1 };
  const authorization = answerChallenge(challenge, TRUNK.credentials!, request);
  const withAnswer = (branch: string) =>
    rawRequest("INVITE", peer, {
      branch,
      callId: "c",
      cseq: 2,
      body: rawOffer(9_000),
      more: [`Authorization: ${authorization}`],
    });
  for (let time = 0; time < 3; time++) peer.send(withAnswer("2"));
  await peer.waitFor(/^SIP\/2.0 200/);
  expect(carrier.counters).toMatchObject({ invites: 1, absorbed: 2 });
  // Recorded, and played again as another call.
  peer.send(withAnswer("3").replace("Call-ID: c", "Call-ID: d"));
  expect(await peer.waitFor(/^SIP\/2.0 401[^]*Call-ID: d/)).toContain("stale=true");
  expect(carrier.counters.invites).toBe(1);
  await peer.close();
});

test("over TCP a scanner loses its connection, and gets no other for a while", async () => {
  const open = async () => {
    const socket = connect({ port: carrier.port, host: "127.0.0.1", localAddress: "127.0.2.1" });
    socket.on("error", () => undefined);
    await new Promise<void>((resolve) => socket.once("connect", resolve));
    return socket;
  };
  // `once` would reject: the connection is reset, not ended.
  const closed = (one: TcpSocket) => new Promise<void>((resolve) => one.once("close", () => resolve()));
  const socket = await open();
  let received = "";
  socket.on("data", (chunk) => (received += chunk.toString()));
  for (let id = 0; id < 20; id++) {
    socket.write(rawRequest("OPTIONS", { port: 9 }, { branch: `t${id}`, callId: `t${id}`, protocol: "TCP" }));
  }
  await closed(socket);
  expect(received.split("SIP/2.0 403 Forbidden").length - 1).toBe(5);
  await closed(await open());
});

test("what belongs to nothing is dropped: responses, the ends of calls that never were", async () => {
  const peer = await createRawSipPeer(carrier.port);
  peer.send("SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP x\r\nCall-ID: x\r\nCSeq: 1 OPTIONS\r\n\r\n");
  for (const method of ["ACK", "CANCEL"]) {
    peer.send(rawRequest(method, peer, { branch: method, callId: method }));
  }
  peer.send(rawRequest("BYE", peer, { branch: "b", callId: "b", toTag: "x" }));
  await peer.waitFor(/^SIP\/2.0 403/);
  expect(peer.received).toHaveLength(1);
  expect(carrier.counters.strayResponses).toBe(1);
  await peer.close();
});
