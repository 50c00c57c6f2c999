import { afterEach, beforeEach, expect, test } from "vitest";
import { followEvents, type StreamedEvent } from "../../src/cli/event-stream.ts";
import { createContractApi, KEY, type ContractApi } from "../harness/contract-api.ts";
import { addEventStream, type EventStream } from "../harness/event-stream.ts";
import { createManualClock, type ManualClock } from "../harness/manual-clock.ts";

let api: ContractApi;
let stream: EventStream;
let clock: ManualClock;
let abort: AbortController;
let notices: string[];
beforeEach(async () => {
  api = await createContractApi();
  stream = addEventStream(api);
  clock = createManualClock();
  abort = new AbortController();
  notices = [];
});
afterEach(async () => {
  abort.abort();
  await api.close();
});

function follow(): AsyncGenerator<StreamedEvent> {
  return followEvents({
    connection: { apiUrl: `${api.url}/api/v1`, apiKey: KEY },
    clock,
    random: () => 1,
    signal: abort.signal,
    query: {},
    notice: (text) => notices.push(text),
    connected: () => notices.push("connected"),
  });
}

/** Moves time on until something has happened; the network takes real turns of the loop in between. */
async function advanceUntil(stepMs: number, hasHappened: () => boolean): Promise<void> {
  while (!hasHappened()) {
    clock.advance(stepMs);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test("a connection on which nothing comes any more is given up after 45 s, and opened again", async () => {
  const events = follow();
  const first = events.next();
  await stream.waitForOpened(1);
  stream.send({ id: "e1" });
  expect((await first).value).toMatchObject({ id: "e1" });
  const second = events.next();
  await advanceUntil(1_000, () => notices.length > 1);
  expect(notices).toEqual(["connected", "connection lost (nothing came for 45 s); trying again in 1.0 s"]);
  await advanceUntil(1_000, () => stream.opened.length === 2);
  expect(stream.opened[1]!.headers["last-event-id"]).toBe("e1");
  stream.send({ id: "e2" });
  expect((await second).value).toMatchObject({ id: "e2" });
});

test("waits longer after each failure, and begins anew once it was connected", async () => {
  const refusal = { status: 503, body: { error: "Starting" } };
  stream.refuseNext = [refusal, refusal, refusal];
  const next = follow().next();
  await advanceUntil(500, () => stream.opened.length === 4);
  stream.send({ id: "e1" });
  await next;
  expect(notices.map((notice) => / in (\S+ s)$/.exec(notice)?.[1])).toEqual([
    "1.0 s",
    "2.0 s",
    "4.0 s",
    undefined,
  ]);
});

test("while a receiver takes its time, silence of the stream is not counted", async () => {
  const events = follow();
  const first = events.next();
  await stream.waitForOpened(1);
  stream.send({ id: "e1" });
  await first;
  // Nobody asks for the next event now: the receiver is busy with this one.
  clock.advance(600_000);
  stream.send({ id: "e2" });
  expect((await events.next()).value).toMatchObject({ id: "e2" });
  expect(notices).toEqual(["connected"]);
});

test("ends when it is told to, also while it waits to connect again", async () => {
  stream.refuseNext = [{ status: 503, body: {} }];
  const next = follow().next();
  await stream.waitForOpened(1);
  await advanceUntil(0, () => notices.length > 0);
  abort.abort();
  expect(await next).toEqual({ done: true, value: undefined });
});
