import type { CallOptions, Client } from "./client.ts";
import type { Answer, Body, Path, Query } from "./operations.ts";

// Each resource is a few lines here: what it takes and gives is in the generated types.

const API = "/api/v1";

type One<P extends string> = `${P}/{id}` & Path;
/** What an envelope holds: `{ assistant }` → the assistant. */
type Held<T, Key extends PropertyKey> = Key extends keyof T ? T[Key] : never;

/** What stands under the key. What that is the callers say: paths are parameters there, and TypeScript cannot look. */
function heldBy(answer: unknown, key: string): unknown {
  return (answer as Record<string, unknown>)[key];
}

/** List, create, get, update and delete under one path. */
function crud<P extends Path, Plural extends string, Name extends string>(
  client: Client,
  path: P,
  plural: Plural,
  name: Name,
) {
  const one = `${path}/{id}` as One<P>;
  return {
    list: async (options?: CallOptions) =>
      heldBy(await client.request("get", path, options), plural) as Held<Answer<P, "get">, Plural>,
    create: async (body: Body<P, "post">, options?: CallOptions) =>
      heldBy(await client.request("post", path, { ...options, body }), name) as Held<Answer<P, "post">, Name>,
    get: async (id: string, options?: CallOptions) =>
      heldBy(await client.request("get", one, { ...options, params: { id } }), name) as Held<
        Answer<One<P>, "get">,
        Name
      >,
    update: async (id: string, body: Body<One<P>, "patch">, options?: CallOptions) =>
      heldBy(await client.request("patch", one, { ...options, params: { id }, body }), name) as Held<
        Answer<One<P>, "patch">,
        Name
      >,
    delete: async (id: string, options?: CallOptions): Promise<void> => {
      await client.request("delete", one, { ...options, params: { id } });
    },
  };
}

const PAGE = 100;

export function createResources(client: Client) {
  const control = async (
    id: string,
    body: Body<"/api/v1/calls/{id}/control", "post">,
    options?: CallOptions,
  ): Promise<void> => {
    await client.request("post", `${API}/calls/{id}/control`, { ...options, params: { id }, body });
  };
  type CallQuery = Query<"/api/v1/calls", "get">;
  type EventQuery = Query<"/api/v1/webhook-events", "get">;
  const { update: _never, ...sipTrunks } = crud(client, `${API}/sip-trunks`, "trunks", "trunk");

  return {
    assistants: crud(client, `${API}/assistants`, "assistants", "assistant"),
    numbers: crud(client, `${API}/numbers`, "numbers", "number"),
    toolTemplates: crud(client, `${API}/tool-templates`, "tool_templates", "tool_template"),
    analysisTemplates: crud(client, `${API}/analysis-templates`, "analysis_templates", "analysis_template"),
    sipTrunks,
    workflows: crud(client, `${API}/workflows`, "workflows", "workflow"),

    mcpServers: {
      ...crud(client, `${API}/mcp-servers`, "mcp_servers", "mcp_server"),
      /** Connects and lists the tools; what is wrong with the server is in the answer. */
      test: (id: string, body: Body<"/api/v1/mcp-servers/{id}/test", "post"> = {}, options?: CallOptions) =>
        client.request("post", `${API}/mcp-servers/{id}/test`, { ...options, params: { id }, body }),
    },

    campaigns: {
      ...crud(client, `${API}/campaigns`, "campaigns", "campaign"),
      leads: {
        list: async (id: string, options?: CallOptions) =>
          (await client.request("get", `${API}/campaigns/{id}/leads`, { ...options, params: { id } })).leads,
        add: async (id: string, body: Body<"/api/v1/campaigns/{id}/leads", "post">, options?: CallOptions) =>
          (await client.request("post", `${API}/campaigns/{id}/leads`, { ...options, params: { id }, body }))
            .lead,
        delete: async (id: string, leadId: string, options?: CallOptions): Promise<void> => {
          const params = { id, leadId };
          await client.request("delete", `${API}/campaigns/{id}/leads/{leadId}`, { ...options, params });
        },
      },
    },

    calls: {
      list: (query: CallQuery = {}, options?: CallOptions) =>
        client.request("get", `${API}/calls`, { ...options, query }),
      /** Every call, page by page, the newest first. */
      async *listAll(query: Omit<CallQuery, "limit" | "offset"> = {}, options?: CallOptions) {
        for (let offset = 0; ; offset += PAGE) {
          const page = await client.request("get", `${API}/calls`, {
            ...options,
            query: { ...query, limit: PAGE, offset },
          });
          yield* page.calls;
          if (offset + page.calls.length >= page.pagination.total || page.calls.length === 0) return;
        }
      },
      get: (id: string, options?: CallOptions) =>
        client.request("get", `${API}/calls/{id}`, { ...options, params: { id } }),
      /** Calls somebody. A retry by this client never calls twice. */
      outbound: (body: Body<"/api/v1/calls/outbound", "post">, options?: CallOptions) =>
        client.request("post", `${API}/calls/outbound`, { ...options, body }),
      /** Adds to the model's context; `triggerResponse`: the assistant answers to it at once. */
      injectContext: (id: string, content: string, triggerResponse = false, options?: CallOptions) =>
        control(id, { type: "inject-context", content, trigger_response: triggerResponse }, options),
      /** `endAfter`: hangs up when it is said. */
      say: (id: string, content: string, endAfter = false, options?: CallOptions) =>
        control(id, { type: "say", content, end_after: endAfter }, options),
      end: (id: string, message?: string, options?: CallOptions) =>
        control(id, { type: "end-call", ...(message !== undefined && { message }) }, options),
      /** @param destination  E.164, or a SIP URI */
      transfer: (id: string, destination: string, message?: string, options?: CallOptions) =>
        control(id, { type: "transfer", destination, ...(message !== undefined && { message }) }, options),
    },

    usage: {
      list: (query: Query<"/api/v1/usage", "get"> = {}, options?: CallOptions) =>
        client.request("get", `${API}/usage`, { ...options, query }),
    },

    organizations: {
      get: (query: Query<"/api/v1/organizations", "get"> = {}, options?: CallOptions) =>
        client.request("get", `${API}/organizations`, { ...options, query }),
      create: (body: Body<"/api/v1/organizations", "post">, options?: CallOptions) =>
        client.request("post", `${API}/organizations`, { ...options, body }),
      setRetention: (body: Body<"/api/v1/organizations", "patch">, options?: CallOptions) =>
        client.request("patch", `${API}/organizations`, { ...options, body }),
      setMinutes: (id: string, minutes: number | null, options?: CallOptions) =>
        client.request("patch", `${API}/organizations/{id}/minutes`, {
          ...options,
          params: { id },
          body: { minutes_balance: minutes },
        }),
    },

    apiKeys: crud(client, `${API}/api-keys`, "api_keys", "api_key"),

    byok: {
      get: async (options?: CallOptions) => (await client.request("get", `${API}/byok`, options)).byok_keys,
      set: async (body: Body<"/api/v1/byok", "post">, options?: CallOptions) =>
        (await client.request("post", `${API}/byok`, { ...options, body })).byok_keys,
      delete: async (body: Body<"/api/v1/byok", "delete">, options?: CallOptions) =>
        (await client.request("delete", `${API}/byok`, { ...options, body })).byok_keys,
      setConfig: async (body: Body<"/api/v1/byok/config", "post">, options?: CallOptions) =>
        (await client.request("post", `${API}/byok/config`, { ...options, body })).byok_config,
    },

    voices: {
      list: async (options?: CallOptions) => (await client.request("get", `${API}/voices`, options)).voices,
    },
    catalog: {
      get: async (options?: CallOptions) => (await client.request("get", `${API}/catalog`, options)).catalog,
    },
    emails: {
      list: (query: Query<"/api/v1/emails", "get"> = {}, options?: CallOptions) =>
        client.request("get", `${API}/emails`, { ...options, query }),
    },

    webhookSettings: {
      get: async (options?: CallOptions) =>
        (await client.request("get", `${API}/settings/webhook`, options)).webhook,
      update: async (body: Body<"/api/v1/settings/webhook", "patch">, options?: CallOptions) =>
        (await client.request("patch", `${API}/settings/webhook`, { ...options, body })).webhook,
      rotateSecret: async (
        body: Body<"/api/v1/settings/webhook/rotate-secret", "post"> = {},
        options?: CallOptions,
      ) =>
        (await client.request("post", `${API}/settings/webhook/rotate-secret`, { ...options, body })).webhook,
      /** Sends an example to the configured webhook, by the way of every delivery. */
      test: (body: Body<"/api/v1/settings/webhook/test", "post"> = {}, options?: CallOptions) =>
        client.request("post", `${API}/settings/webhook/test`, { ...options, body }),
    },

    webhookEvents: {
      list: (query: EventQuery = {}, options?: CallOptions) =>
        client.request("get", `${API}/webhook-events`, { ...options, query }),
      /** Every event, page by page. */
      async *listAll(query: Omit<EventQuery, "cursor"> = {}, options?: CallOptions) {
        let cursor: string | null | undefined;
        do {
          const page = await client.request("get", `${API}/webhook-events`, {
            ...options,
            query: { ...query, ...(cursor && { cursor }) },
          });
          yield* page.webhook_events;
          cursor = page.next_cursor;
        } while (cursor);
      },
      get: async (id: string, options?: CallOptions) =>
        (await client.request("get", `${API}/webhook-events/{id}`, { ...options, params: { id } }))
          .webhook_event,
      attempts: async (id: string, options?: CallOptions) =>
        (await client.request("get", `${API}/webhook-events/{id}/attempts`, { ...options, params: { id } }))
          .attempts,
      replay: (id: string, options?: CallOptions) =>
        client.request("post", `${API}/webhook-events/{id}/replay`, { ...options, params: { id } }),
    },

    webhookEndpoints: {
      list: async (options?: CallOptions) =>
        (await client.request("get", `${API}/webhook-endpoints`, options)).webhook_endpoints,
      setEnabled: async (id: string, isEnabled: boolean, options?: CallOptions) =>
        (
          await client.request("patch", `${API}/webhook-endpoints/{id}`, {
            ...options,
            params: { id },
            body: { is_enabled: isEnabled },
          })
        ).webhook_endpoint,
    },
  };
}
