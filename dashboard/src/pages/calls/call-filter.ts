import type { paths } from "../../../../sdk/src/generated/api.ts";
import { isId } from "../../api/ids.ts";

type CallsQuery = NonNullable<paths["/api/v1/calls"]["get"]["parameters"]["query"]>;

export const STATUSES = [
  "connecting",
  "ringing",
  "in-progress",
  "ended",
  "ended-with-error",
  "rejected",
  "failed",
  "transferred",
] as const;
export const DIRECTIONS = ["inbound", "outbound", "web"] as const;

/** As it stands in the address of the page, where it can be shared. "" where nothing is chosen. */
export interface CallFilter {
  search: string;
  status: string;
  direction: string;
  assistant: string;
  /** days of the reader's zone, `2026-11-26`, both included */
  from: string;
  to: string;
}

const NAMES = ["search", "status", "direction", "assistant", "from", "to"] as const;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** What cannot be asked for is left out: an address may be typed by hand. Pure. */
export function readFilter(address: URLSearchParams): CallFilter {
  const given = (name: keyof CallFilter, isGood: (text: string) => boolean) => {
    const text = address.get(name) ?? "";
    return isGood(text) ? text : "";
  };
  return {
    search: given("search", (text) => text.length <= 200),
    status: given("status", (text) => STATUSES.some((status) => status === text)),
    direction: given("direction", (text) => DIRECTIONS.some((direction) => direction === text)),
    assistant: given("assistant", isId),
    from: given("from", (text) => DAY.test(text)),
    to: given("to", (text) => DAY.test(text)),
  };
}

export function writeFilter(filter: CallFilter): URLSearchParams {
  const address = new URLSearchParams();
  for (const name of NAMES) if (filter[name] !== "") address.set(name, filter[name]);
  return address;
}

export function isFiltered(filter: CallFilter): boolean {
  return NAMES.some((name) => filter[name] !== "");
}

/** As the API takes it: days become the instants at which they begin and end where the reader is. */
export function queryOf(filter: CallFilter): CallsQuery {
  const { search, status, direction, assistant, from, to } = filter;
  return {
    ...(search.trim() !== "" && { search: search.trim() }),
    ...(status !== "" && { status }),
    ...(direction !== "" && { direction: direction as (typeof DIRECTIONS)[number] }),
    ...(assistant !== "" && { agent_id: assistant }),
    ...(from !== "" && { start_date: new Date(`${from}T00:00:00`).toISOString() }),
    ...(to !== "" && { end_date: new Date(`${to}T23:59:59.999`).toISOString() }),
  };
}
