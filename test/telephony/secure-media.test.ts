import { createSocket, type Socket } from "node:dgram";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { createLogger } from "../../src/logger.ts";
import type { CallMedia, InboundLeg, InboundTrunk, OutboundCall } from "../../src/telephony/carrier.ts";
import { createPacketProtection } from "../../src/telephony/rtp/packet-protection.ts";
import { writeRtp } from "../../src/telephony/rtp/rtp-packet.ts";
import { createSipCaller, type SipCaller } from "../../src/telephony/sip/sip-caller.ts";
import type { SipCarrier } from "../../src/telephony/sip/sip-carrier.ts";
import { createLocalCarrier } from "../harness/local-carrier.ts";
import { createRawSipPeer, rawOffer, rawRequest, toTagOf, type RawSipPeer } from "../harness/raw-sip-peer.ts";
import { shareAt, tone } from "../harness/tone.ts";

// Whole calls over real sockets: what was agreed in SDP is what is on the wire.

const logger = createLogger({ level: "silent" });
const SUITE = "AES_CM_128_HMAC_SHA1_80";
let carrier: SipCarrier;
let caller: SipCaller;
let leg: InboundLeg;
let answering: Promise<Awaited<ReturnType<InboundLeg["answer"]>>>;
let wire: string[];

beforeEach(async () => {
  wire = [];
  const asked = Promise.withResolvers<Awaited<ReturnType<InboundLeg["answer"]>>>();
  answering = asked.promise;
  carrier = createLocalCarrier({
    host: "127.0.0.1",
    port: 0,
    rtpPorts: { first: 22_000, last: 22_049 },
    clock: systemClock,
    logger,
    trace: (_direction, text) => wire.push(text),
    onLeg: (made) => {
      leg = made;
      if (itsTrunk) made.setTrunk(itsTrunk);
      asked.resolve(made.answer());
    },
  });
  caller = createSipCaller({
    host: "127.0.0.1",
    rtpPorts: { first: 22_050, last: 22_099 },
    clock: systemClock,
    logger,
  });
  await carrier.start();
  await caller.start();
});
afterEach(async () => {
  await caller.stop();
  await carrier.stop();
});

async function answered(): Promise<CallMedia> {
  const result = await answering;
  if (result.outcome !== "answered") throw new Error(result.outcome);
  return result.media;
}

function hear(media: CallMedia, samples: number): Promise<Int16Array> {
  return new Promise((resolve) => {
    const heard: number[] = [];
    media.onAudio((frame) => {
      if (heard.length > 0 || frame.some((sample) => Math.abs(sample) > 200)) heard.push(...frame);
      if (heard.length >= samples) resolve(Int16Array.from(heard.slice(0, samples)));
    });
  });
}

let itsTrunk: InboundTrunk | undefined;

describe("a trunk that is to be encrypted", () => {
  const place = (srtp: OutboundCall["trunk"]["srtp"]) =>
    caller.placeCall({
      to: "+31850835037",
      from: "+31612345678",
      trunk: { address: "127.0.0.1", port: carrier.port, protocol: "UDP", srtp },
    });

  beforeEach(() => {
    itsTrunk = {
      id: "t",
      organizationId: "o",
      address: "127.0.0.1",
      port: 5_060,
      protocol: "UDP",
      srtp: "require",
    };
  });
  afterEach(() => {
    itsTrunk = undefined;
  });

  test.each([
    ["off", { outcome: "failed", statusCode: 488 }],
    ["require", { outcome: "answered" }],
  ] as const)("its call with srtp %s", async (srtp, expected) => {
    const outbound = await place(srtp);
    expect(await outbound.answered).toMatchObject(expected);
    await outbound.hangUp();
  });
});

describe("between two of ours", () => {
  const place = (srtp: OutboundCall["trunk"]["srtp"]) =>
    caller.placeCall({
      to: "+31850835037",
      from: "+31612345678",
      trunk: { address: "127.0.0.1", port: carrier.port, protocol: "UDP", srtp },
    });

  test.each([
    ["off", "RTP/AVP", 0],
    ["offer", "RTP/AVP", 1],
    ["require", "RTP/SAVP", 1],
  ] as const)("srtp %s: %s, and both are heard", async (srtp, profile, keys) => {
    const outbound = await place(srtp);
    const picked = await outbound.answered;
    if (picked.outcome !== "answered") throw new Error(`${picked.statusCode}`);
    const media = await answered();
    const ok = wire.find((text) => /^SIP\/2.0 200/.test(text))!;
    expect(ok).toMatch(new RegExp(`m=audio \\d+ ${profile} 8 101`));
    expect(ok.match(/^a=crypto:/gm) ?? []).toHaveLength(keys);
    const [up, down] = [hear(media, 2_400), hear(picked.media, 2_400)];
    picked.media.play(tone(440, 500));
    media.play(tone(1_000, 500));
    expect(shareAt(440, await up)).toBeGreaterThan(0.9);
    expect(shareAt(1_000, await down)).toBeGreaterThan(0.9);
    const digit = new Promise((resolve) => media.onDigit(resolve));
    picked.media.sendDigits(["5"]);
    expect(await digit).toBe("5");
    await outbound.hangUp();
  });
});

describe("a phone with keys of its own", () => {
  let peer: RawSipPeer;
  let phone: Socket;
  const key = (fill: number) => Buffer.alloc(30, fill).toString("base64");
  beforeEach(async () => {
    peer = await createRawSipPeer(carrier.port);
    phone = createSocket("udp4");
    await new Promise<void>((resolve) => phone.bind(0, "127.0.0.1", resolve));
  });
  afterEach(async () => {
    await peer.close();
    await new Promise<void>((resolve) => phone.close(resolve));
  });

  const offerOf = (media: string) => rawOffer(phone.address().port, media);
  const secure = (fill: number, profile = "RTP/SAVP") =>
    offerOf(`m=audio PORT ${profile} 0\r\na=crypto:4 ${SUITE} inline:${key(fill)}`);
  const invite = (cseq: number, body: string, toTag?: string) =>
    peer.send(
      rawRequest("INVITE", peer, {
        branch: `i${cseq}`,
        callId: "secure",
        cseq,
        body,
        ...(toTag && { toTag }),
      }),
    );
  async function agree(cseq: number, body: string, toTag?: string) {
    invite(cseq, body, toTag);
    const ok = await peer.waitFor(new RegExp(`^SIP/2.0 200[^]*CSeq: ${cseq} INVITE`));
    const tag = toTagOf(ok);
    peer.send(rawRequest("ACK", peer, { branch: `a${cseq}`, callId: "secure", cseq, toTag: tag }));
    const ours = new RegExp(`a=crypto:4 ${SUITE} inline:(\\S+)`).exec(ok)?.[1];
    return { ok, toTag: tag, ours, port: Number(/m=audio (\d+)/.exec(ok)![1]) };
  }
  function speak(
    port: number,
    protection: ReturnType<typeof createPacketProtection>,
    sequence: number,
  ): void {
    const packet = writeRtp(
      { payloadType: 0, sequence, timestamp: sequence * 160, ssrc: 7, isMarked: false },
      new Uint8Array(160).fill(0x10),
      protection.trailerBytes,
    );
    protection.protect(packet);
    phone.send(packet, port, "127.0.0.1");
  }
  const isLoud = (frame: Int16Array) => Math.abs(frame[80]!) > 4_000;

  test.each(["RTP/SAVP", "RTP/AVP"])(
    "%s: hears us under our key, and is heard under its own; plain RTP is not",
    async (profile) => {
      const { ok, ours, port } = await agree(1, secure(1, profile));
      expect(ok).toContain(`${profile} 0`);
      const media = await answered();
      let loud = 0;
      media.onAudio((frame) => (loud += isLoud(frame) ? 1 : 0));
      const plain = createPacketProtection(undefined);
      for (let sequence = 1; sequence <= 6; sequence++) speak(port, plain, sequence);
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(loud).toBe(0);
      const protection = createPacketProtection({ suite: SUITE, sendKey: key(1), receiveKey: ours! });
      const heardByPhone = new Promise<Buffer | string>((resolve) =>
        phone.once("message", (bytes) => resolve(protection.open(bytes))),
      );
      for (let sequence = 1; sequence <= 6; sequence++) speak(port, protection, sequence);
      expect(await heardByPhone).toHaveLength(172);
      await expect.poll(() => loud).toBeGreaterThan(2);
      void leg.hangUp();
      peer.reply((await peer.waitFor(/^BYE/)).replace(/^BYE[^]*?\r\n/, "SIP/2.0 200 OK\r\n"));
    },
  );

  test("changes its key by re-INVITE: ours stays, and the old one is not heard any more", async () => {
    const first = await agree(1, secure(1));
    const media = await answered();
    const second = await agree(2, secure(2), first.toTag);
    expect(second.ours).toBe(first.ours);
    let loud = 0;
    media.onAudio((frame) => (loud += isLoud(frame) ? 1 : 0));
    const old = createPacketProtection({ suite: SUITE, sendKey: key(1), receiveKey: first.ours! });
    const next = createPacketProtection({ suite: SUITE, sendKey: key(2), receiveKey: first.ours! });
    for (let sequence = 1; sequence <= 6; sequence++) speak(first.port, old, sequence);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(loud).toBe(0);
    for (let sequence = 11; sequence <= 16; sequence++) speak(first.port, next, sequence);
    await expect.poll(() => loud).toBeGreaterThan(2);
  });
});
