import { afterEach, beforeEach, expect, test } from "vitest";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { systemClock } from "../../src/clock.ts";
import { createLogger } from "../../src/logger.ts";
import type { AnswerResult, InboundLeg } from "../../src/telephony/carrier.ts";
import type { SipCarrier } from "../../src/telephony/sip/sip-carrier.ts";
import { createLocalCarrier } from "../harness/local-carrier.ts";
import { rawOffer, rawRequest, toTagOf } from "../harness/raw-sip-peer.ts";

// SIP over a byte stream: framing, keep-alives, and connections that come and go.

let carrier: SipCarrier;
let socket: Socket;
let received: string;
let legs: InboundLeg[];
let onLeg: ((leg: InboundLeg) => void) | undefined;

beforeEach(async () => {
  legs = [];
  onLeg = undefined;
  carrier = createLocalCarrier({
    host: "127.0.0.1",
    port: 0,
    rtpPorts: { first: 21_700, last: 21_719 },
    clock: systemClock,
    logger: createLogger({ level: "silent" }),
    onLeg: (leg) => {
      legs.push(leg);
      onLeg?.(leg);
    },
  });
  await carrier.start();
  socket = await open();
});
afterEach(async () => {
  socket.destroy();
  await carrier.stop();
});

async function open(): Promise<Socket> {
  received = "";
  const opened = connect(carrier.port, "127.0.0.1");
  opened.setNoDelay(true);
  opened.on("data", (chunk) => (received += chunk.toString()));
  opened.on("error", () => undefined);
  await new Promise<void>((resolve) => opened.once("connect", resolve));
  return opened;
}

const options = (branch: string) =>
  rawRequest("OPTIONS", { port: 5060 }, { branch, callId: branch, protocol: "TCP" });
const answers = () => received.split("SIP/2.0 200 OK").length - 1;
const closed = () => new Promise<void>((resolve) => socket.once("close", () => resolve()));

test("messages arrive in pieces of any size, and several at once", async () => {
  for (const byte of options("a")) socket.write(byte);
  socket.write(options("b") + options("c") + options("d").slice(0, 50));
  await expect.poll(answers).toBe(3);
  socket.write(options("d").slice(50));
  await expect.poll(answers).toBe(4);
});

test("a keep-alive is answered (RFC 5626, 3.5.1)", async () => {
  socket.write("\r\n\r\n");
  await expect.poll(() => received).toBe("\r\n");
});

test.each([
  ["without Content-Length", options("e").replace("Content-Length: 0\r\n", "")],
  ["with a message over the limit", options("f").replace("Content-Length: 0", "Content-Length: 70000")],
  ["of headers without end", `OPTIONS sip:a SIP/2.0\r\nX: ${"x".repeat(70_000)}`],
])("a stream %s is closed and counted", async (_sentence, text) => {
  socket.write(text);
  await closed();
  expect(carrier.counters.malformedByKind.stream).toBe(1);
});

test("a call's way back: where the peer listens, and not the port of this connection", async () => {
  for (const [callId, port, listensAt] of [
    ["listens", 5_080, 5_080],
    ["default", 5_060, 5_060],
  ] as const) {
    const request = { branch: callId, callId, protocol: "TCP", body: rawOffer(21_790) } as const;
    const written = rawRequest("INVITE", { port }, request);
    socket.write(
      callId === "default" ? written.replace(`127.0.0.1:${port};transport`, "127.0.0.1;transport") : written,
    );
    await expect.poll(() => legs.at(-1)?.carrierCallId).toBe(callId);
    expect(legs.at(-1)!.peer).toEqual({ address: "127.0.0.1", port: listensAt, protocol: "TCP" });
    legs.at(-1)!.reject(486, "Busy Here");
  }
});

test("a message that makes no sense is skipped, and the next one answered", async () => {
  socket.write(options("g").replace(/From:.*\r\n/, "") + options("h"));
  await expect.poll(answers).toBe(1);
  expect(carrier.counters.malformedByKind.headers).toBe(1);
});

async function connectCall(contactPort: number): Promise<string> {
  const peer = { port: contactPort };
  const answering = new Promise<AnswerResult>((resolve) => (onLeg = (leg) => resolve(leg.answer())));
  const shared = { callId: "call", protocol: "TCP" as const };
  socket.write(rawRequest("INVITE", peer, { ...shared, branch: "i", body: rawOffer(21_750) }));
  await expect.poll(() => received).toContain("SIP/2.0 200 OK");
  const toTag = toTagOf(received.slice(received.indexOf("SIP/2.0 200 OK")));
  socket.write(rawRequest("ACK", peer, { ...shared, branch: "k", toTag }));
  expect(await answering).toMatchObject({ outcome: "answered" });
  return toTag;
}

test("the connection is gone when we hang up: a new one goes to the Contact", async () => {
  let bye = "";
  const connections: Socket[] = [];
  const server: Server = createServer((accepted) => {
    connections.push(accepted);
    accepted.on("data", (chunk) => (bye += chunk.toString()));
    accepted.on("error", () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await connectCall(port);
  socket.destroy();
  await closed();
  await new Promise((resolve) => setTimeout(resolve, 50));
  void legs[0]!.hangUp();
  await expect.poll(() => bye).toMatch(/^BYE sip:raw@127\.0\.0\.1/);
  for (const accepted of connections) accepted.destroy();
  await new Promise<void>((resolve) => server.close(() => resolve()));
});

test("the peer comes back by another connection: the call is the same", async () => {
  const toTag = await connectCall(5_060);
  socket.destroy();
  socket = await open();
  const bye = { branch: "bye", callId: "call", cseq: 2, toTag, protocol: "TCP" as const };
  socket.write(rawRequest("BYE", { port: 5_060 }, bye));
  await expect.poll(answers).toBe(1);
  expect(await legs[0]!.ended).toEqual({ cause: "remote-hangup" });
});
