import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";

/** Providers, models, voices and ranges. It changes when a key is added, so it is asked for anew like everything else. */
export function useCatalogQuery() {
  return useQuery({
    queryKey: ["catalog"],
    queryFn: async ({ signal }) => (await need(api.GET("/api/v1/catalog", { signal }))).catalog,
  });
}

/** The voices that this server speaks with by itself. */
export function useVoicesQuery() {
  return useQuery({
    queryKey: ["voices"],
    queryFn: async ({ signal }) => (await need(api.GET("/api/v1/voices", { signal }))).voices,
    staleTime: Infinity,
  });
}
