import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { createLogger } from "../../src/logger.ts";
import { createEspeak, type Espeak } from "../../src/speech/tts/espeak.ts";
import type { CallMedia, InboundLeg, OutboundLeg } from "../../src/telephony/carrier.ts";
import type { SipCaller } from "../../src/telephony/sip/sip-caller.ts";
import type { SipCarrier } from "../../src/telephony/sip/sip-carrier.ts";
import { verifySignature } from "../../src/webhooks/signature.ts";
import { placeAnsweredCall, placeCall, startCaller } from "../harness/caller.ts";
import { telephoneSpeech } from "../harness/conversation.ts";
import { listenTo, type Ear } from "../harness/ear.ts";
import { createLocalCarrier } from "../harness/local-carrier.ts";
import { createReceiver, type ReceivedRequest, type Receiver } from "../harness/receiver.ts";
import {
  newDataDirectory,
  removeDataDirectory,
  startReadyServer,
  type RunningServer,
} from "../harness/server.ts";
import { tone } from "../harness/tone.ts";

// Calls over SIP that a workflow drives: the caller, the server, a webhook receiver, and a desk behind a trunk.

const DESK = "+31201234567";
const RINGBACK_HZ = 425;
let dataDirectory: string;
let server: RunningServer;
let receiver: Receiver;
let caller: SipCaller;
let desk: SipCarrier;
let onLeg: (leg: InboundLeg) => void;
let espeak: Espeak;
let secret: string;
let trunkId: string;
let numbers = 0;

beforeAll(async () => {
  dataDirectory = await newDataDirectory();
  server = await startReadyServer(dataDirectory, {
    RATE_LIMIT_REQUESTS_PER_MINUTE: "0",
    RTP_PORT_RANGE: "23500-23599",
  });
  const settings = await server.api("GET", "/settings/webhook");
  ({ secret } = settings.body["webhook"] as { secret: string });
  espeak = createEspeak();
  caller = await startCaller({ first: 23_400, last: 23_449 });
  desk = createLocalCarrier({
    host: "127.0.0.1",
    port: 0,
    rtpPorts: { first: 23_450, last: 23_499 },
    onLeg: (leg) => onLeg(leg),
    clock: systemClock,
    logger: createLogger({ level: "silent" }),
  });
  await desk.start();
  trunkId = await make("sip-trunks", "trunk", {
    name: "Desk",
    provider: "test",
    address: `127.0.0.1:${desk.port}`,
  });
});
afterAll(async () => {
  await Promise.all([caller.stop(), desk.stop(), espeak.stop()]);
  await server.end("SIGTERM");
  await removeDataDirectory(dataDirectory);
});
beforeEach(async () => {
  receiver = await createReceiver();
  await server.api("PATCH", "/settings/webhook", { url: receiver.url });
});
afterEach(() => receiver.close());

async function make(path: string, name: string, body: object): Promise<string> {
  const created = await server.api("POST", `/${path}`, body);
  if (created.status !== 201) throw new Error(JSON.stringify(created.body));
  return (created.body[name] as { id: string }).id;
}

const providers = {
  stt_config: {
    provider: "scripted",
    model: "script-1",
    language: "en",
    utterances: ["My order.", "A person please.", "Bye."],
  },
  llm_config: {
    provider: "scripted",
    model: "script-1",
    script: [
      { on: "user", match: "order", tool: { name: "go_to_find" } },
      { on: "user", match: "person", tool: { name: "go_to_desk" } },
      { on: "user", match: "person", tool: { name: "go_to_bye" } },
      { on: "node", match: "answer", say: "Your order is {{result.status}}.{{error}}" },
      { on: "node", match: "talk", say: "What else?" },
    ],
  },
  tts_config: { provider: "local", voice_id: "en" },
};
const assistant = { name: "Desk", first_message: "This is the assistant.", ...providers };
const orders = {
  version: 1,
  entry_node: "talk",
  global_prompt: "You are the desk.",
  nodes: [
    { id: "talk", type: "conversation", instructions: "Ask what it is about.", first_line: "Hello, orders." },
    {
      id: "find",
      type: "tool",
      tool_name: "find_order",
      arguments: { by: "phone" },
      first_line: "I am looking it up.",
    },
    { id: "answer", type: "conversation", instructions: "Tell the status." },
    { id: "desk", type: "transfer", destination: DESK, first_line: "I put you through." },
  ],
  edges: [
    { from: "talk", to: "find", description: "Wants an order", message: "Of course." },
    { from: "find", to: "answer" },
    { from: "answer", to: "desk", description: "Wants a person", message: "" },
  ],
};
/** As `orders`, with a goodbye where a person is wanted. */
const goodbyes = (firstLine: string | null) => ({
  ...orders,
  nodes: [...orders.nodes.slice(0, 3), { id: "bye", type: "end", first_line: firstLine }],
  edges: [...orders.edges.slice(0, 2), { from: "answer", to: "bye", description: "Wants a person" }],
});

/** A number of its own for each test. */
async function numberWith(
  definition: object,
  agent: object | null = assistant,
): Promise<{ phone: string; workflowId: string; assistantId: string | null }> {
  const assistantId = agent && (await make("assistants", "assistant", agent));
  const workflowId = await make("workflows", "workflow", { name: "Orders", definition });
  const phone = `+3185083504${++numbers}`;
  await make("numbers", "number", {
    phone_number: phone,
    agent_id: assistantId,
    workflow_id: workflowId,
    transfer_trunk_id: trunkId,
  });
  return { phone, workflowId, assistantId };
}

const typeOf = ({ message }: ReceivedRequest) => message["type"];
const isReport = (request: ReceivedRequest) => typeOf(request) === "end-of-call-report";
const isToolCall = (request: ReceivedRequest) => typeOf(request) === "tool-calls";
const getCall = async (id: string) => (await server.api("GET", `/calls/${id}`)).body;
const said = async (id: string) =>
  ((await getCall(id))["messages"] as { role: string; content: string }[])
    .filter(({ role }) => role !== "system")
    .map(({ content }) => content);

const place = (phone: string) => placeCall(caller, server.sipPort, { to: phone });

async function call(phone: string): Promise<{ id: string; leg: OutboundLeg; media: CallMedia; ear: Ear }> {
  const before = receiver.requests.length;
  const { leg, media } = await placeAnsweredCall(caller, server.sipPort, { to: phone });
  const ear = listenTo(media);
  const asked = receiver.requests.slice(before).find((request) => typeOf(request) === "assistant-request");
  const { id } = asked!.message["call"] as { id: string };
  return { id, leg, media, ear };
}

/** Speaks once the assistant has said this, and all of it. */
async function speakAfter(id: string, media: CallMedia, line: string): Promise<void> {
  await expect.poll(() => said(id), { timeout: 15_000 }).toContain(line);
  media.play(await telephoneSpeech(espeak, "I have a question for you."));
}

function expectSigned({ headers, body }: ReceivedRequest): void {
  const timestamp = String(headers["x-webhook-timestamp"]);
  const signature = String(headers["x-webhook-signature"]);
  const nowSeconds = Date.now() / 1_000;
  expect(verifySignature({ secret, timestamp, signature, body, nowSeconds })).toBe("genuine");
}

/** What the tools' webhook answers. */
function onToolCall(result: unknown, status = 200): void {
  receiver.behave = ({ message }) => {
    if (message["type"] !== "tool-calls") return { answer: {} };
    const [{ id }] = message["tool_call_list"] as [{ id: string }];
    return { answer: { results: [{ toolCallId: id, result }] }, status };
  };
}

test("conversation, tool, conversation, transfer: heard, signed, and reported", async () => {
  onToolCall({ status: "sent" });
  const { phone, assistantId } = await numberWith(orders);
  const { id, leg, media, ear } = await call(phone);
  await ear.untilVoice(RINGBACK_HZ);
  await speakAfter(id, media, "Hello, orders.");
  const [asked] = await receiver.waitFor(1, isToolCall);
  expect(asked!.message).toMatchObject({
    call: { id, status: "in-progress" },
    assistant: { id: assistantId, first_message: "This is the assistant." },
    tool_call_list: [
      {
        id: expect.stringMatching(/^call_/),
        type: "function",
        function: { name: "find_order", arguments: { by: "phone" } },
      },
    ],
  });
  const incoming = new Promise<InboundLeg>((resolve) => (onLeg = resolve));
  await speakAfter(id, media, "Your order is sent.");
  const deskLeg = await incoming;
  expect(deskLeg).toMatchObject({ calledNumber: DESK, callerNumber: phone });
  await ear.untilTone(RINGBACK_HZ);
  const picked = await deskLeg.answer();
  if (picked.outcome !== "answered") throw new Error("not answered");
  const deskHears = listenTo(picked.media).untilTone(1_000);
  media.play(tone(1_000, 3_000));
  await deskHears;
  await leg.hangUp();
  await receiver.waitFor(1, isReport);
  expect(await said(id)).toEqual([
    "Hello, orders.",
    "My order.",
    "Of course.",
    "I am looking it up.",
    "Your order is sent.",
    "A person please.",
    "I put you through.",
  ]);
  expect(await getCall(id)).toMatchObject({ status: "transferred", end_reason: "transferred" });
  for (const request of receiver.requests) expectSigned(request);
}, 60_000);

test("a tool that fails leads on all the same; the end says goodbye and hangs up", async () => {
  onToolCall(null, 500);
  const { phone } = await numberWith(goodbyes(null));
  const { id, leg, media } = await call(phone);
  await speakAfter(id, media, "Hello, orders.");
  await receiver.waitFor(1, isToolCall);
  await expect
    .poll(() => said(id), { timeout: 15_000 })
    .toContainEqual(expect.stringMatching(/^Your order is \..*500/));
  await speakAfter(id, media, (await said(id)).at(-1)!);
  expect(await leg.ended).toEqual({ cause: "remote-hangup" });
  const [report] = await receiver.waitFor(1, isReport);
  expect(report!.message).toMatchObject({ end_reason: "assistant_hangup", call: { status: "ended" } });
  expect((await said(id)).at(-1)).toBe("Thank you for calling. Goodbye.");
}, 60_000);

test("a transfer that nobody takes brings the caller back to the conversation", async () => {
  onToolCall({ status: "lost" });
  const { phone } = await numberWith({
    ...orders,
    edges: [{ from: "talk", to: "desk", description: "Wants an order", message: "" }],
    nodes: [orders.nodes[0]!, orders.nodes[3]!],
  });
  const { id, leg, media } = await call(phone);
  const incoming = new Promise<InboundLeg>((resolve) => (onLeg = resolve));
  // "My order." has no way out here: the script has no line for it. "A person please." has.
  await speakAfter(id, media, "Hello, orders.");
  await speakAfter(id, media, "I am a scripted assistant, and I have no line for that.");
  (await incoming).reject(486, "Busy Here");
  await expect.poll(() => said(id), { timeout: 15_000 }).toContain("What else?");
  expect(await getCall(id)).toMatchObject({ status: "in-progress" });
  await leg.hangUp();
  await receiver.waitFor(1, isReport);
  expect(await getCall(id)).toMatchObject({ status: "ended", end_reason: "user_hangup" });
}, 60_000);

test("a call finishes on the definition that it began with; the next one has the new", async () => {
  const other = await createReceiver();
  try {
    other.behave = receiver.behave = ({ message }) => {
      if (message["type"] !== "tool-calls") return { answer: {} };
      const [{ id }] = message["tool_call_list"] as [{ id: string }];
      return { answer: { results: [{ toolCallId: id, result: { status: "packed" } }] } };
    };
    const definition = goodbyes("Bye for now.");
    const nodes = definition.nodes.map((node) => (node.id === "find" ? { ...node, url: other.url } : node));
    const { phone, workflowId } = await numberWith({ ...definition, nodes });
    const { id, leg, media } = await call(phone);
    const talk = { id: "talk", type: "conversation", instructions: "Talk.", first_line: "All is new." };
    const changed = await server.api("PATCH", `/workflows/${workflowId}`, {
      definition: { version: 1, entry_node: "talk", nodes: [talk] },
    });
    expect(changed.status).toBe(200);
    await speakAfter(id, media, "Hello, orders.");
    await speakAfter(id, media, "Your order is packed.");
    expect(await leg.ended).toEqual({ cause: "remote-hangup" });
    await receiver.waitFor(1, isReport);
    expect((await said(id)).at(-1)).toBe("Bye for now.");
    // The node's own address, and no other.
    expect(other.requests.map(typeOf)).toEqual(["tool-calls"]);
    expectSigned(other.requests[0]!);
    expect(receiver.requests.filter(isToolCall)).toEqual([]);

    const next = await call(phone);
    await expect.poll(() => said(next.id), { timeout: 15_000 }).toEqual(["All is new."]);
    await next.leg.hangUp();
    await server.api("PATCH", `/workflows/${workflowId}`, { is_active: false });
    const paused = await call(phone);
    await expect.poll(() => said(paused.id), { timeout: 15_000 }).toEqual(["This is the assistant."]);
    await paused.leg.hangUp();
    await receiver.waitFor(3, isReport);
  } finally {
    await other.close();
  }
}, 60_000);

test("a number without an assistant: refused, unless the webhook brings one that the workflow runs on", async () => {
  const { phone } = await numberWith(orders, null);
  const refused = await place(phone);
  expect(await refused.answered).toEqual(expect.objectContaining({ outcome: "failed", statusCode: 480 }));
  receiver.behave = ({ message }) =>
    message["type"] === "assistant-request" ? { answer: { assistant } } : { answer: {} };
  await receiver.waitFor(1, isReport);
  const { id, leg } = await call(phone);
  await expect.poll(() => said(id), { timeout: 15_000 }).toEqual(["Hello, orders."]);
  await leg.hangUp();
  await receiver.waitFor(2, isReport);
}, 30_000);

test("nodes with voices of their own on a speech-to-speech assistant: refused before the pick-up", async () => {
  const live = {
    name: "Live",
    llm_config: { provider: "openai_live", model: "gpt-live-1" },
  };
  const { phone } = await numberWith(
    { ...orders, nodes: [{ ...orders.nodes[0], voice: "nova" }, ...orders.nodes.slice(1)] },
    live,
  );
  const leg = await place(phone);
  expect(await leg.answered).toEqual(expect.objectContaining({ outcome: "failed", statusCode: 480 }));
  const [report] = await receiver.waitFor(1, isReport);
  expect(report!.message).toMatchObject({ call: { status: "rejected" }, end_reason: "not_configured" });
});
