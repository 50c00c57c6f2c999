import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { OutboundLeg } from "../../src/telephony/carrier.ts";
import type { SipCaller } from "../../src/telephony/sip/sip-caller.ts";
import { startCaller } from "../harness/caller.ts";
import {
  API_KEY,
  newDataDirectory,
  removeDataDirectory,
  startReadyServer,
  type RunningServer,
} from "../harness/server.ts";
import { createRawSipPeer, rawOffer, rawRequest, toTagOf, type RawSipPeer } from "../harness/raw-sip-peer.ts";
import { createTrunkPeer, type TrunkPeer } from "../harness/trunk-peer.ts";

// The server as it stands on the internet: nobody calls in but its trunks. 127.0.0.1 is the address of one.

const NUMBER = "+31850835037";
let dataDirectory: string;
let server: RunningServer;
let caller: SipCaller;
let assistantId: string;
let trunks: string[] = [];
let peer: TrunkPeer | undefined;

beforeAll(async () => {
  dataDirectory = await newDataDirectory();
  server = await startReadyServer(dataDirectory, {
    SIP_ALLOWED_SOURCES: "none",
    RATE_LIMIT_REQUESTS_PER_MINUTE: "0",
  });
  assistantId = await make("assistants", "assistant", {
    name: "Desk",
    first_message: "Hello.",
    stt_config: { provider: "scripted", model: "script-1", language: "en", utterances: [] },
    llm_config: { provider: "scripted", model: "script-1", script: [] },
    tts_config: { provider: "local", voice_id: "en" },
  });
  await make("numbers", "number", { phone_number: NUMBER, agent_id: assistantId });
  caller = await startCaller({ first: 22_300, last: 22_339 });
});
afterEach(async () => {
  for (const id of trunks) await server.api("DELETE", `/sip-trunks/${id}`);
  trunks = [];
  await peer?.close();
  peer = undefined;
});
afterAll(async () => {
  await caller.stop();
  await server.end("SIGTERM");
  await removeDataDirectory(dataDirectory);
});

async function make(path: string, name: string, body: object): Promise<string> {
  const created = await server.api("POST", `/${path}`, body);
  if (created.status !== 201) throw new Error(JSON.stringify(created.body));
  return (created.body[name] as { id: string }).id;
}
async function makeTrunk(fields: object): Promise<string> {
  const id = await make("sip-trunks", "trunk", { name: "T", provider: "t", ...fields });
  trunks.push(id);
  return id;
}
const getTrunk = async (id: string) =>
  (await server.api("GET", `/sip-trunks/${id}`)).body["trunk"] as Record<string, unknown>;
const place = (credentials?: { username: string; password: string }): Promise<OutboundLeg> =>
  caller.placeCall({
    to: NUMBER,
    from: "+31612345678",
    trunk: { address: "127.0.0.1", port: server.sipPort, protocol: "UDP", credentials },
  });
const outcome = async (leg: OutboundLeg) => {
  const pickUp = await leg.answered;
  if (pickUp.outcome === "failed") return pickUp.statusCode;
  await leg.hangUp();
  return pickUp.outcome;
};
const soon = { timeout: 10_000, interval: 200 };

test("a trunk's calls are taken within seconds of its making, nobody's before or after, and all are counted", async () => {
  expect(await outcome(await place())).toBe(403);
  // By the list; the trunk's own address is somewhere else.
  const id = await makeTrunk({ address: "192.0.2.1", inbound_addresses: ["127.0.0.0/8"] });
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(await outcome(await place())).toBe("answered");
  await server.api("DELETE", `/sip-trunks/${id}`);
  trunks = [];
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(await outcome(await place())).toBe(403);
  const metrics = await fetch(`${new URL(server.apiUrl).origin}/metrics`, {
    headers: { authorization: `Bearer ${API_KEY}` },
  });
  expect(await metrics.text()).toContain('switchhook_sip_unknown_sources_total{outcome="refused"} 2');
});

test("by digest; and no faster than was agreed", async () => {
  await makeTrunk({
    address: "192.0.2.1",
    auth_username: "pbx",
    auth_password: "hush",
    inbound_auth: "digest",
    calls_per_second: 1,
  });
  const credentials = { username: "pbx", password: "hush" };
  // Once: who asks again and again before the trunk is known is silenced for a minute.
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  const both = await Promise.all([place(credentials), place(credentials)]);
  expect(new Set(await Promise.all(both.map(outcome)))).toEqual(new Set([503, "answered"]));
  expect(await outcome(await place({ ...credentials, password: "guess" }))).toBe(401);
});

test("another organization's number does not exist for a trunk", async () => {
  const { body } = await server.api("POST", "/organizations", { name: "Other" });
  const key = body["api_key"] as string;
  const response = await fetch(`${server.apiUrl}/sip-trunks`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ name: "Theirs", provider: "x", address: "127.0.0.1" }),
  });
  expect(response.status).toBe(201);
  await expect.poll(async () => outcome(await place()), soon).toBe(404);
  const mine = await makeTrunk({ address: "127.0.0.1" });
  await expect.poll(async () => outcome(await place()), soon).toBe("answered");
  expect(await getTrunk(mine)).toMatchObject({ inbound_auth: "address" });
  const { trunk } = (await response.json()) as { trunk: { id: string } };
  await fetch(`${server.apiUrl}/sip-trunks/${trunk.id}`, {
    method: "DELETE",
    headers: { authorization: `Bearer ${key}` },
  });
});

test("of two trunks at one address, the one whose port a call comes from has it", async () => {
  const peers = await Promise.all([0, 1, 2].map(() => createRawSipPeer(server.sipPort)));
  const [encrypted, plain, other] = peers as [RawSipPeer, RawSipPeer, RawSipPeer];
  // The first that was made is the one that would be taken; a call without keys shows which it was.
  await makeTrunk({ address: `127.0.0.1:${encrypted.port}`, srtp: "require" });
  await makeTrunk({ address: `127.0.0.1:${plain.port}` });
  let calls = 0;
  const call = async (from: RawSipPeer): Promise<string> => {
    const callId = `port-${++calls}`;
    const shared = { callId, branch: callId };
    from.send(rawRequest("INVITE", from, { ...shared, body: rawOffer(22_340) }));
    const final = new RegExp(`^SIP/2\\.0 [2-6][^]*Call-ID: ${callId}\\r`);
    const answer = await from.waitFor(final);
    const toTag = toTagOf(answer);
    const isAnswered = answer.startsWith("SIP/2.0 200");
    // A refusal's ACK belongs to the INVITE's transaction (RFC 3261, 17.1.1.3); the answer's is one of its own.
    const branch = isAnswered ? `${callId}-ack` : callId;
    from.send(rawRequest("ACK", from, { callId, branch, toTag }));
    if (isAnswered) from.send(rawRequest("BYE", from, { callId, branch: `${callId}-bye`, toTag, cseq: 2 }));
    return answer.slice(8, 11);
  };
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(await call(encrypted)).toBe("488");
  expect(await call(plain)).toBe("200");
  // From the port of neither: the oldest, whatever else its calls are.
  expect(await call(other)).toBe("488");
  await Promise.all(peers.map((one) => one.close()));
});

test("what is known of a trunk is shown; a call that it fails says so, and the pace is kept", async () => {
  const trunk = (peer = await createTrunkPeer("udp"));
  trunk.onRequest = (request) => {
    if (request.method === "REGISTER")
      request.reply("200 OK", [`Contact: ${request.header("Contact")};expires=120`]);
    else if (request.method === "OPTIONS") request.reply("200 OK");
    else if (request.method !== "ACK") request.reply("503 Service Unavailable");
  };
  const id = await makeTrunk({
    address: `127.0.0.1:${trunk.port}`,
    auth_username: "us",
    auth_password: "hush",
    register: true,
    calls_per_second: 1,
  });
  expect(await getTrunk(id)).toMatchObject({
    reachability: { state: "unknown" },
    registration: { state: "pending" },
  });
  await expect
    .poll(() => getTrunk(id), soon)
    .toMatchObject({
      reachability: { state: "up", last_status: 200, last_error: null, latency_ms: expect.any(Number) },
      registration: { state: "registered", last_status: 200, expires_at: expect.any(String) },
    });

  const numberId = await make("numbers", "number", { phone_number: "+31850000009", transfer_trunk_id: id });
  const order = { destination: "+31612345678", assistant_id: assistantId, number_id: numberId };
  const placed = await Promise.all(
    Array.from({ length: 8 }, () => server.api("POST", "/calls/outbound", order)),
  );
  const errors = async () =>
    Promise.all(
      placed.map(
        async ({ body }) => (await server.api("GET", `/calls/${body["call_id"] as string}`)).body["error"],
      ),
    );
  await expect.poll(errors, { timeout: 15_000, interval: 500 }).not.toContain(null);
  const said = await errors();
  // Six within five seconds, the first at once; a seventh if they were begun slowly.
  const refused = said.filter((error) => String(error).startsWith("The trunk takes 1 calls a second"));
  expect(refused.length).toBeGreaterThanOrEqual(1);
  expect(refused.length).toBeLessThanOrEqual(2);
  const invites = trunk.requests.filter(({ method }) => method === "INVITE");
  expect(new Set(invites.map((request) => request.header("Call-ID"))).size).toBe(8 - refused.length);

  // A clean end takes the registration back.
  await server.api("DELETE", `/sip-trunks/${id}`);
  trunks = [];
  await expect
    .poll(() => trunk.requests.filter((request) => request.header("Expires") === "0").length, soon)
    .toBe(1);
}, 40_000);
