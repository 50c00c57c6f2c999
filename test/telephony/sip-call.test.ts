import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { createLogger } from "../../src/logger.ts";
import type { InboundLeg } from "../../src/telephony/carrier.ts";
import { createSipCaller, type SipCaller } from "../../src/telephony/sip/sip-caller.ts";
import type { SipCarrier } from "../../src/telephony/sip/sip-carrier.ts";
import { createLocalCarrier } from "../harness/local-carrier.ts";
import { createRawSipPeer, rawOffer, rawRequest, type RawSipPeer } from "../harness/raw-sip-peer.ts";
import { shareAt, tone } from "../harness/tone.ts";

const logger = createLogger({ level: "silent" });
let carrier: SipCarrier;
let caller: SipCaller;
let legs: InboundLeg[];
let onLeg: (leg: InboundLeg) => void;
let trace: string[];
let callerTrace: string[];

beforeEach(async () => {
  legs = [];
  trace = [];
  callerTrace = [];
  onLeg = () => undefined;
  carrier = createLocalCarrier({
    host: "127.0.0.1",
    port: 0,
    rtpPorts: { first: 21_000, last: 21_099 },
    clock: systemClock,
    logger,
    trace: (direction, text) => trace.push(`${direction} ${text.split("\r\n", 1)[0]}`),
    onLeg: (leg) => {
      legs.push(leg);
      onLeg(leg);
    },
  });
  caller = createSipCaller({
    host: "127.0.0.1",
    rtpPorts: { first: 21_100, last: 21_199 },
    clock: systemClock,
    logger,
    trace: (direction, text) => callerTrace.push(`${direction} ${text.split("\r\n", 1)[0]}`),
  });
  await carrier.start();
  await caller.start();
});
afterEach(async () => {
  await carrier.stop();
  await caller.stop();
});

const place = (protocol: "UDP" | "TCP" = "UDP") =>
  caller.placeCall({
    to: "0031850835037",
    from: "+31612345678",
    trunk: { address: "127.0.0.1", port: carrier.port, protocol },
  });

async function connect(protocol: "UDP" | "TCP" = "UDP") {
  const answering = new Promise<Awaited<ReturnType<InboundLeg["answer"]>>>((resolve) => {
    onLeg = (leg) => {
      leg.ring();
      resolve(leg.answer());
    };
  });
  const outbound = await place(protocol);
  const answered = await outbound.answered;
  const picked = await answering;
  if (answered.outcome !== "answered" || picked.outcome !== "answered")
    throw new Error("the call was not answered");
  return { outbound, leg: legs[0]!, callerMedia: answered.media, media: picked.media };
}

function hear(
  media: { onAudio(listener: (frame: Int16Array) => void): void },
  samples: number,
): Promise<Int16Array> {
  return new Promise((resolve) => {
    const heard: number[] = [];
    media.onAudio((frame) => {
      const isSilent = heard.length === 0 && !frame.some((sample) => Math.abs(sample) > 200);
      if (!isSilent) heard.push(...frame);
      if (heard.length >= samples) resolve(Int16Array.from(heard.slice(0, samples)));
    });
  });
}

describe.each(["UDP", "TCP"] as const)("over %s", (protocol) => {
  test("a call rings, is answered, carries audio both ways, and the caller hangs up", async () => {
    const { outbound, leg, callerMedia, media } = await connect(protocol);
    expect(leg).toMatchObject({ calledNumber: "+31850835037", callerNumber: "+31612345678" });
    const [up, down] = [hear(media, 2_400), hear(callerMedia, 2_400)];
    callerMedia.play(tone(440, 500));
    media.play(tone(1_000, 500));
    expect(shareAt(440, await up)).toBeGreaterThan(0.9);
    expect(shareAt(1_000, await down)).toBeGreaterThan(0.9);
    await outbound.hangUp();
    expect(await leg.ended).toEqual({ cause: "remote-hangup" });
    expect(callerTrace.filter((line) => line.startsWith("in"))).toEqual([
      "in SIP/2.0 100 Trying",
      "in SIP/2.0 180 Ringing",
      "in SIP/2.0 200 OK",
      "in SIP/2.0 200 OK",
    ]);
  });

  test("the way back is where it came from", async () => {
    const { leg, outbound } = await connect(protocol);
    expect(leg.peer).toEqual({ address: "127.0.0.1", port: expect.any(Number), protocol });
    expect(leg.peer!.port).not.toBe(carrier.port);
    expect(outbound.peer).toMatchObject({ port: carrier.port });
  });

  test("we hang up", async () => {
    const { outbound, leg } = await connect(protocol);
    await leg.hangUp();
    expect(await outbound.ended).toEqual({ cause: "remote-hangup" });
    expect(await leg.ended).toEqual({ cause: "local" });
  });

  test("the caller gives up while it rings", async () => {
    const ringing = new Promise<InboundLeg>((resolve) => (onLeg = resolve));
    const outbound = await place(protocol);
    const leg = await ringing;
    leg.ring();
    await outbound.hangUp();
    expect(await leg.ended).toEqual({ cause: "cancelled" });
    expect(await outbound.answered).toEqual({ outcome: "failed", statusCode: 487 });
    expect(await leg.answer()).toEqual({ outcome: "gone" });
  });

  test("we refuse", async () => {
    onLeg = (leg) => leg.reject(404, "Not Found");
    const outbound = await place(protocol);
    expect(await outbound.answered).toEqual({ outcome: "failed", statusCode: 404 });
  });
});

test("digits arrive once each, both ways", async () => {
  const { callerMedia, media } = await connect();
  const collect = (from: typeof media, count: number) =>
    new Promise<string>((resolve) => {
      let digits = "";
      from.onDigit((digit) => {
        digits += digit;
        if (digits.length === count) resolve(digits);
      });
    });
  const [up, down] = [collect(media, 4), collect(callerMedia, 2)];
  callerMedia.sendDigits(["1", "1", "#", "D"]);
  media.sendDigits(["*", "0"]);
  expect(await up).toBe("11#D");
  expect(await down).toBe("*0");
});

test("playout stops at once, and says when it has run empty", async () => {
  const { media } = await connect();
  const drained = new Promise<void>((resolve) => media.onPlayoutDrained(resolve));
  media.play(tone(440, 60));
  await drained;
  media.play(tone(440, 5_000));
  expect(media.clearPlayout()).toBeGreaterThan(39_000);
  expect(media.queuedSamples).toBe(0);
});

describe("a peer that misbehaves", () => {
  let peer: RawSipPeer;
  beforeEach(async () => {
    peer = await createRawSipPeer(carrier.port);
  });
  afterEach(() => peer.close());

  const toTagOf = (message: string) => /^To:.*;tag=(\S+)/im.exec(message)![1]!;

  test("repeats its INVITE: one call, the same answers", async () => {
    onLeg = (leg) => leg.ring();
    const invite = rawRequest("INVITE", peer, { branch: "a", callId: "repeat", body: rawOffer(21_300) });
    peer.send(invite);
    await peer.waitFor(/^SIP\/2.0 180/);
    peer.send(invite);
    peer.send(invite);
    await peer.waitFor(/^SIP\/2.0 180/, 3);
    expect(legs).toHaveLength(1);
    expect(carrier.counters.absorbed).toBe(2);
    expect(new Set(peer.received.filter((text) => text.includes(" 180 ")).map(toTagOf)).size).toBe(1);
  });

  test("loses our 200 OK: it comes again until the ACK", async () => {
    const answering = new Promise((resolve) => (onLeg = (leg) => resolve(leg.answer())));
    peer.send(rawRequest("INVITE", peer, { branch: "b", callId: "lost", body: rawOffer(21_300) }));
    const ok = await peer.waitFor(/^SIP\/2.0 200/, 3);
    peer.send(rawRequest("ACK", peer, { branch: "b-ack", callId: "lost", toTag: toTagOf(ok) }));
    expect(await answering).toMatchObject({ outcome: "answered" });
    const before = peer.received.length;
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(peer.received.length).toBe(before);
    void legs[0]!.hangUp();
    const bye = await peer.waitFor(/^BYE/, 2);
    expect(bye).toContain("Call-ID: lost");
  });

  test("holds, changes codec and resumes by re-INVITE", async () => {
    const answering = new Promise((resolve) => (onLeg = (leg) => resolve(leg.answer())));
    peer.send(rawRequest("INVITE", peer, { branch: "c", callId: "hold", body: rawOffer(21_300) }));
    const toTag = toTagOf(await peer.waitFor(/^SIP\/2.0 200/));
    peer.send(rawRequest("ACK", peer, { branch: "c-ack", callId: "hold", toTag }));
    await answering;
    const reinvite = async (cseq: number, media: string) => {
      const body = rawOffer(21_300, media);
      peer.send(rawRequest("INVITE", peer, { branch: `c${cseq}`, callId: "hold", cseq, toTag, body }));
      const answer = await peer.waitFor(new RegExp(`^SIP/2.0 200[^]*CSeq: ${cseq} INVITE`));
      peer.send(rawRequest("ACK", peer, { branch: `c${cseq}-ack`, callId: "hold", cseq, toTag }));
      return answer;
    };
    const held = await reinvite(2, "m=audio PORT RTP/AVP 8\r\na=sendonly");
    expect(held).toContain("a=recvonly");
    const resumed = await reinvite(3, "m=audio PORT RTP/AVP 0\r\na=sendrecv");
    expect(resumed).toContain("RTP/AVP 0");
    expect(resumed).toContain("a=sendrecv");
    expect(/^o=\S+ \d+ (\d+)/m.exec(resumed)![1]).toBe("3");
    peer.send(rawRequest("BYE", peer, { branch: "c-bye", callId: "hold", cseq: 4, toTag }));
    await peer.waitFor(/^SIP\/2.0 200[^]*CSeq: 4 BYE/);
    expect(await legs[0]!.ended).toEqual({ cause: "remote-hangup" });
  });

  test.each([
    ["only codecs that we lack", rawOffer(1, "m=audio PORT RTP/AVP 9 18")],
    ["SRTP without a key", rawOffer(1, "m=audio PORT RTP/SAVP 0")],
  ])("offers %s: 488", async (_sentence, body) => {
    peer.send(rawRequest("INVITE", peer, { branch: "d", callId: "codec", body }));
    await peer.waitFor(/^SIP\/2.0 488/);
    expect(legs).toEqual([]);
  });

  test("asks with OPTIONS, and is told what we take", async () => {
    peer.send(rawRequest("OPTIONS", peer, { branch: "e", callId: "options" }));
    expect(await peer.waitFor(/^SIP\/2.0 200/)).toMatch(/^Allow: .*INVITE/m);
  });

  test("sends a BYE for a call that does not exist: 481", async () => {
    peer.send(rawRequest("BYE", peer, { branch: "f", callId: "nothing", toTag: "x" }));
    await peer.waitFor(/^SIP\/2.0 481/);
  });

  test("sends garbage, which is ignored and counted", async () => {
    const garbage = [
      "hello world",
      "INVITE sip:a SIP/2.0\r\n\r\n",
      rawRequest("INVITE", peer, { branch: "g", callId: "g" }).replace(/From:.*\r\n/, ""),
      rawRequest("INVITE", peer, { branch: "h", callId: "h" }).replace("SIP/2.0\r\n", "SIP/9.0\r\n"),
      rawRequest("INVITE", peer, { branch: "i", callId: "i" }).replace(/To: .*\r\n/, "To: <<<>>>\r\n"),
      "\0".repeat(500),
    ];
    for (const text of garbage) peer.send(text);
    peer.send(rawRequest("OPTIONS", peer, { branch: "j", callId: "after" }));
    await peer.waitFor(/^SIP\/2.0 200/);
    expect(carrier.counters.malformed).toBe(garbage.length);
    expect(legs).toEqual([]);
  });
});
