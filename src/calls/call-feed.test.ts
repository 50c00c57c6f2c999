import { expect, test } from "vitest";
import { createManualClock } from "../../test/harness/manual-clock.ts";
import { createCallFeed, type FeedChange } from "./call-feed.ts";
import type { FeedCall } from "./call-feed-store.ts";

const call = (id: string, more: Partial<FeedCall> = {}): FeedCall => ({
  id,
  status: "ringing",
  direction: "inbound",
  caller_number: null,
  called_number: null,
  number_id: null,
  assistant_id: null,
  assistant_name: null,
  created_at: new Date(0),
  started_at: null,
  ended_at: null,
  end_reason: null,
  is_reported: false,
  ...more,
});

function world() {
  const clock = createManualClock();
  const state = { calls: [] as (FeedCall & { is_recent: boolean })[], asked: [] as string[][], fails: false };
  const feed = createCallFeed({
    clock,
    look: (_organizationId, known) => {
      state.asked.push([...known]);
      return state.fails ? Promise.reject(new Error("away")) : Promise.resolve(state.calls);
    },
  });
  const look = async () => {
    clock.advance(250);
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  };
  const told: string[] = [];
  const tell = ({ change, call: { id, status } }: FeedChange) => told.push(`${change} ${id} ${status}`);
  return { state, feed, look, told, tell };
}

test("a snapshot, then what is new and what has changed, once each", async () => {
  const { state, feed, look, told, tell } = world();
  state.calls = [{ ...call("a"), is_recent: true }];
  const { running } = await feed.watch("mine", tell);
  expect(running().map(({ id }) => id)).toEqual(["a"]);
  await look();
  state.calls = [
    { ...call("a", { status: "in-progress" }), is_recent: false },
    { ...call("b"), is_recent: true },
  ];
  await look();
  await look();
  expect(told).toEqual(["changed a in-progress", "created b ringing"]);
});

test("a call is followed until it is reported, and then forgotten", async () => {
  const { state, feed, look, told, tell } = world();
  state.calls = [{ ...call("a"), is_recent: true }];
  const { running } = await feed.watch("mine", tell);
  state.calls = [{ ...call("a", { status: "ended", is_reported: true }), is_recent: true }];
  await look();
  expect(running()).toEqual([]);
  // Still among the recent ones: it must not be told as new.
  await look();
  state.calls = [{ ...call("a", { status: "ended", is_reported: true }), is_recent: false }];
  await look();
  state.calls = [];
  await look();
  expect(told).toEqual(["changed a ended"]);
  expect(state.asked.at(-1)).toEqual([]);
});

test("all who watch an organization share one look, and nobody looks when nobody watches", async () => {
  const { state, feed, look, told, tell } = world();
  const [first, second] = await Promise.all([
    feed.watch("mine", tell),
    feed.watch("mine", (change) => tell(change)),
  ]);
  expect(state.asked).toHaveLength(1);
  state.calls = [{ ...call("a"), is_recent: true }];
  await look();
  expect(told).toEqual(["created a ringing", "created a ringing"]);
  first.stop();
  second.stop();
  second.stop();
  await look();
  expect(state.asked).toHaveLength(2);
});

test("a database that is away is looked at again; one that is away at the beginning is told of", async () => {
  const { state, feed, look, told, tell } = world();
  state.fails = true;
  await expect(feed.watch("mine", tell)).rejects.toThrow("away");
  state.fails = false;
  await feed.watch("mine", tell);
  state.fails = true;
  await look();
  state.fails = false;
  state.calls = [{ ...call("a"), is_recent: true }];
  await look();
  expect(told).toEqual(["created a ringing"]);
});
