import type { Define, Output, Query } from "./operation.ts";
import { everyItem, toPage, type Page } from "./paging.ts";
import type { RequestOptions } from "./transport.ts";

type CallsQuery = Query<"get", "/calls">;
type Call = Output<"get", "/calls">["calls"][number];
export type CallsPage = Page<Call>;

/** Calls, with their pages, and a helper for each command of a call in progress. */
export function callHelpers(define: Define) {
  const fetchPage = define("get", "/calls", "query");
  const control = define("post", "/calls/{id}/control", "body");

  async function list(query?: CallsQuery, options?: RequestOptions): Promise<CallsPage> {
    const { calls, pagination } = await fetchPage(query, options);
    return toPage(calls, pagination);
  }

  return {
    list,
    /** every call, the newest first; pages are fetched as they are needed */
    listAll: (query: Omit<CallsQuery, "limit" | "offset"> = {}, options?: RequestOptions) =>
      everyItem((window) => list({ ...query, ...window }, options)),
    get: define("get", "/calls/{id}", "nothing"),
    /** everything of it on one axis */
    timeline: define("get", "/calls/{id}/timeline", "nothing", "timeline"),
    recordingPeaks: define("get", "/calls/{id}/recording/peaks", "query", "peaks"),
    trace: define("get", "/calls/{id}/trace", "nothing"),
    outbound: define("post", "/calls/outbound", "body"),
    control,
    /** adds to what the model knows; with `triggerResponse` it answers at once */
    injectContext: (id: string, content: string, triggerResponse = false, options?: RequestOptions) =>
      control(id, { type: "inject-context", content, trigger_response: triggerResponse }, options),
    /** says this; with `endAfter` it hangs up then */
    say: (id: string, content: string, endAfter = false, options?: RequestOptions) =>
      control(id, { type: "say", content, end_after: endAfter }, options),
    /** hangs up, after the message if there is one */
    end: (id: string, message?: string, options?: RequestOptions) =>
      control(id, { type: "end-call", ...(message !== undefined && { message }) }, options),
    /** @param destination  a phone number or a SIP address */
    transfer: (id: string, destination: string, message?: string, options?: RequestOptions) =>
      control(id, { type: "transfer", destination, ...(message !== undefined && { message }) }, options),
  };
}
