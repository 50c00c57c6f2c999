import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { connect, createSecureContext } from "node:tls";
import { systemClock } from "../../src/clock.ts";
import { createLogger } from "../../src/logger.ts";
import type { CarrierTrunk, InboundLeg } from "../../src/telephony/carrier.ts";
import { isRightAnswer, readAnswer } from "../../src/telephony/sip/digest.ts";
import type { SipCarrier } from "../../src/telephony/sip/sip-carrier.ts";
import { createLocalCarrier } from "../harness/local-carrier.ts";
import { makeCertificate, type TestCertificate } from "../harness/certificate.ts";
import { rawOffer, rawRequest, toTagOf } from "../harness/raw-sip-peer.ts";
import { createTrunkPeer, type TrunkPeer, type TrunkRequest } from "../harness/trunk-peer.ts";

// Calls by trunks over every transport, and trunks that ask who calls.

const PASSWORD = "open sesame";
let certificate: TestCertificate;
let carrier: SipCarrier;
let peer: TrunkPeer;
let legs: InboundLeg[];

beforeAll(async () => {
  certificate = await makeCertificate("localhost", "127.0.0.1");
});

async function start(
  transport: "udp" | "tcp" | "tls",
  more: { ca?: string[]; identity?: TestCertificate } = {},
): Promise<void> {
  legs = [];
  carrier = createLocalCarrier({
    host: "127.0.0.1",
    port: 0,
    rtpPorts: { first: 21_800, last: 21_839 },
    tls: {
      listener: { port: 0, ...certificate },
      trust: () => createSecureContext({ ca: more.ca ?? [certificate.cert] }),
    },
    clock: systemClock,
    logger: createLogger({ level: "silent" }),
    onLeg: (leg) => {
      legs.push(leg);
      void leg.answer();
    },
  });
  await carrier.start();
  peer = await createTrunkPeer(transport, more.identity ?? certificate);
  peer.onRequest = answerCalls;
}
afterEach(async () => {
  await carrier.stop();
  await peer.close();
});

/** Picks up what rings, and takes every other request. */
function answerCalls(request: TrunkRequest): void {
  const contact = `Contact: <sip:peer@127.0.0.1:${peer.port}>`;
  if (request.method === "INVITE") {
    request.reply("200 OK", [contact], rawOffer(21_850, "m=audio PORT RTP/AVP 8"));
  } else if (request.method !== "ACK") request.reply(request.method === "REFER" ? "202 Accepted" : "200 OK");
}

/** Answers as `answerCalls` does, to those who know the password; a challenge a header. */
function answerWithPassword(
  challenges: readonly string[],
  header: "WWW-Authenticate" | "Proxy-Authenticate" = "WWW-Authenticate",
) {
  return (request: TrunkRequest) => {
    const given = request.header(header === "WWW-Authenticate" ? "Authorization" : "Proxy-Authorization");
    const answer = given === undefined ? undefined : readAnswer(given);
    if (request.method === "ACK" || (answer && isRightAnswer(answer, request.method, PASSWORD))) {
      return answerCalls(request);
    }
    request.reply(
      header === "WWW-Authenticate" ? "401 Unauthorized" : "407 Proxy Authentication Required",
      challenges.map((challenge) => `${header}: ${challenge}`),
    );
  };
}

const credentials = { username: "us", password: PASSWORD };
const place = (trunk: Partial<CarrierTrunk> = {}) =>
  carrier.placeCall({
    to: "+31612345678",
    from: "+31850835037",
    trunk: { address: "127.0.0.1", port: peer.port, protocol: "UDP", ...trunk },
  });
const sequenceOf = (request: TrunkRequest) => Number(request.header("CSeq")!.split(" ")[0]);

describe("over TLS", () => {
  test.each(["localhost", "127.0.0.1"])("a call to %s, whose certificate is for it", async (address) => {
    await start("tls");
    const leg = await place({ address, protocol: "TLS" });
    expect(await leg.answered).toMatchObject({ outcome: "answered" });
    const invite = await peer.waitFor("INVITE");
    expect(invite.text).toMatch(/^Via: SIP\/2\.0\/TLS /m);
    expect(invite.header("Contact")).toMatch(/;transport=tls>$/);
    await leg.hangUp();
    expect((await peer.waitFor("BYE")).header("CSeq")).toMatch(/BYE$/);
    expect(peer.connections).toBe(1);
  });

  test("a certificate for somebody else is not talked to", async () => {
    await start("tls", { identity: await makeCertificate("other.example"), ca: [certificate.cert] });
    const leg = await place({ address: "localhost", protocol: "TLS", credentials });
    expect(await leg.answered).toMatchObject({
      statusCode: 503,
      detail: expect.stringMatching(/^The trunk cannot be reached: .*certificate/i),
    });
    expect(peer.requests).toEqual([]);
  });

  test("nor is one for the right name that nobody known has signed", async () => {
    await start("tls", { ca: [(await makeCertificate("localhost")).cert] });
    const leg = await place({ address: "localhost", protocol: "TLS" });
    expect(await leg.answered).toMatchObject({ outcome: "failed", statusCode: 503 });
    expect(peer.requests).toEqual([]);
  });

  test("a call comes in", async () => {
    await start("udp");
    const socket = connect({ port: carrier.tlsPort!, host: "127.0.0.1", ca: [certificate.cert] });
    let received = "";
    socket.on("data", (chunk) => (received += chunk.toString()));
    await new Promise<void>((resolve) => socket.once("secureConnect", resolve));
    const viaTls = (text: string) => text.replace("SIP/2.0/TCP", "SIP/2.0/TLS").replace("=tcp", "=tls");
    const shared = { callId: "tls", protocol: "TCP" as const };
    socket.write(
      viaTls(rawRequest("INVITE", { port: 9 }, { ...shared, branch: "i", body: rawOffer(21_850) })),
    );
    await expect.poll(() => received).toContain("SIP/2.0 200 OK");
    const ok = received.slice(received.indexOf("SIP/2.0 200 OK"));
    expect(ok).toContain(`:${carrier.tlsPort};transport=tls>`);
    socket.write(viaTls(rawRequest("ACK", { port: 9 }, { ...shared, branch: "a", toTag: toTagOf(ok) })));
    void legs[0]!.hangUp();
    await expect.poll(() => received).toMatch(/\nBYE sip:raw@127/);
    socket.destroy();
  });

  test("who speaks no TLS is no reason to stop", async () => {
    await start("tls");
    const { connect: connectPlain } = await import("node:net");
    const socket = connectPlain(carrier.tlsPort!, "127.0.0.1");
    socket.on("error", () => undefined);
    socket.write("OPTIONS sip:a SIP/2.0\r\n\r\n");
    await new Promise<void>((resolve) => socket.once("close", () => resolve()));
    const leg = await place({ protocol: "TLS" });
    expect(await leg.answered).toMatchObject({ outcome: "answered" });
    await leg.hangUp();
  });
});

describe.each(["tcp", "tls"] as const)("a connection over %s", (transport) => {
  const protocol = transport === "tcp" ? "TCP" : "TLS";

  test("carries one call after the other, and is opened again when it is gone", async () => {
    await start(transport);
    for (let call = 1; call <= 2; call++) {
      const leg = await place({ protocol });
      expect(await leg.answered).toMatchObject({ outcome: "answered" });
      await leg.hangUp();
      expect(peer.connections).toBe(1);
    }
    peer.closeConnections();
    await expect.poll(() => peer.connections).toBe(0);
    const leg = await place({ protocol });
    expect(await leg.answered).toMatchObject({ outcome: "answered" });
    await leg.hangUp();
    expect(peer.connections).toBe(1);
  });

  test("that goes inside a call is opened again to the same trunk, whatever its Contact says", async () => {
    await start(transport);
    const leg = await place({ protocol });
    expect(await leg.answered).toMatchObject({ outcome: "answered" });
    await peer.waitFor("ACK");
    peer.closeConnections();
    await expect.poll(() => peer.connections).toBe(0);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await leg.hangUp();
    await peer.waitFor("BYE");
    expect(peer.connections).toBe(1);
  });

  test("ten calls at once share one", async () => {
    await start(transport);
    const placed = await Promise.all(Array.from({ length: 10 }, () => place({ protocol })));
    expect((await Promise.all(placed.map((leg) => leg.answered))).map(({ outcome }) => outcome)).toEqual(
      Array.from({ length: 10 }, () => "answered"),
    );
    expect(peer.connections).toBe(1);
    await Promise.all(placed.map((leg) => leg.hangUp()));
  });
});

describe("a trunk that asks for a password", () => {
  const md5 = 'Digest realm="peer", nonce="n1", qop="auth"';
  const sha256 = 'Digest realm="peer", nonce="n2", algorithm=SHA-256, qop="auth"';
  beforeEach(() => start("udp"));

  test.each([
    ["with MD5", [md5], "MD5"],
    ["with SHA-256", [sha256], "SHA-256"],
    ["with both, the weaker on top", [md5, sha256], "SHA-256"],
    ["with both, the stronger on top", [sha256, md5], "SHA-256"],
    ["with one that nobody knows beneath", [md5, sha256.replace("SHA-256", "SHA-512-256")], "MD5"],
    ["from before qop", ['Digest realm="peer", nonce="n"'], "MD5"],
  ])("%s gets its answer, in the call too", async (_sentence, challenges, algorithm) => {
    peer.onRequest = answerWithPassword(challenges);
    const leg = await place({ credentials });
    expect(await leg.answered).toMatchObject({ outcome: "answered" });
    const invites = peer.requests.filter(({ method }) => method === "INVITE");
    expect(readAnswer(invites[1]!.header("Authorization")!)).toMatchObject({ username: "us", algorithm });
    // RFC 3261, 22.1: the ACK repeats what its INVITE had.
    const ack = await peer.waitFor("ACK", 2);
    expect(ack.header("Authorization")).toBe(invites[1]!.header("Authorization"));

    const transfer = leg.transfer("+31900123456");
    const refer = await peer.waitFor("REFER", 2);
    // Its 202 is on the way: loopback needs no longer.
    await new Promise((resolve) => setTimeout(resolve, 100));
    await leg.hangUp();
    const bye = await peer.waitFor("BYE", 2);
    // No number is used twice in a dialog, however often it is asked.
    expect(sequenceOf(bye)).toBeGreaterThan(sequenceOf(refer));
    expect(await transfer).toEqual({ outcome: "transferred" });
  });

  test("as a proxy does", async () => {
    peer.onRequest = answerWithPassword([sha256], "Proxy-Authenticate");
    const leg = await place({ credentials });
    expect(await leg.answered).toMatchObject({ outcome: "answered" });
    await leg.hangUp();
  });

  test("a proxy first and the server behind it then: both answers stay", async () => {
    const behind = answerWithPassword([sha256]);
    peer.onRequest = (request) => {
      if (request.header("Proxy-Authorization") || request.method === "ACK") behind(request);
      else {
        const proxy = 'Proxy-Authenticate: Digest realm="proxy", nonce="p", qop="auth"';
        request.reply("407 Proxy Authentication Required", [proxy]);
      }
    };
    const leg = await place({ credentials });
    expect(await leg.answered).toMatchObject({ outcome: "answered" });
    await leg.hangUp();
  });

  test("a nonce that is old already is no wrong password", async () => {
    let asked = 0;
    const inTheEnd = answerWithPassword([md5]);
    peer.onRequest = (request) => {
      if (request.method !== "INVITE" || ++asked > 2) inTheEnd(request);
      else {
        const stale = `WWW-Authenticate: Digest realm="peer", nonce="old${asked}", stale=${asked === 2}`;
        request.reply("401 Unauthorized", [stale]);
      }
    };
    const leg = await place({ credentials });
    expect(await leg.answered).toMatchObject({ outcome: "answered" });
    await leg.hangUp();
  });

  test.each([
    ["a wrong password is tried once", { credentials: { username: "us", password: "guess" } }, 2],
    ["without credentials nothing is tried", {}, 1],
  ])("%s", async (_sentence, trunk, invites) => {
    peer.onRequest = answerWithPassword([md5, sha256]);
    const leg = await place(trunk);
    expect(await leg.answered).toEqual({ outcome: "failed", statusCode: 401 });
    expect(peer.requests.filter(({ method }) => method === "INVITE")).toHaveLength(invites);
  });
});
