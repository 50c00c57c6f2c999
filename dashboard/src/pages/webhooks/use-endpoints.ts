import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";

export const endpointsQuery = {
  queryKey: ["webhook-endpoints"],
  queryFn: async ({ signal }: { signal: AbortSignal }) =>
    (await need(api.GET("/api/v1/webhook-endpoints", { signal }))).webhook_endpoints,
};

/** Those of the list, for what chooses or names one. */
export function useEndpoints() {
  return useQuery(endpointsQuery);
}
