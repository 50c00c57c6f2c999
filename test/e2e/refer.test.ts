import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import {
  createRawSipPeer,
  rawOffer,
  rawRequest,
  rawResponse,
  toTagOf,
  type RawSipPeer,
} from "../harness/raw-sip-peer.ts";
import { createReceiver, type ReceivedRequest, type Receiver } from "../harness/receiver.ts";
import {
  newDataDirectory,
  removeDataDirectory,
  startReadyServer,
  type RunningServer,
} from "../harness/server.ts";

// A caller's exchange that knows REFER, or does not, and does with it what exchanges do.

/** Several processes share the machine with others. */
const PATIENCE = { timeout: 10_000 };
const NUMBER = "+31850835037";
const DESK = "+31201234567";
let dataDirectory: string;
let server: RunningServer;
let receiver: Receiver;
let peer: RawSipPeer;
let calls = 0;

beforeAll(async () => {
  dataDirectory = await newDataDirectory();
  server = await startReadyServer(dataDirectory, {
    RATE_LIMIT_REQUESTS_PER_MINUTE: "0",
    RTP_PORT_RANGE: "22500-22549",
  });
  const created = await server.api("POST", "/assistants", {
    name: "Reception",
    stt_config: { provider: "scripted", model: "script-1", language: "en", utterances: [] },
    llm_config: { provider: "scripted", model: "script-1", script: [] },
    tts_config: { provider: "local", voice_id: "en" },
  });
  // Without a transfer trunk: calls go back to where they came from.
  await server.api("POST", "/numbers", {
    phone_number: NUMBER,
    agent_id: (created.body["assistant"] as { id: string }).id,
  });
});
afterAll(async () => {
  await server.end("SIGTERM");
  await removeDataDirectory(dataDirectory);
});
beforeEach(async () => {
  receiver = await createReceiver();
  receiver.behave = () => ({ answer: {} });
  await server.api("PATCH", "/settings/webhook", { url: receiver.url });
  peer = await createRawSipPeer(server.sipPort);
});
afterEach(async () => {
  await peer.close();
  await receiver.close();
});

const isReport = ({ message }: ReceivedRequest) => message["type"] === "end-of-call-report";
const getCall = async (id: string) => (await server.api("GET", `/calls/${id}`)).body;
const said = async (id: string) =>
  ((await getCall(id))["messages"] as { content: string }[]).map(({ content }) => content);

async function call(allow: string) {
  const callId = `refer${++calls}`;
  const branch = `${callId}-1`;
  const more = [`Allow: ${allow}`];
  peer.send(rawRequest("INVITE", peer, { branch, callId, body: rawOffer(22_590), more }));
  const toTag = toTagOf(await peer.waitFor(/^SIP\/2\.0 200 [^]*CSeq: 1 INVITE/));
  peer.send(rawRequest("ACK", peer, { branch: `${callId}-2`, callId, toTag }));
  const { id } = receiver.requests[0]!.message["call"] as { id: string };
  await expect.poll(async () => (await getCall(id))["status"], PATIENCE).toBe("in-progress");
  let cseq = 1;
  /** A request inside the call. */
  const send = (method: string, sipfrag = "") =>
    peer.send(
      rawRequest(method, peer, {
        branch: `${callId}-in-${++cseq}`,
        callId,
        cseq,
        toTag,
        ...(sipfrag && {
          body: sipfrag,
          contentType: "message/sipfrag;version=2.0",
          more: ["Event: refer", "Subscription-State: active;expires=60"],
        }),
      }),
    );
  const transfer = () => server.api("POST", `/calls/${id}/control`, { type: "transfer", destination: DESK });
  const reply = (request: string, status: string) =>
    peer.send(rawResponse(request, peer, { status, toTag: "peer" }));
  /** Nothing has come of it: the caller hears so, and the call goes on until the caller ends it. */
  async function expectBack(): Promise<void> {
    const apology = expect.stringContaining("could not put you through");
    await expect.poll(() => said(id), { timeout: 15_000 }).toEqual([apology]);
    expect(await getCall(id)).toMatchObject({ status: "in-progress" });
    send("BYE");
    await receiver.waitFor(1, isReport);
    expect(await getCall(id)).toMatchObject({ status: "ended", end_reason: "user_hangup" });
  }
  async function expectTransferred(): Promise<void> {
    await receiver.waitFor(1, isReport);
    expect(await getCall(id)).toMatchObject({ status: "transferred", end_reason: "transferred" });
  }
  return { id, send, reply, transfer, expectBack, expectTransferred };
}

const KNOWS = "INVITE, ACK, BYE, CANCEL, REFER, NOTIFY";

test("accepted, and the destination answers: we hang up", async () => {
  const { send, reply, transfer, expectTransferred } = await call(KNOWS);
  await transfer();
  const refer = await peer.waitFor(/^REFER/);
  expect(refer).toMatch(/^Refer-To: <sip:\+31201234567@127\.0\.0\.1>/im);
  reply(refer, "202 Accepted");
  send("NOTIFY", "SIP/2.0 200 OK\r\n");
  reply(await peer.waitFor(/^BYE/), "200 OK");
  await expectTransferred();
});

test("accepted, Trying, and a BYE: it has somebody else to talk to", async () => {
  const { send, reply, transfer, expectTransferred } = await call(KNOWS);
  await transfer();
  reply(await peer.waitFor(/^REFER/), "202 Accepted");
  send("NOTIFY", "SIP/2.0 100 Trying\r\n");
  await peer.waitFor(/^SIP\/2\.0 200 [^]*NOTIFY/);
  send("BYE");
  await expectTransferred();
});

test.each(["486 Busy Here", "503 Service Unavailable"])("accepted, and then %s: back", async (status) => {
  const { send, reply, transfer, expectBack } = await call(KNOWS);
  await transfer();
  reply(await peer.waitFor(/^REFER/), "202 Accepted");
  send("NOTIFY", "SIP/2.0 100 Trying\r\n");
  send("NOTIFY", `SIP/2.0 ${status}\r\n`);
  await expectBack();
  // The destination was tried and has said no: it is not called once more.
  expect(peer.received.filter((text) => text.startsWith("INVITE"))).toEqual([]);
});

test("refused: called by a second leg, the way that the call came; the next time at once", async () => {
  const { id, send, reply, transfer } = await call(KNOWS);
  await transfer();
  reply(await peer.waitFor(/^REFER/), "405 Method Not Allowed");
  const invite = await peer.waitFor(/^INVITE/);
  expect(invite).toMatch(/^INVITE sip:\+31201234567@127\.0\.0\.1/);
  expect(invite).toMatch(/^From: <sip:\+31850835037@/im);
  reply(invite, "486 Busy Here");
  await expect.poll(() => said(id), { timeout: 15_000 }).toHaveLength(1);
  await transfer();
  reply(await peer.waitFor(/^INVITE[^]*CSeq: \d+ INVITE/, 2), "486 Busy Here");
  expect(peer.received.filter((text) => text.startsWith("REFER"))).toHaveLength(1);
  send("BYE");
  await receiver.waitFor(1, isReport);
});

test("a peer that does not allow REFER is not asked", async () => {
  const { reply, transfer, expectBack } = await call("INVITE, ACK, BYE, CANCEL");
  await transfer();
  const invite = await peer.waitFor(/^INVITE/);
  reply(invite, "486 Busy Here");
  expect(peer.received.filter((text) => text.startsWith("REFER"))).toEqual([]);
  await expectBack();
});
