import { describe, expect, it } from "vitest";
import { isFiltered, queryOf, readFilter, writeFilter } from "./call-filter.ts";

const read = (address: string) => readFilter(new URLSearchParams(address));
const NONE = { search: "", status: "", direction: "", assistant: "", from: "", to: "" };

describe("readFilter", () => {
  it.each([
    ["", NONE],
    [
      "search=tulips&status=ended&direction=web",
      { ...NONE, search: "tulips", status: "ended", direction: "web" },
    ],
    ["from=2026-11-01&to=2026-11-26", { ...NONE, from: "2026-11-01", to: "2026-11-26" }],
    // By hand, or from an older version.
    ["status=nonsense&direction=sideways&assistant=7&from=yesterday", NONE],
    [`search=${"x".repeat(201)}`, NONE],
  ])("reads %s", (address, filter) => {
    expect(read(address)).toEqual(filter);
  });

  it("is what was written", () => {
    const filter = { ...NONE, search: "+31 6 & more", status: "failed", to: "2026-11-26" };
    expect(read(writeFilter(filter).toString())).toEqual(filter);
  });
});

describe("queryOf", () => {
  it("asks for nothing that is not chosen", () => {
    expect(queryOf({ ...NONE, search: "  " })).toEqual({});
  });

  it("asks for whole days of the reader's zone", () => {
    const query = queryOf({ ...NONE, from: "2026-11-26", to: "2026-11-26" });
    expect(Date.parse(query.end_date!) - Date.parse(query.start_date!)).toBe(86_399_999);
    expect(new Date(query.start_date!).getHours()).toBe(0);
  });
});

it("knows whether anything is chosen", () => {
  expect(isFiltered(NONE)).toBe(false);
  expect(isFiltered({ ...NONE, status: "ended" })).toBe(true);
});
