import { createHash } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { createLogger } from "../../src/logger.ts";
import type { InboundLeg } from "../../src/telephony/carrier.ts";
import type { SipCarrier } from "../../src/telephony/sip/sip-carrier.ts";
import { createLocalCarrier } from "../harness/local-carrier.ts";
import { isLoud } from "../harness/fake-media.ts";
import { createRawSipPeer, rawOffer, rawRequest, rawResponse, toTagOf } from "../harness/raw-sip-peer.ts";
import { createReceiver, type ReceivedRequest, type Receiver } from "../harness/receiver.ts";
import {
  newDataDirectory,
  removeDataDirectory,
  startReadyServer,
  type RunningServer,
} from "../harness/server.ts";

// The server calls out over a trunk: a SIP stack in this process, or a peer that says exactly what it is told to.

const DESTINATION = "+31612345678";
const NUMBER = "+31850835037";
let dataDirectory: string;
let server: RunningServer;
let receiver: Receiver;
let callee: SipCarrier;
let onLeg: (leg: InboundLeg) => void;
let assistantId: string;
let numberId: string;

beforeAll(async () => {
  dataDirectory = await newDataDirectory();
  server = await startReadyServer(dataDirectory, { RATE_LIMIT_REQUESTS_PER_MINUTE: "0" });
  callee = createLocalCarrier({
    host: "127.0.0.1",
    port: 0,
    rtpPorts: { first: 22_300, last: 22_399 },
    clock: systemClock,
    logger: createLogger({ level: "silent" }),
    onLeg: (leg) => onLeg(leg),
  });
  await callee.start();
  assistantId = await make("assistants", "assistant", {
    name: "Desk",
    first_message: "Hello, this is the desk.",
    stt_config: { provider: "scripted", model: "script-1", language: "en", utterances: [] },
    llm_config: { provider: "scripted", model: "script-1", script: [] },
    tts_config: { provider: "local", voice_id: "en" },
  });
  numberId = await make("numbers", "number", {
    phone_number: NUMBER,
    transfer_trunk_id: await makeTrunk(callee.port),
  });
});
afterAll(async () => {
  await callee.stop();
  await server.end("SIGTERM");
  await removeDataDirectory(dataDirectory);
});
beforeEach(async () => {
  receiver = await createReceiver();
  receiver.behave = () => ({ answer: {} });
  await server.api("PATCH", "/settings/webhook", { url: receiver.url });
});
afterEach(() => receiver.close());

async function make(path: string, name: string, body: object): Promise<string> {
  const created = await server.api("POST", `/${path}`, body);
  return (created.body[name] as { id: string }).id;
}
const makeTrunk = (port: number, fields: object = {}) =>
  make("sip-trunks", "trunk", { name: "Test", provider: "test", address: `127.0.0.1:${port}`, ...fields });

async function place(fields: object = {}): Promise<string> {
  const order = { destination: DESTINATION, assistant_id: assistantId, ...fields };
  const { status, body } = await server.api("POST", "/calls/outbound", order);
  expect({ status, body }).toEqual({
    status: 201,
    body: { success: true, call_id: expect.any(String), status: "dialing" },
  });
  return body["call_id"] as string;
}
const getCall = async (id: string) => (await server.api("GET", `/calls/${id}`)).body;
const control = (id: string, command: object) => server.api("POST", `/calls/${id}/control`, command);
const isReport = ({ message }: ReceivedRequest) => message["type"] === "end-of-call-report";
const told = () =>
  receiver.requests.map(({ message }) => [message["type"], (message["call"] as { status: string }).status]);

/** Resolves with the next leg that rings at the callee's. */
const ringing = () => new Promise<InboundLeg>((resolve) => (onLeg = resolve));

test("a call from the request to the report: rings, is answered, is controlled, and ends by command", async () => {
  const incoming = ringing();
  const id = await place({ number_id: numberId });
  const leg = await incoming;
  expect(leg).toMatchObject({ calledNumber: DESTINATION, callerNumber: NUMBER });
  expect(await getCall(id)).toMatchObject({ direction: "outbound", status: "connecting", started_at: null });
  leg.ring();
  await expect.poll(async () => (await getCall(id))["status"]).toBe("ringing");
  const picked = await leg.answer();
  if (picked.outcome !== "answered") throw new Error("not answered");
  let heard = 0;
  picked.media.onAudio((frame) => isLoud(frame) && heard++);
  await expect.poll(() => heard, { timeout: 15_000 }).toBeGreaterThan(10);

  expect(
    (await control(id, { type: "inject-context", content: "Gold.", trigger_response: false })).status,
  ).toBe(200);
  expect((await control(id, { type: "say", content: "One moment please.", end_after: false })).body).toEqual({
    success: true,
    message: "Command sent successfully",
  });
  const said = async () => JSON.stringify((await getCall(id))["messages"]);
  await expect.poll(said, { timeout: 10_000 }).toContain("One moment please.");
  await control(id, { type: "end-call", message: "Goodbye then." });
  expect(await leg.ended).toEqual({ cause: "remote-hangup" });
  await receiver.waitFor(1, isReport);

  expect(told()).toEqual([
    ["status-update", "in-progress"],
    ["status-update", "ended"],
    ["end-of-call-report", "ended"],
  ]);
  const report = receiver.requests.at(-1)!.message;
  expect(report).toMatchObject({
    call: { id, type: "outbound_phone_call" },
    phone_number: { id: numberId, number: NUMBER },
    customer: { number: DESTINATION },
    end_reason: "ended_by_api",
    assistant: { id: assistantId },
  });
  expect((report["messages"] as { content: string }[]).map(({ content }) => content)).toEqual([
    "Hello, this is the desk.",
    "One moment please.",
    "Goodbye then.",
  ]);
  expect(await getCall(id)).toMatchObject({
    status: "ended",
    caller_phone: DESTINATION,
    assistant_phone: NUMBER,
    end_reason: "ended_by_api",
  });
  expect((await control(id, { type: "end-call" })).status).toBe(400);
});

test("say with end_after hangs up when it is said; a call of the callee's own end is a user's hang-up", async () => {
  for (const end of ["say", "callee"] as const) {
    const incoming = ringing();
    const id = await place();
    const leg = await incoming;
    await leg.answer();
    await expect.poll(async () => (await getCall(id))["status"]).toBe("in-progress");
    if (end === "say") await control(id, { type: "say", content: "Bye.", end_after: true });
    else await leg.hangUp();
    await expect
      .poll(async () => (await getCall(id))["end_reason"], { timeout: 10_000 })
      .toBe(end === "say" ? "ended_by_api" : "user_hangup");
  }
  await receiver.waitFor(2, isReport);
});

test.each([
  [486, "busy"],
  [480, "no_answer"],
  [603, "declined"],
  [404, "unreachable"],
  [503, "unreachable"],
])("refused with %d: failed, %s, and reported", async (statusCode, reason) => {
  const incoming = ringing();
  const id = await place();
  (await incoming).reject(statusCode, "No");
  await receiver.waitFor(1, isReport);
  expect(told()).toEqual([["end-of-call-report", "failed"]]);
  expect(receiver.requests[0]!.message).toMatchObject({ end_reason: reason, duration_seconds: 0 });
  expect(await getCall(id)).toMatchObject({
    status: "failed",
    end_reason: reason,
    error: expect.stringContaining(`(SIP ${statusCode})`),
    started_at: null,
  });
});

describe("a trunk that", () => {
  async function withPeer<T>(
    fields: object,
    run: (peer: Awaited<ReturnType<typeof createRawSipPeer>>) => Promise<T>,
  ) {
    const peer = await createRawSipPeer();
    await server.api("PATCH", `/numbers/${numberId}`, {
      transfer_trunk_id: await makeTrunk(peer.port, fields),
    });
    try {
      return await run(peer);
    } finally {
      await server.api("PATCH", `/numbers/${numberId}`, { transfer_trunk_id: await makeTrunk(callee.port) });
      await peer.close();
    }
  }

  test("asks for credentials gets them, and only their digest", () =>
    withPeer({ auth_username: "us", auth_password: "hush" }, async (peer) => {
      await place();
      const first = await peer.waitFor(/^INVITE/);
      const challenge = 'Digest realm="carrier", nonce="n1", qop="auth", algorithm=MD5';
      peer.reply(
        rawResponse(first, peer, { status: "407 Proxy Authentication Required", toTag: "a" }).replace(
          "Contact:",
          `Proxy-Authenticate: ${challenge}\r\nContact:`,
        ),
      );
      const second = await peer.waitFor(/^INVITE[^]*Proxy-Authorization/);
      const [, header = ""] = /^Proxy-Authorization: Digest (.*)$/im.exec(second)!;
      const fields = Object.fromEntries(
        [...header.matchAll(/(\w+)="?([^",]+)"?/g)].map(([, name, value]) => [name, value]),
      );
      const md5 = (text: string) => createHash("md5").update(text).digest("hex");
      const { nonce, nc, cnonce, uri } = fields;
      expect(fields["response"]).toBe(
        md5(`${md5("us:carrier:hush")}:${nonce}:${nc}:${cnonce}:auth:${md5(`INVITE:${uri}`)}`),
      );
      expect(second).not.toContain("hush");
      peer.reply(rawResponse(second, peer, { status: "486 Busy Here", toTag: "b" }));
      await receiver.waitFor(1, isReport);
    }));

  test("takes a transfer over: transferred", () =>
    withPeer({}, async (peer) => {
      const id = await place();
      const invite = await peer.waitFor(/^INVITE/);
      peer.reply(rawResponse(invite, peer, { status: "200 OK", toTag: "callee", body: rawOffer(22_390) }));
      await expect.poll(async () => (await getCall(id))["status"]).toBe("in-progress");
      await control(id, { type: "transfer", destination: "+31201234567" });
      const refer = await peer.waitFor(/^REFER/);
      expect(refer).toMatch(/^Refer-To: <sip:\+31201234567@127\.0\.0\.1>/im);
      peer.reply(rawResponse(refer, peer, { status: "202 Accepted" }));
      // In the dialog that the server has opened: what was its From is our To.
      const dialog = {
        callId: /^Call-ID: (\S+)/im.exec(invite)![1]!,
        fromTag: /^From:.*;tag=([^\s;]+)/im.exec(invite)![1]!,
      };
      const notify = rawRequest("NOTIFY", peer, {
        branch: "notify1",
        callId: dialog.callId,
        toTag: dialog.fromTag,
        body: "SIP/2.0 200 OK\r\n",
        contentType: "message/sipfrag;version=2.0",
        more: ["Event: refer", "Subscription-State: terminated;reason=noresource"],
      }).replace(/;tag=raw\S+/, ";tag=callee");
      peer.reply(notify);
      const bye = await peer.waitFor(/^BYE/);
      expect(toTagOf(bye)).toBe("callee");
      peer.reply(rawResponse(bye, peer, { status: "200 OK" }));
      await receiver.waitFor(1, isReport);
      expect(await getCall(id)).toMatchObject({ status: "transferred", end_reason: "transferred" });
    }));

  test("refuses a transfer keeps the call, which goes on with the assistant", () =>
    withPeer({}, async (peer) => {
      const id = await place();
      const invite = await peer.waitFor(/^INVITE/);
      peer.reply(rawResponse(invite, peer, { status: "200 OK", toTag: "callee", body: rawOffer(22_390) }));
      await expect.poll(async () => (await getCall(id))["status"]).toBe("in-progress");
      await control(id, { type: "transfer", destination: "sip:desk@pbx.example" });
      const refer = await peer.waitFor(/^REFER/);
      expect(refer).toMatch(/^Refer-To: <sip:desk@pbx\.example>/im);
      peer.reply(rawResponse(refer, peer, { status: "603 Decline" }));
      await control(id, { type: "end-call" });
      const bye = await peer.waitFor(/^BYE/);
      peer.reply(rawResponse(bye, peer, { status: "200 OK" }));
      await expect.poll(async () => (await getCall(id))["end_reason"]).toBe("ended_by_api");
      await receiver.waitFor(1, isReport);
    }));
});

test("a name that leads nowhere is a call that failed", async () => {
  await server.api("PATCH", `/numbers/${numberId}`, {
    transfer_trunk_id: await make("sip-trunks", "trunk", {
      name: "x",
      provider: "x",
      address: "nowhere.invalid",
    }),
  });
  const id = await place();
  await receiver.waitFor(1, isReport);
  expect(await getCall(id)).toMatchObject({ status: "failed", end_reason: "unreachable" });
});

test("minutes: a call costs what it took; without any left nothing goes out and nothing comes in", async () => {
  const { id: organizationId } = (await server.api("GET", "/organizations")).body;
  const set = (minutes: number | null) =>
    server.api("PATCH", `/organizations/${String(organizationId)}/minutes`, { minutes_balance: minutes });
  await server.api("PATCH", `/numbers/${numberId}`, { transfer_trunk_id: await makeTrunk(callee.port) });
  // Less than any call takes.
  await set(0.000_001);
  const incoming = ringing();
  const id = await place();
  const leg = await incoming;
  await leg.answer();
  await expect.poll(async () => (await getCall(id))["status"]).toBe("in-progress");
  await leg.hangUp();
  await receiver.waitFor(1, isReport);
  const { started_at: startedAt, ended_at: endedAt } = await getCall(id);
  const minutes = (Date.parse(String(endedAt)) - Date.parse(String(startedAt))) / 60_000;
  const balance = Number((await server.api("GET", "/organizations")).body["minutes_balance"]);
  expect(balance).toBeCloseTo(0.000_001 - minutes, 4);
  expect(balance).toBeLessThan(0);

  const refused = await server.api("POST", "/calls/outbound", {
    destination: DESTINATION,
    assistant_id: assistantId,
  });
  expect(refused).toMatchObject({ status: 402, body: { error: "Insufficient credits", balance } });

  const inbound = await callee.placeCall({
    to: NUMBER,
    from: DESTINATION,
    trunk: { address: "127.0.0.1", port: server.sipPort, protocol: "UDP" },
  });
  const answered = await inbound.answered;
  if (answered.outcome !== "answered") throw new Error("the refusal was not spoken");
  await new Promise<void>((resolve) => answered.media.onAudio((frame) => isLoud(frame) && resolve()));
  await inbound.ended;
  await receiver.waitFor(2, isReport);
  const { body } = await server.api("GET", "/calls?status=rejected");
  expect(body["calls"]).toMatchObject([{ end_reason: "insufficient_credits", direction: "inbound" }]);
  await set(null);
});
