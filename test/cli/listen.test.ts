import { afterEach, beforeEach, expect, test } from "vitest";
import { verifySignature } from "../../src/webhooks/signature.ts";
import { jsonLines, startCommand, type RunningCommand } from "../harness/cli.ts";
import { createContractApi, type ContractApi } from "../harness/contract-api.ts";
import { ACCOUNT_SECRET, addEventStream, BODY, type EventStream } from "../harness/event-stream.ts";
import { createReceiver, type Receiver } from "../harness/receiver.ts";

let api: ContractApi;
let stream: EventStream;
let receiver: Receiver;
let command: RunningCommand | undefined;
beforeEach(async () => {
  api = await createContractApi();
  stream = addEventStream(api);
  receiver = await createReceiver();
});
afterEach(async () => {
  await command?.end("SIGKILL");
  await receiver.close();
  await api.close();
});

async function listen(...args: string[]): Promise<RunningCommand> {
  const started = startCommand(["listen", ...args], api.environment);
  command = started;
  await started.waitFor(/listening on/);
  return started;
}

test("posts each event as a delivery would carry it, and prints a line for it", async () => {
  const listening = await listen("--forward", receiver.url);
  stream.send({ id: "e1", type: "status-update", sequence: 2 });
  const [request] = await receiver.waitFor(1);
  expect(request!.body.toString()).toBe(BODY);
  expect(request!.headers).toMatchObject({
    "x-webhook-id": "e1",
    "x-webhook-event": "status-update",
    "content-type": "application/json",
    host: new URL(receiver.url).host,
    "content-length": String(Buffer.byteLength(BODY)),
  });
  expect(
    verifySignature({
      secret: ACCOUNT_SECRET,
      timestamp: String(request!.headers["x-webhook-timestamp"]),
      signature: String(request!.headers["x-webhook-signature"]),
      body: request!.body,
      nowSeconds: Date.now() / 1_000,
    }),
  ).toBe("genuine");
  await listening.waitFor(
    /^12:00:00\.123 {2}status-update {7}c0ffee00-0000-7000-8000-000000000001 {2}#2 {3}verified {6}200 {2}\d+ ms$/m,
  );
});

test("Ctrl-C ends it with a summary and exit code 0", async () => {
  receiver.behave = ({ headers }) => ({ answer: {}, status: headers["x-webhook-id"] === "e2" ? 500 : 200 });
  const listening = await listen("--forward", receiver.url);
  stream.send({ id: "e1", type: "assistant-request", sequence: null });
  stream.send({ id: "e2" });
  stream.send({ id: "e3", secret: "whsec_of_an_assistant" });
  await listening.waitFor(/not verified +200/);
  const { code, stdout } = await listening.end("SIGINT");
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /\n3 events in .*\nreceiver: {3}2 of 3 accepted \(2 × 200, 1 × 500\)\nsignatures: 2 of 3 verified\n/,
  );
  expect(stdout).toContain("another secret");
});

test("--json: a line for each event, and the summary", async () => {
  const listening = startCommand(["listen", "--forward", receiver.url, "--json"], api.environment);
  command = listening;
  await stream.waitForOpened(1);
  stream.send({ id: "e1", sequence: null });
  await receiver.waitFor(1);
  await listening.waitFor(/"kind":"event"/);
  const result = await listening.end("SIGTERM");
  expect(result.stderr).toBe("");
  expect(jsonLines(result)).toEqual([
    {
      kind: "event",
      id: "e1",
      type: "status-update",
      call_id: "c0ffee00-0000-7000-8000-000000000001",
      sequence: null,
      created_at: "2026-11-24T12:00:00.123Z",
      signature: "genuine",
      receiver: { outcome: "answered", status: 200, error: null, duration_ms: expect.any(Number) },
    },
    {
      kind: "summary",
      events: 1,
      duration_ms: expect.any(Number),
      signatures: { genuine: 1, "wrong-signature": 0, "too-old": 0, unchecked: 0 },
      receiver: { "200": 1 },
    },
  ]);
});

test("asks for what it was told to, with the instant that --since means", async () => {
  await listen("--since", "10m", "--call", "c1", "--types", "tool-calls,status-update", "end-of-call-report");
  const { query, headers } = await stream.waitForOpened(1);
  expect(query).toMatchObject({ call_id: "c1", types: "tool-calls,status-update,end-of-call-report" });
  expect(Math.abs(Date.now() - 600_000 - new Date(query["since"]!).getTime())).toBeLessThan(10_000);
  expect(headers).toMatchObject({ accept: "text/event-stream" });
});

test("goes on after the last event when the connection is cut, also one in the middle of an event", async () => {
  const listening = await listen("--forward", receiver.url);
  expect((await stream.waitForOpened(1)).headers).not.toHaveProperty("last-event-id");
  stream.raw("retry: 10\n\n");
  stream.send({ id: "e1" });
  await receiver.waitFor(1);
  stream.raw('id: e2\nevent: webhook\ndata: {"id":');
  stream.cut();
  const again = await stream.waitForOpened(2);
  expect(again.headers["last-event-id"]).toBe("e1");
  expect(again.query).toEqual({});
  stream.send({ id: "e2" });
  await receiver.waitFor(2);
  expect(receiver.requests.map(({ headers }) => headers["x-webhook-id"])).toEqual(["e1", "e2"]);
  expect(listening.stderr()).toMatch(/connection lost .*; trying again in \d/);
  expect(listening.stderr()).toContain("connected again");
});

test("cut before the first event, it goes on from the moment it began to listen", async () => {
  await listen();
  stream.raw("retry: 10\n\n");
  stream.cut();
  const { query, headers } = await stream.waitForOpened(2);
  expect(headers).not.toHaveProperty("last-event-id");
  expect(Math.abs(Date.now() - new Date(query["since"]!).getTime())).toBeLessThan(10_000);
});

test("a server that restarts is waited for; one that refuses ends it", async () => {
  const listening = await listen();
  stream.raw("retry: 10\n\n");
  stream.refuseNext = [
    { status: 503, body: { error: "Starting" } },
    { status: 429, body: { error: "Too many requests" } },
  ];
  stream.cut();
  await stream.waitForOpened(4);
  stream.refuseNext = [{ status: 401, body: { error: "Unauthorized" } }];
  stream.cut();
  const { code, stderr } = await listening.ended;
  expect(code).toBe(4);
  expect(stderr).toContain("(the server answered 503)");
  expect(stderr).toContain("refused the API key");
});

test("a receiver that is not there, or hangs up, or redirects: told in the line, and it goes on", async () => {
  const listening = await listen("--forward", receiver.url);
  receiver.behave = () => "reset-in-body";
  stream.send({ id: "e1" });
  await listening.waitFor(/the connection was closed without an answer/);
  receiver.behave = () => ({ answer: {}, status: 302, headers: { location: "/elsewhere" } });
  stream.send({ id: "e2" });
  await listening.waitFor(/ 302 {2}/);
  await receiver.close();
  stream.send({ id: "e3" });
  await listening.waitFor(/connection refused/);
  expect((await listening.end("SIGINT")).code).toBe(0);
});

test("without --forward events are only shown", async () => {
  const listening = await listen("--secret", ACCOUNT_SECRET);
  stream.send({ id: "e1", type: "end-of-call-report", sequence: 3 });
  await listening.waitFor(/end-of-call-report .*#3 {3}verified$/m);
  expect(api.requests.map(({ path }) => path)).toEqual(["/webhook-events/stream"]);
  const { stdout } = await listening.end("SIGINT");
  expect(stdout).toMatch(/\n1 event in /);
  expect(stdout).not.toContain("receiver:");
});

test("what cannot be read is named and left out; other events of the stream are none of its business", async () => {
  const listening = await listen();
  stream.raw("id: e1\nevent: webhook\ndata: {nonsense\n\n");
  stream.raw('id: e2\nevent: statistics\ndata: {"events":7}\n\n');
  stream.send({ id: "e3" });
  await listening.waitFor(/#1/);
  expect(listening.stderr()).toContain("a message of the stream could not be read and was left out (id e1)");
  expect(listening.stdout().trim().split("\n")).toHaveLength(1);
});

test("a terminal does not obey what others put into an event", async () => {
  const listening = await listen();
  stream.send({ id: "e1", type: "evil\u001b[2J\u009b31m" });
  await listening.waitFor(/evil/);
  expect(listening.stdout()).toContain("evil�[2J�31m");
});

test("colours only when asked for, and never against NO_COLOR", async () => {
  for (const [environment, hasColours] of [
    [{}, false],
    [{ FORCE_COLOR: "1" }, true],
    [{ NO_COLOR: "1" }, false],
  ] as const) {
    const listening = startCommand(["listen"], { ...api.environment, ...environment });
    command = listening;
    await listening.waitFor(/listening on/);
    stream.send({ id: "e1" });
    await listening.waitFor(/#1/);
    await listening.end("SIGINT");
    // oxlint-disable-next-line no-control-regex -- the escape character is what is looked for
    expect(/\u001b\[/.test(listening.stdout())).toBe(hasColours);
  }
});
