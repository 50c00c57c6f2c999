import { api } from "./client.ts";
import { need } from "./failure.ts";

// Lists that pages of several sections read: one key and one shape each. For `useQuery` and ResourceList.

interface Context {
  signal: AbortSignal;
}

export const assistantsQuery = {
  queryKey: ["assistants"],
  queryFn: async ({ signal }: Context) => (await need(api.GET("/api/v1/assistants", { signal }))).assistants,
};

export const numbersQuery = {
  queryKey: ["numbers"],
  queryFn: async ({ signal }: Context) => (await need(api.GET("/api/v1/numbers", { signal }))).numbers,
};

export const trunksQuery = {
  queryKey: ["trunks"],
  queryFn: async ({ signal }: Context) => (await need(api.GET("/api/v1/sip-trunks", { signal }))).trunks,
};

export const mcpServersQuery = {
  queryKey: ["mcp-servers"],
  queryFn: async ({ signal }: Context) =>
    (await need(api.GET("/api/v1/mcp-servers", { signal }))).mcp_servers,
};
