import type { Define, Query } from "./operation.ts";
import { everyItem, toPage } from "./paging.ts";
import type { RequestOptions } from "./transport.ts";

type UsageQuery = Query<"get", "/usage">;

/** What was talked, with its pages. */
export function usageHelpers(define: Define) {
  const list = define("get", "/usage", "query");
  return {
    /** one page of it, and the summary of the whole period */
    list,
    listAll: (query: Omit<UsageQuery, "limit" | "offset"> = {}, options?: RequestOptions) =>
      everyItem(async (window) => {
        const { logs, pagination } = await list({ ...query, ...window }, options);
        return toPage(logs, pagination);
      }),
  };
}
