import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createSocket } from "node:dgram";
import { systemClock } from "../../src/clock.ts";
import { createLogger } from "../../src/logger.ts";
import type { AnswerResult, InboundLeg } from "../../src/telephony/carrier.ts";
import type { PublicAddress } from "../../src/telephony/nat/public-address-loop.ts";
import type { SipCarrier } from "../../src/telephony/sip/sip-carrier.ts";
import { createLocalCarrier } from "../harness/local-carrier.ts";
import {
  createRawSipPeer,
  rawOffer,
  rawRequest,
  rawResponse,
  toTagOf,
  type RawSipPeer,
} from "../harness/raw-sip-peer.ts";

// What trunks, NATs and scanners do to a call, against the carrier, one message at a time.

const RTP_PORTS = { first: 21_400, last: 21_439 };
let carrier: SipCarrier;
let peer: RawSipPeer;
let legs: InboundLeg[];
let onLeg: ((leg: InboundLeg) => void) | undefined;

async function startCarrier(
  options: { mediaTimeoutMs?: number; publicAddress?: PublicAddress } = {},
): Promise<void> {
  carrier = createLocalCarrier({
    host: "127.0.0.1",
    port: 0,
    rtpPorts: RTP_PORTS,
    clock: systemClock,
    logger: createLogger({ level: "silent" }),
    onLeg: (leg) => {
      legs.push(leg);
      onLeg?.(leg);
    },
    ...options,
  });
  await carrier.start();
  peer = await createRawSipPeer(carrier.port);
}

beforeEach(() => {
  legs = [];
  onLeg = undefined;
});
afterEach(async () => {
  await carrier.stop();
  await peer.close();
});

const send = (method: string, branch: string, more: Partial<Parameters<typeof rawRequest>[2]> = {}) =>
  peer.send(rawRequest(method, peer, { branch, callId: "call", ...more }));
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const count = (pattern: RegExp) => peer.received.filter((text) => pattern.test(text)).length;

/** An answered call of the raw peer. */
async function connect(offer = rawOffer(21_450)): Promise<{ leg: InboundLeg; toTag: string; ok: string }> {
  const answering = new Promise<AnswerResult>((resolve) => (onLeg = (leg) => resolve(leg.answer())));
  send("INVITE", "invite", { body: offer });
  const ok = await peer.waitFor(/^SIP\/2.0 200/);
  const toTag = toTagOf(ok);
  send("ACK", "ack", { toTag });
  expect(await answering).toMatchObject({ outcome: "answered" });
  return { leg: legs[0]!, toTag, ok };
}

describe("hanging up", () => {
  beforeEach(() => startCarrier());

  test("our BYE is lost: it is sent again, and the hang-up waits for its answer", async () => {
    const { leg } = await connect();
    const hungUp = leg.hangUp();
    const bye = await peer.waitFor(/^BYE/, 2);
    const headers = bye.split("\r\n").filter((line) => /^(Via|From|To|Call-ID|CSeq):/.test(line));
    peer.send(["SIP/2.0 200 OK", ...headers, "Content-Length: 0", "", ""].join("\r\n"));
    await hungUp;
    expect(await leg.ended).toEqual({ cause: "local" });
    await pause(1_100);
    expect(count(/^BYE/)).toBe(2);
  });

  test("the answer to the peer's BYE is lost: its repeat is answered the same", async () => {
    const { leg, toTag } = await connect();
    send("BYE", "bye", { toTag, cseq: 2 });
    await peer.waitFor(/^SIP\/2.0 200[^]*CSeq: 2 BYE/);
    send("BYE", "bye", { toTag, cseq: 2 });
    await peer.waitFor(/^SIP\/2.0 200[^]*CSeq: 2 BYE/, 2);
    expect(await leg.ended).toEqual({ cause: "remote-hangup" });
  });

  test("before the ACK: the BYE waits for it (RFC 3261, 15)", async () => {
    onLeg = (leg) => void leg.answer();
    send("INVITE", "invite", { body: rawOffer(21_450) });
    const toTag = toTagOf(await peer.waitFor(/^SIP\/2.0 200/));
    void legs[0]!.hangUp();
    expect(await legs[0]!.ended).toEqual({ cause: "local" });
    expect(await legs[0]!.answer()).toEqual({ outcome: "gone" });
    await pause(100);
    expect(count(/^BYE/)).toBe(0);
    send("ACK", "ack", { toTag });
    await peer.waitFor(/^BYE/);
  });

  test("while it rings: 480", async () => {
    onLeg = (leg) => void leg.hangUp();
    send("INVITE", "invite", { body: rawOffer(21_450) });
    await peer.waitFor(/^SIP\/2.0 480/);
    expect(await legs[0]!.ended).toEqual({ cause: "local" });
  });
});

describe("giving up while it rings", () => {
  beforeEach(() => startCarrier());

  test("CANCEL: 200 for it, 487 for the INVITE, again until the ACK", async () => {
    onLeg = (leg) => leg.ring();
    send("INVITE", "invite", { body: rawOffer(21_450) });
    await peer.waitFor(/^SIP\/2.0 180/);
    send("CANCEL", "invite");
    await peer.waitFor(/^SIP\/2.0 200[^]*CSeq: 1 CANCEL/);
    const refusal = await peer.waitFor(/^SIP\/2.0 487/, 2);
    expect(await legs[0]!.ended).toEqual({ cause: "cancelled" });
    send("ACK", "invite", { toTag: toTagOf(refusal) });
    await pause(1_200);
    expect(count(/^SIP\/2.0 487/)).toBe(2);
    expect(carrier.counters.repeated).toBe(1);
  });

  test("BYE in the early dialog: 200 for it, 487 for the INVITE (RFC 3261, 15.1.2)", async () => {
    onLeg = (leg) => leg.ring();
    send("INVITE", "invite", { body: rawOffer(21_450) });
    const toTag = toTagOf(await peer.waitFor(/^SIP\/2.0 180/));
    send("BYE", "bye", { toTag, cseq: 2 });
    await peer.waitFor(/^SIP\/2.0 200[^]*CSeq: 2 BYE/);
    await peer.waitFor(/^SIP\/2.0 487/);
    expect(await legs[0]!.ended).toEqual({ cause: "cancelled" });
  });

  test("Expires runs out: 487", async () => {
    send("INVITE", "invite", { body: rawOffer(21_450), more: ["Expires: 1"] });
    await peer.waitFor(/^SIP\/2.0 487/);
    expect(await legs[0]!.ended).toEqual({ cause: "cancelled" });
  });
});

describe("an INVITE without an offer", () => {
  beforeEach(async () => {
    await startCarrier();
  });

  test("is offered to in the 200; the ACK's answer starts the audio", async () => {
    const phone = createSocket("udp4");
    await new Promise<void>((resolve) => phone.bind(0, "127.0.0.1", resolve));
    const heard = new Promise<Buffer>((resolve) => phone.once("message", resolve));
    const answering = new Promise<AnswerResult>((resolve) => (onLeg = (leg) => resolve(leg.answer())));
    send("INVITE", "invite");
    const ok = await peer.waitFor(/^SIP\/2.0 200/);
    expect(ok).toMatch(/m=audio \d+ RTP\/AVP 8 0 111 101/);
    const body = rawOffer(phone.address().port, "m=audio PORT RTP/AVP 0");
    send("ACK", "ack", { toTag: toTagOf(ok), body });
    expect(await answering).toMatchObject({ outcome: "answered" });
    expect((await heard)[1]! & 0x7f).toBe(0);
    await new Promise<void>((resolve) => phone.close(() => resolve()));
  });

  test("is hung up when the ACK brings no answer", async () => {
    onLeg = (leg) => void leg.answer();
    send("INVITE", "invite");
    send("ACK", "ack", { toTag: toTagOf(await peer.waitFor(/^SIP\/2.0 200/)) });
    await peer.waitFor(/^BYE/);
    expect(await legs[0]!.ended).toEqual({ cause: "lost", detail: "our offer was not answered" });
  });
});

describe("requests that are not calls", () => {
  beforeEach(() => startCarrier());

  test.each([
    ["MESSAGE", 405],
    ["REGISTER", 405],
    ["SUBSCRIBE", 405],
    ["DANCE", 501],
  ])("%s is answered %d with what we allow", async (method, status) => {
    send(method, "x");
    expect(await peer.waitFor(new RegExp(`^SIP/2.0 ${status}`))).toContain(
      "Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, INFO, NOTIFY",
    );
    expect(carrier.counters.refused).toBe(1);
  });

  test("an extension that is required and lacking: 420 names it", async () => {
    send("INVITE", "invite", { body: rawOffer(21_450), more: ["Require: 100rel"] });
    expect(await peer.waitFor(/^SIP\/2.0 420/)).toContain("Unsupported: 100rel");
    expect(legs).toEqual([]);
  });

  test("a body that is no offer: 415 says what is taken (RFC 3261, 8.2.3)", async () => {
    send("INVITE", "invite", { body: "something", contentType: "application/unheard-of" });
    expect(await peer.waitFor(/^SIP\/2.0 415/)).toMatch(/^Accept: application\/sdp/m);
    expect(legs).toEqual([]);
  });

  test("headers over several lines are read as one (RFC 3261, 7.3.1)", async () => {
    const options = rawRequest("OPTIONS", peer, { branch: "folded", callId: "folded" });
    peer.send(options.replace(";branch", "\r\n ;branch").replace("CSeq: 1 ", "CSeq:\r\n\t1\r\n "));
    await peer.waitFor(/^SIP\/2.0 200[^]*branch=z9hG4bKfolded/);
  });

  test("UPDATE in a call is refused and harms nothing", async () => {
    const { leg, toTag } = await connect();
    send("UPDATE", "update", { toTag, cseq: 2 });
    await peer.waitFor(/^SIP\/2.0 405/);
    send("BYE", "bye", { toTag, cseq: 3 });
    expect(await leg.ended).toEqual({ cause: "remote-hangup" });
  });
});

describe("the way back", () => {
  test("answers go to where the request came from, whatever its Via says (RFC 3581)", async () => {
    await startCarrier();
    const request = rawRequest("OPTIONS", peer, { branch: "o", callId: "o" });
    peer.send(request.replace(/UDP 127\.0\.0\.1:\d+/, "UDP 10.255.255.1:5060"));
    const answer = await peer.waitFor(/^SIP\/2.0 200/);
    expect(answer).toContain(`rport=${peer.port}`);
    expect(answer).toContain("received=127.0.0.1");
  });

  test("a tel: URI is a number like any other", async () => {
    await startCarrier();
    const request = rawRequest("INVITE", peer, { branch: "t", callId: "t", body: rawOffer(21_450) });
    const called = new Promise<string>((resolve) => (onLeg = (leg) => resolve(leg.calledNumber)));
    peer.send(request.replace(/^INVITE \S+/, "INVITE tel:+31-85-083-5038;phone-context=x"));
    expect(await called).toBe("+31850835038");
  });

  test("tel: URIs in From and To are kept as they are, in answers and in our own requests", async () => {
    await startCarrier();
    const inTel = (text: string) => text.replace(/sip:(\+31\d+)@127.0.0.1>/g, "tel:$1>");
    const answering = new Promise<AnswerResult>((resolve) => (onLeg = (leg) => resolve(leg.answer())));
    peer.send(inTel(rawRequest("INVITE", peer, { branch: "i", callId: "t", body: rawOffer(21_450) })));
    const ok = await peer.waitFor(/^SIP\/2.0 200/);
    expect(ok).toContain("From: <tel:+31612345678>;tag=rawt\r\nTo: <tel:+31850835037>;tag=");
    peer.send(inTel(rawRequest("ACK", peer, { branch: "a", callId: "t", toTag: toTagOf(ok) })));
    await answering;
    expect(legs[0]).toMatchObject({ calledNumber: "+31850835037", callerNumber: "+31612345678" });
    const hungUp = legs[0]!.hangUp();
    const bye = await peer.waitFor(/^BYE sip:raw@/);
    expect(bye).toMatch(/^To: <tel:\+31612345678>;tag=rawt\r$/m);
    peer.reply(rawResponse(bye, peer, { status: "200 OK" }));
    await hungUp;
    await pause(700);
    expect(count(/^BYE/)).toBe(1);
  });

  test("the public address is what Contact and SDP say", async () => {
    // Loopback peers are told the local one by the real thing: test/telephony/nat.test.ts.
    const publicAddress = {
      towards: () => "192.0.2.99",
      address: "192.0.2.99",
      start: () => Promise.resolve(),
      stop: () => undefined,
    };
    await startCarrier({ publicAddress });
    const { ok } = await connect();
    expect(ok).toMatch(/^Contact: <sip:switchhook@192\.0\.2\.99:\d+>/m);
    expect(ok).toContain("c=IN IP4 192.0.2.99");
  });

  test("a stranger who knows the Call-ID alone does not turn our messages to himself", async () => {
    await startCarrier();
    const { leg } = await connect();
    const moved = await createRawSipPeer(carrier.port);
    moved.send(rawRequest("INFO", moved, { branch: "guess", callId: "call", cseq: 2, toTag: "guess" }));
    await moved.waitFor(/^SIP\/2.0 481/);
    void leg.hangUp();
    await peer.waitFor(/^BYE/);
    expect(moved.received).toHaveLength(1);
    await moved.close();
  });

  test("a BYE from another port of the same peer ends the call", async () => {
    await startCarrier();
    const { leg, toTag } = await connect();
    const moved = await createRawSipPeer(carrier.port);
    moved.send(rawRequest("BYE", moved, { branch: "bye", callId: "call", cseq: 2, toTag }));
    await moved.waitFor(/^SIP\/2.0 200/);
    expect(await leg.ended).toEqual({ cause: "remote-hangup" });
    await moved.close();
  });
});

test("digits by INFO arrive; another body is refused", async () => {
  await startCarrier();
  const digits: string[] = [];
  const answering = new Promise<AnswerResult>((resolve) => (onLeg = (leg) => resolve(leg.answer())));
  send("INVITE", "invite", { body: rawOffer(21_450) });
  const toTag = toTagOf(await peer.waitFor(/^SIP\/2.0 200/));
  send("ACK", "ack", { toTag });
  const answered = await answering;
  if (answered.outcome !== "answered") throw new Error(answered.outcome);
  answered.media.onDigit((digit) => digits.push(digit));
  const info = (cseq: number, contentType: string, body: string) =>
    send("INFO", `info${cseq}`, { toTag, cseq, body, contentType });
  info(2, "application/dtmf-relay", "Signal=5\r\nDuration=160\r\n");
  await peer.waitFor(/^SIP\/2.0 200[^]*CSeq: 2 INFO/);
  info(3, "application/dtmf-relay", "Signal=*\r\nDuration=160\r\n");
  await peer.waitFor(/^SIP\/2.0 200[^]*CSeq: 3 INFO/);
  info(4, "text/plain", "hello");
  await peer.waitFor(/^SIP\/2.0 415[^]*CSeq: 4 INFO/);
  expect(digits).toEqual(["5", "*"]);
});

describe("a caller that is gone without a word", () => {
  test("is hung up on after the media timeout", async () => {
    await startCarrier({ mediaTimeoutMs: 200 });
    const { leg } = await connect();
    await peer.waitFor(/^BYE/);
    expect(await leg.ended).toEqual({ cause: "lost", detail: "no audio came for 0.2 s" });
  });

  test("is not, while it holds us", async () => {
    await startCarrier({ mediaTimeoutMs: 200 });
    const { leg, toTag } = await connect(rawOffer(21_450, "m=audio PORT RTP/AVP 0\r\na=sendonly"));
    await pause(400);
    expect(count(/^BYE/)).toBe(0);
    send("BYE", "bye", { toTag, cseq: 2 });
    expect(await leg.ended).toEqual({ cause: "remote-hangup" });
  });
});

test("malformed messages are counted by what is wrong with them", async () => {
  await startCarrier();
  const good = rawRequest("OPTIONS", peer, { branch: "x", callId: "x" });
  peer.send("hello world, this is not SIP");
  peer.send(good.replace("Content-Length: 0", "Content-Length: 10"));
  peer.send(good.replace("CSeq: 1 OPTIONS", "CSeq: 1 BYE"));
  peer.send(good.replace(/From:.*\r\n/, ""));
  peer.send("");
  peer.send("\r\n\r\n");
  peer.send("\0".repeat(60_000));
  peer.send(good.replace("branch=z9hG4bKx", "branch=z9hG4bKy"));
  await peer.waitFor(/^SIP\/2.0 200/);
  expect(carrier.counters.malformedByKind).toEqual({
    "not-sip": 2,
    truncated: 1,
    contradictory: 1,
    headers: 1,
    stream: 0,
  });
  expect(carrier.counters.malformed).toBe(5);
});

test("no RTP port is free: 503, and the next call after one ends gets through", async () => {
  carrier = createLocalCarrier({
    host: "127.0.0.1",
    port: 0,
    rtpPorts: { first: 21_460, last: 21_461 },
    clock: systemClock,
    logger: createLogger({ level: "silent" }),
    onLeg: (leg) => legs.push(leg),
  });
  await carrier.start();
  peer = await createRawSipPeer(carrier.port);
  send("INVITE", "one", { callId: "one", body: rawOffer(21_450) });
  await peer.waitFor(/^SIP\/2.0 100/);
  send("INVITE", "two", { callId: "two", body: rawOffer(21_450) });
  await peer.waitFor(/^SIP\/2.0 503[^]*Call-ID: two/);
  legs[0]!.reject(486, "Busy Here");
  await peer.waitFor(/^SIP\/2.0 486/);
  send("INVITE", "three", { callId: "three", body: rawOffer(21_450) });
  await expect.poll(() => legs.length).toBe(2);
});
