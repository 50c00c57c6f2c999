import { afterEach, beforeEach, expect, test } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { createLogger } from "../../src/logger.ts";
import type { InboundLeg } from "../../src/telephony/carrier.ts";
import type { SipCarrier } from "../../src/telephony/sip/sip-carrier.ts";
import { createLocalCarrier } from "../harness/local-carrier.ts";
import { createRawSipPeer, rawOffer, rawRequest, toTagOf, type RawSipPeer } from "../harness/raw-sip-peer.ts";

// Found by `npm run fuzz:sip`: the second of these once left a leg, its RTP port and a repeated answer behind for ever.
let carrier: SipCarrier;
let peer: RawSipPeer;
let legs: InboundLeg[];

beforeEach(async () => {
  legs = [];
  carrier = createLocalCarrier({
    host: "127.0.0.1",
    port: 0,
    // Two calls' worth: the third finds no port if one is lost.
    rtpPorts: { first: 21_200, last: 21_203 },
    clock: systemClock,
    logger: createLogger({ level: "silent" }),
    onLeg(leg) {
      legs.push(leg);
      leg.ring();
      void leg.answer();
    },
  });
  await carrier.start();
  peer = await createRawSipPeer(carrier.port);
});
afterEach(async () => {
  await carrier.stop();
  await peer.close();
});

const invite = (callId: string) =>
  rawRequest("INVITE", peer, { branch: callId, callId, body: rawOffer(4_000) });

test.each([
  ["no Contact", (text: string) => text.replace(/^Contact:.*\r\n/m, "")],
  ["a body and no Content-Type", (text: string) => text.replace(/^Content-Type:.*\r\n/m, "")],
])("an INVITE with %s is refused, and leaves no port behind", async (_name, broken) => {
  for (let count = 1; count <= 3; count++) {
    const sent = broken(invite(`hostile${count}`));
    peer.send(sent);
    const refusal = await peer.waitFor(/^SIP\/2\.0 [4-6]/, count);
    expect(refusal).toMatch(/^SIP\/2\.0 400/);
    peer.send(
      sent
        .replace(/^INVITE/, "ACK")
        .replace("1 INVITE", "1 ACK")
        .replace(/Content-Length: \d+\r\n\r\n[^]*/, "Content-Length: 0\r\n\r\n"),
    );
  }
  // A proper one still finds a port.
  peer.send(invite("proper"));
  await peer.waitFor(/^SIP\/2\.0 200/);
  expect(legs.map(({ carrierCallId }) => carrierCallId)).toEqual(["proper"]);
});

test("a re-INVITE before the answer is acknowledged is refused: SIP.js would repeat that answer for ever", async () => {
  peer.send(invite("glare"));
  const answer = await peer.waitFor(/^SIP\/2\.0 200/);
  peer.send(
    rawRequest("INVITE", peer, {
      branch: "glare2",
      callId: "glare",
      cseq: 2,
      toTag: toTagOf(answer),
      body: rawOffer(4_000),
    }),
  );
  await peer.waitFor(/^SIP\/2\.0 491/);
});
