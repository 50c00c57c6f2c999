import { createSocket } from "node:dgram";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { createLogger } from "../../src/logger.ts";
import type { InboundLeg } from "../../src/telephony/carrier.ts";
import { createAudioCodec } from "../../src/telephony/codec/create-codec.ts";
import { createPublicAddress, type NatSettings } from "../../src/telephony/nat/public-address-loop.ts";
import { askStunOnce } from "../../src/telephony/nat/stun-client.ts";
import { writeAudioRtp } from "../../src/telephony/rtp/rtp-packet.ts";
import type { SipCarrier } from "../../src/telephony/sip/sip-carrier.ts";
import { createLocalCarrier } from "../harness/local-carrier.ts";
import { createManualClock } from "../harness/manual-clock.ts";
import { createRawSipPeer, rawOffer, rawRequest, toTagOf, type RawSipPeer } from "../harness/raw-sip-peer.ts";
import { createStunServer, type StunTestServer } from "../harness/stun-server.ts";

const logger = createLogger({ level: "silent" });
const PUBLIC = "203.0.113.7";
const STRANGER = "198.51.100.20";

describe("STUN", () => {
  let server: StunTestServer;
  beforeEach(async () => {
    server = await createStunServer();
  });
  afterEach(() => server.close());
  const at = () => ({ host: "127.0.0.1", port: server.port });
  const settings = (more: Partial<NatSettings> = {}): NatSettings => ({
    publicAddress: "auto",
    stunServers: [at()],
    localNetworks: undefined,
    ...more,
  });

  test("tells where a socket is seen", async () => {
    expect(await askStunOnce(at(), systemClock)).toMatchObject({
      outcome: "mapped",
      mapped: { address: "127.0.0.1" },
    });
  });

  test("a request that is lost is sent again", async () => {
    server.says = (seen) => (server.requests === 1 ? undefined : seen);
    expect(await askStunOnce(at(), systemClock)).toMatchObject({ outcome: "mapped" });
    expect(server.requests).toBe(2);
  });

  test("a name that is none is told, not thrown", async () => {
    expect(await askStunOnce({ host: "no-such-host.invalid", port: 3_478 }, systemClock)).toMatchObject({
      outcome: "failed",
      detail: expect.stringContaining("no-such-host.invalid cannot be resolved"),
    });
  });

  test("finds the public address for outside peers, asks again, and keeps the last where nobody answers", async () => {
    const clock = createManualClock();
    server.says = ({ port }) => ({ address: PUBLIC, port });
    const ask = () => askStunOnce(at(), systemClock);
    let answers = 0;
    const found = createPublicAddress({
      settings: settings(),
      clock,
      logger,
      ask: async () => {
        const answer = server.other ? { outcome: "failed" as const, detail: "told to" } : await ask();
        answers++;
        return answer;
      },
    });
    expect(found.towards(STRANGER)).toBeUndefined();
    await found.start();
    expect(["127.0.0.1", "10.0.0.5", "192.168.1.1", STRANGER].map((peer) => found.towards(peer))).toEqual([
      undefined,
      undefined,
      undefined,
      PUBLIC,
    ]);
    server.says = ({ port }) => ({ address: "203.0.113.8", port });
    clock.advance(5 * 60_000);
    await expect.poll(() => found.towards(STRANGER)).toBe("203.0.113.8");
    server.other = { address: "127.0.0.1", port: 1 };
    clock.advance(5 * 60_000);
    await expect.poll(() => answers).toBe(3);
    expect(found.towards(STRANGER)).toBe("203.0.113.8");
    found.stop();
  });

  test("networks of one's own are told the local address, and a private one is outside where it is not listed", async () => {
    const fixed = createPublicAddress({
      settings: settings({
        publicAddress: PUBLIC,
        localNetworks: [{ address: "198.51.100.0", prefixLength: 24 }],
      }),
      clock: createManualClock(),
      logger,
    });
    await fixed.start();
    expect([STRANGER, "10.0.0.5", "127.0.0.1"].map((peer) => fixed.towards(peer))).toEqual([
      undefined,
      PUBLIC,
      undefined,
    ]);
    expect(server.requests).toBe(0);
  });
});

describe("a phone behind a NAT", () => {
  let carrier: SipCarrier;
  let peer: RawSipPeer;
  let answering: Promise<Awaited<ReturnType<InboundLeg["answer"]>>>;
  beforeEach(async () => {
    const asked = Promise.withResolvers<Awaited<ReturnType<InboundLeg["answer"]>>>();
    answering = asked.promise;
    carrier = createLocalCarrier({
      host: "127.0.0.1",
      port: 0,
      rtpPorts: { first: 22_150, last: 22_159 },
      publicAddress: createPublicAddress({
        settings: { publicAddress: PUBLIC, stunServers: [], localNetworks: undefined },
        clock: systemClock,
        logger,
      }),
      clock: systemClock,
      logger,
      onLeg: (leg) => asked.resolve(leg.answer()),
    });
    await carrier.start();
    peer = await createRawSipPeer(carrier.port);
  });
  afterEach(async () => {
    await carrier.stop();
    await peer.close();
  });

  test("names an address that is not where its audio comes from: both are heard all the same", async () => {
    const phone = createSocket("udp4");
    await new Promise<void>((resolve) => phone.bind(0, "127.0.0.1", resolve));
    const heard: Buffer[] = [];
    phone.on("message", (bytes) => heard.push(bytes));
    // Nobody is at that address, as with a private one behind a NAT; loopback, so that the test stays on this machine.
    const body = rawOffer(9, "m=audio PORT RTP/AVP 0\r\nc=IN IP4 127.0.0.77");
    peer.send(rawRequest("INVITE", peer, { branch: "n", callId: "nat", body }));
    const ok = await peer.waitFor(/^SIP\/2.0 200/);
    expect(ok).toContain("c=IN IP4 127.0.0.1");
    const port = Number(/m=audio (\d+)/.exec(ok)![1]);
    peer.send(rawRequest("ACK", peer, { branch: "na", callId: "nat", toTag: toTagOf(ok) }));
    const result = await answering;
    if (result.outcome !== "answered") throw new Error(result.outcome);
    let loud = 0;
    result.media.onAudio((frame) => (loud += Math.abs(frame[0]!) > 4_000 ? 1 : 0));
    const codec = createAudioCodec("PCMU");
    for (let sequence = 1; sequence <= 6; sequence++) {
      const header = { payloadType: 0, sequence, timestamp: sequence * 160, ssrc: 7, isMarked: false };
      phone.send(writeAudioRtp(header, codec, new Int16Array(160).fill(8_000))!, port, "127.0.0.1");
    }
    await expect.poll(() => loud).toBeGreaterThan(2);
    await expect.poll(() => heard.length).toBeGreaterThan(2);
    await new Promise<void>((resolve) => phone.close(() => resolve()));
  });
});
