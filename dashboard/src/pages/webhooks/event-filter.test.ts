import { expect, test } from "vitest";
import { readFilter, toQuery } from "./event-filter.ts";

const ID = "01a2154a-2ccc-78f0-8ded-ace91b19d133";
const NOW = new Date("2026-11-26T12:00:00Z");

test.each([
  ["", {}],
  ["type=tool-calls&state=failed", { type: "tool-calls", state: "failed" }],
  [`call=${ID.toUpperCase()}`, { call_id: ID }],
  [`endpoint=${ID}&call=no-id`, { endpoint_id: ID }],
  ["type=other&state=lost", {}],
  ["period=1h", { since: "2026-11-26T11:00:00.000Z" }],
  ["period=1h&until=2020-01-01T00:00:00Z", { since: "2026-11-26T11:00:00.000Z" }],
  ["since=2026-11-25T10:00:00Z&until=yesterday", { since: "2026-11-25T10:00:00.000Z" }],
])("the address %j asks the API for %j", (search, query) => {
  expect(toQuery(readFilter(new URLSearchParams(search)), NOW)).toEqual(query);
});
