import { afterEach, beforeEach, expect, test } from "vitest";
import { createSocket } from "node:dgram";
import { createServer } from "node:net";
import { systemClock } from "../../src/clock.ts";
import { createLogger } from "../../src/logger.ts";
import { createSipCaller, type SipCaller } from "../../src/telephony/sip/sip-caller.ts";
import { createRawSipPeer, rawOffer, rawResponse, type RawSipPeer } from "../harness/raw-sip-peer.ts";

// The calling side against a peer that answers when, and what, it is told to.

let caller: SipCaller;
let peer: RawSipPeer;
let ringing: number;

beforeEach(async () => {
  ringing = 0;
  caller = createSipCaller({
    host: "127.0.0.1",
    rtpPorts: { first: 21_500, last: 21_539 },
    clock: systemClock,
    logger: createLogger({ level: "silent" }),
  });
  await caller.start();
  peer = await createRawSipPeer();
});
afterEach(async () => {
  await caller.stop();
  await peer.close();
});

const place = () =>
  caller.placeCall({
    to: "+31850835037",
    from: "+31612345678",
    trunk: { address: "127.0.0.1", port: peer.port, protocol: "UDP" },
    onRinging: () => ringing++,
  });
const reply = (request: string, status: string, body?: string) =>
  peer.reply(rawResponse(request, peer, { status, toTag: "callee", ...(body ? { body } : {}) }));
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const count = (pattern: RegExp) => peer.received.filter((text) => pattern.test(text)).length;

test("the INVITE is sent again until something comes back; ringing is told", async () => {
  const leg = await place();
  const invite = await peer.waitFor(/^INVITE/, 2);
  reply(invite, "180 Ringing");
  await expect.poll(() => ringing).toBe(1);
  await pause(1_100);
  expect(count(/^INVITE/)).toBe(2);
  reply(invite, "486 Busy Here");
  expect(await leg.answered).toEqual({ outcome: "failed", statusCode: 486 });
  await peer.waitFor(/^ACK/);
  // Its ACK was lost: the refusal comes again, and so does the ACK.
  reply(invite, "486 Busy Here");
  await peer.waitFor(/^ACK/, 2);
});

test("hanging up before the first answer: the CANCEL waits for it", async () => {
  const leg = await place();
  const invite = await peer.waitFor(/^INVITE/);
  const hungUp = leg.hangUp();
  await pause(100);
  expect(count(/^CANCEL/)).toBe(0);
  reply(invite, "100 Trying");
  const cancel = await peer.waitFor(/^CANCEL/);
  reply(cancel, "200 OK");
  reply(invite, "487 Request Terminated");
  await hungUp;
  expect(await leg.answered).toEqual({ outcome: "failed", statusCode: 487 });
  expect(ringing).toBe(0);
});

test("an answer that crosses the CANCEL is acknowledged and hung up", async () => {
  const leg = await place();
  const invite = await peer.waitFor(/^INVITE/);
  reply(invite, "180 Ringing");
  await expect.poll(() => ringing).toBe(1);
  const hungUp = leg.hangUp();
  await peer.waitFor(/^CANCEL/);
  reply(invite, "200 OK", rawOffer(21_550));
  await peer.waitFor(/^ACK/);
  const bye = await peer.waitFor(/^BYE/);
  reply(bye, "200 OK");
  await hungUp;
  expect(await leg.answered).toMatchObject({ outcome: "failed" });
});

test("a 200 that comes again is acknowledged again", async () => {
  const leg = await place();
  const invite = await peer.waitFor(/^INVITE/);
  reply(invite, "200 OK", rawOffer(21_550));
  reply(invite, "200 OK", rawOffer(21_550));
  await peer.waitFor(/^ACK/, 2);
  expect(await leg.answered).toMatchObject({ outcome: "answered" });
  void leg.hangUp();
  reply(await peer.waitFor(/^BYE/), "200 OK");
  expect(await leg.ended).toEqual({ cause: "local" });
});

test("an answer without usable audio is hung up", async () => {
  const leg = await place();
  reply(await peer.waitFor(/^INVITE/), "200 OK", rawOffer(21_550, "m=audio PORT RTP/AVP 9"));
  await peer.waitFor(/^ACK/);
  await peer.waitFor(/^BYE/);
  expect(await leg.answered).toEqual({ outcome: "failed", statusCode: 488 });
});

test("early media (183) is ringing: nothing is sent, and nobody has answered", async () => {
  const phone = createSocket("udp4");
  await new Promise<void>((resolve) => phone.bind(0, "127.0.0.1", resolve));
  let packets = 0;
  phone.on("message", () => packets++);
  const leg = await place();
  let isAnswered = false;
  void leg.answered.then(() => (isAnswered = true));
  const invite = await peer.waitFor(/^INVITE/);
  reply(invite, "183 Session Progress", rawOffer(phone.address().port));
  await expect.poll(() => ringing).toBe(1);
  await pause(150);
  expect({ packets, isAnswered }).toEqual({ packets: 0, isAnswered: false });
  reply(invite, "200 OK", rawOffer(phone.address().port));
  expect(await leg.answered).toMatchObject({ outcome: "answered" });
  await expect.poll(() => packets).toBeGreaterThan(2);
  void leg.hangUp();
  reply(await peer.waitFor(/^BYE/), "200 OK");
  await leg.ended;
  await new Promise<void>((resolve) => phone.close(() => resolve()));
});

test("a refusal after early media is a refusal", async () => {
  const leg = await place();
  const invite = await peer.waitFor(/^INVITE/);
  reply(invite, "183 Session Progress", rawOffer(21_550));
  reply(invite, "486 Busy Here");
  expect(await leg.answered).toEqual({ outcome: "failed", statusCode: 486 });
});

test.each<[string[] | undefined, boolean]>([
  [undefined, true],
  [["Allow: INVITE, ACK, BYE"], false],
  [["Allow: INVITE, ACK, BYE, REFER"], true],
])("an answer with %j takes transfers: %s", async (headers, takesTransfers) => {
  const leg = await place();
  const answer = rawResponse(await peer.waitFor(/^INVITE/), peer, {
    status: "200 OK",
    toTag: "callee",
    body: rawOffer(21_550),
  });
  peer.reply(headers ? answer.replace("Contact:", `${headers.join("\r\n")}\r\nContact:`) : answer);
  await leg.answered;
  expect(leg.takesTransfers).toBe(takesTransfers);
  void leg.hangUp();
  reply(await peer.waitFor(/^BYE/), "200 OK");
});

test("a SIP URI goes to the trunk as it is", async () => {
  const leg = await caller.placeCall({
    to: "sip:desk@pbx.example;transport=tcp",
    from: "+31612345678",
    trunk: { address: "127.0.0.1", port: peer.port, protocol: "UDP" },
  });
  const invite = await peer.waitFor(/^INVITE/);
  expect(invite).toMatch(/^INVITE sip:desk@pbx\.example;transport=tcp SIP/);
  expect(invite).toMatch(/^To: <sip:desk@pbx\.example/im);
  reply(invite, "404 Not Found");
  expect(await leg.answered).toEqual({ outcome: "failed", statusCode: 404 });
});

test("a redirect is not followed", async () => {
  const leg = await place();
  reply(await peer.waitFor(/^INVITE/), "302 Moved Temporarily");
  expect(await leg.answered).toEqual({ outcome: "failed", statusCode: 302 });
});

test("nobody listens over TCP: 503", async () => {
  const server = createServer();
  const port = await new Promise<number>((resolve) =>
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : 0);
    }),
  );
  await new Promise<void>((resolve) => server.close(() => resolve()));
  const leg = await caller.placeCall({
    to: "1",
    from: "2",
    trunk: { address: "127.0.0.1", port, protocol: "TCP" },
  });
  expect(await leg.answered).toMatchObject({ outcome: "failed", statusCode: 503 });
});

test("stopping with a call that nobody answers closes everything", async () => {
  const leg = await place();
  await peer.waitFor(/^INVITE/);
  await caller.stop();
  expect(await leg.ended).toEqual({ cause: "local" });
});
