import type { LiveCalls } from "../../src/calls/live-calls.ts";
import type { OutboundNumber } from "../../src/calls/outbound-routes.ts";
import type { Database } from "../../src/db/database.ts";
import { newId } from "../../src/ids.ts";
import type { SecretBox } from "../../src/secret-box.ts";
import type { TestResponse } from "../harness/api.ts";

/** What the cases may use of the world. */
export interface Contract {
  db: Database;
  organizationId: string;
  secretBox: SecretBox;
  liveCalls: LiveCalls;
  isStopping: boolean;
  outbound: (numberId: string | undefined) => OutboundNumber;
  setBalance(minutes: number | null): void;
  send(method: string, path: string, body?: unknown, key?: string): Promise<TestResponse>;
}

type Case = (contract: Contract) => Promise<TestResponse>;

let count = 0;
const unique = () => String(++count);
const definition = {
  version: 1,
  entry_node: "talk",
  nodes: [{ id: "talk", type: "conversation", instructions: "Listen." }],
};
const nobody = "http://127.0.0.1:9/";

/** Makes one. @returns its id */
type Make = (contract: Contract) => Promise<string>;
const make =
  (path: string, name: string, body: (contract: Contract) => object | Promise<object>): Make =>
  async (contract) => {
    const { body: answer } = await contract.send("POST", path, await body(contract));
    return answer[name].id;
  };

const assistant = make("/assistants", "assistant", () => ({ name: "Desk" }));
const numberBody = () => ({ phone_number: `+3185${String(1_000_000 + ++count)}` });
const campaignBody = async (contract: Contract) => ({
  name: "Spring",
  agent_id: await assistant(contract),
  schedule_start_time: "09:00",
  schedule_end_time: "17:00",
  timezone: "UTC",
  leads: [{ phone_number: "+31612345678" }],
});
const campaign = make("/campaigns", "campaign", campaignBody);
const mcpBody = () => ({ name: `mcp ${unique()}`, url: "http://127.0.0.1:59999/mcp" });
const mcpServer = make("/mcp-servers", "mcp_server", mcpBody);

const call =
  (status: string): Make =>
  async ({ db, organizationId }) => {
    const id = newId();
    await db
      .insertInto("calls")
      .values({ id, organization_id: organizationId, node_id: newId(), direction: "web", status })
      .execute();
    return id;
  };

const insertEvent =
  (type: "status-update" | "tool-calls"): Make =>
  async ({ db, organizationId }) => {
    const id = newId();
    await db
      .insertInto("webhook_events")
      .values({
        id,
        created_at: new Date(),
        organization_id: organizationId,
        call_id: newId(),
        type,
        sequence: type === "tool-calls" ? null : 1,
        routing: "no-endpoint",
        body: Buffer.from('{"message":{}}'),
      })
      .execute();
    return id;
  };
const event = insertEvent("status-update");
const endpoint: Make = async ({ db, organizationId }) => {
  const id = newId();
  const row = {
    level: "assistant",
    owner: newId(),
    url: "https://a.example/",
    secret: null,
    disabled_reason: null,
  };
  await db
    .insertInto("webhook_endpoints")
    .values({ id, organization_id: organizationId, ...row })
    .execute();
  return id;
};
const replay: Make = async (contract) => {
  const { body } = await contract.send("POST", "/webhook-events/replay", { since: "2026-01-01T00:00:00Z" });
  return body.webhook_replay.id;
};

/** The five of a resource. */
function crud(
  path: string,
  one: Make,
  create: (contract: Contract) => object | Promise<object>,
  change?: object,
) {
  const cases: Record<string, Case> = {
    [`get ${path}`]: ({ send }) => send("GET", path),
    [`post ${path}`]: async (contract) => contract.send("POST", path, await create(contract)),
    [`get ${path}/{id}`]: async (contract) => contract.send("GET", `${path}/${await one(contract)}`),
    [`delete ${path}/{id}`]: async (contract) => contract.send("DELETE", `${path}/${await one(contract)}`),
  };
  if (change) {
    cases[`patch ${path}/{id}`] = async (contract) =>
      contract.send("PATCH", `${path}/${await one(contract)}`, change);
  }
  return cases;
}
const get = (path: string): Record<string, Case> => ({ [`get ${path}`]: ({ send }) => send("GET", path) });

const toolTemplateBody = () => ({ name: "look_up", tool_type: "function", tool_config: {} });
const analysisTemplateBody = () => ({ name: "x", system_prompt: "x", user_prompt: "x", schema: {} });
const trunkBody = () => ({ name: "x", provider: "x", address: "pbx" });
const workflowBody = () => ({ name: "x", definition });
const workflow = make("/workflows", "workflow", workflowBody);

/** How each operation succeeds. */
export const succeed: Record<string, Case | undefined> = {
  ...get("/health"),
  ...crud("/assistants", assistant, () => ({ name: "Desk" }), { name: "Bell" }),
  ...crud("/agents", assistant, () => ({ name: "Desk" }), { name: "Bell" }),
  ...crud("/numbers", make("/numbers", "number", numberBody), numberBody, { is_active: false }),
  ...crud("/tool-templates", make("/tool-templates", "tool_template", toolTemplateBody), toolTemplateBody, {
    description: "x",
  }),
  ...crud(
    "/analysis-templates",
    make("/analysis-templates", "analysis_template", analysisTemplateBody),
    analysisTemplateBody,
    { description: "x" },
  ),
  ...crud("/sip-trunks", make("/sip-trunks", "trunk", trunkBody), trunkBody),
  ...crud("/workflows", workflow, workflowBody, { is_active: false }),
  ...crud("/campaigns", campaign, campaignBody, { status: "scheduled" }),
  ...crud("/mcp-servers", mcpServer, mcpBody, { timeout_seconds: 5 }),
  ...get("/calls"),
  "get /calls/{id}": async (contract) => contract.send("GET", `/calls/${await call("ended")(contract)}`),
  "post /calls/outbound": async (contract) =>
    contract.send("POST", "/calls/outbound", {
      destination: "+31612345678",
      assistant_id: await assistant(contract),
    }),
  "post /calls/{id}/control": async (contract) => {
    const id = await call("in-progress")(contract);
    const nothing = () => undefined;
    contract.liveCalls.add(id, { injectContext: nothing, say: nothing, end: nothing, transfer: nothing });
    return contract.send("POST", `/calls/${id}/control`, { type: "say", content: "Hello", end_after: false });
  },
  "get /campaigns/{id}/leads": async (contract) =>
    contract.send("GET", `/campaigns/${await campaign(contract)}/leads`),
  "post /campaigns/{id}/leads": async (contract) =>
    contract.send("POST", `/campaigns/${await campaign(contract)}/leads`, { phone_number: "+31612345678" }),
  "delete /campaigns/{id}/leads/{leadId}": async (contract) => {
    const id = await campaign(contract);
    const { body } = await contract.send("GET", `/campaigns/${id}/leads`);
    return contract.send("DELETE", `/campaigns/${id}/leads/${body.leads[0].id}`);
  },
  "post /mcp-servers/{id}/test": async (contract) =>
    contract.send("POST", `/mcp-servers/${await mcpServer(contract)}/test`),
  ...get("/chats"),
  ...get("/chats/context"),
  "post /chats": ({ send }) => send("POST", "/chats", { message: "Hi" }),
  "delete /chats/{id}": ({ send }) => send("DELETE", "/chats/1"),
  ...get("/byok"),
  "post /byok": ({ send }) => send("POST", "/byok", { provider: "openai", api_key: "k" }),
  "delete /byok": async ({ send }) => {
    await send("POST", "/byok", { provider: "xai", api_key: "k" });
    return send("DELETE", "/byok", { provider: "xai" });
  },
  "post /byok/config": async ({ send }) => {
    await send("POST", "/byok", { provider: "google", api_key: "k" });
    return send("POST", "/byok/config", { provider: "google", config: { a: 1 } });
  },
  ...get("/voices"),
  ...get("/catalog"),
  ...get("/usage"),
  "get /organizations": ({ send }) => send("GET", "/organizations?include_children=true"),
  "post /organizations": ({ send, organizationId }) =>
    send("POST", "/organizations", { name: "Child", parent_org_id: organizationId }),
  "patch /organizations": ({ send }) =>
    send("PATCH", "/organizations", { content_retention_days: 30, metadata_retention_days: 90 }),
  "patch /organizations/{id}/minutes": ({ send, organizationId }) =>
    send("PATCH", `/organizations/${organizationId}/minutes`, { minutes_balance: null }),
  ...get("/account"),
  ...get("/api-keys"),
  "post /api-keys": ({ send }) => send("POST", "/api-keys", { name: "x" }),
  "patch /api-keys/{id}": async ({ send }) => {
    const { body } = await send("POST", "/api-keys", { name: "x" });
    return send("PATCH", `/api-keys/${body.api_key.id}`, { name: "y" });
  },
  "delete /api-keys/{id}": async ({ send }) => {
    const { body } = await send("POST", "/api-keys", { name: "x" });
    return send("DELETE", `/api-keys/${body.api_key.id}`);
  },
  ...get("/emails"),
  ...get("/settings/webhook"),
  "patch /settings/webhook": ({ send }) => send("PATCH", "/settings/webhook", { events: null }),
  "post /settings/webhook/rotate-secret": ({ send }) => send("POST", "/settings/webhook/rotate-secret", {}),
  "post /assistants/{id}/webhook/rotate-secret": async (contract) =>
    contract.send("POST", `/assistants/${await assistant(contract)}/webhook/rotate-secret`, {}),
  "post /settings/webhook/test": async ({ send }) => {
    await send("PATCH", "/settings/webhook", { url: nobody });
    return send("POST", "/settings/webhook/test", {});
  },
  "post /assistants/{id}/webhook/test": async (contract) => {
    const own = make("/assistants", "assistant", () => ({ name: "x", webhook_url: nobody }));
    return contract.send("POST", `/assistants/${await own(contract)}/webhook/test`, {});
  },
  ...get("/webhook-events"),
  "post /webhook-events/replay": ({ send }) =>
    send("POST", "/webhook-events/replay", { since: "2026-01-01T00:00:00Z", dry_run: true }),
  "get /webhook-events/{id}": async (contract) =>
    contract.send("GET", `/webhook-events/${await event(contract)}`),
  "get /webhook-events/{id}/attempts": async (contract) =>
    contract.send("GET", `/webhook-events/${await event(contract)}/attempts`),
  "post /webhook-events/{id}/replay": async (contract) => {
    await contract.send("PATCH", "/settings/webhook", { url: nobody });
    const tested = await contract.send("POST", "/settings/webhook/test", { type: "status-update" });
    return contract.send("POST", `/webhook-events/${tested.body.webhook_event_id}/replay`, {});
  },
  "get /webhook-replays/{id}": async (contract) =>
    contract.send("GET", `/webhook-replays/${await replay(contract)}`),
  "post /webhook-replays/{id}/pause": async (contract) =>
    contract.send("POST", `/webhook-replays/${await replay(contract)}/pause`),
  "post /webhook-replays/{id}/resume": async (contract) =>
    contract.send("POST", `/webhook-replays/${await replay(contract)}/resume`),
  ...get("/webhook-endpoints"),
  "get /webhook-endpoints/{id}": async (contract) =>
    contract.send("GET", `/webhook-endpoints/${await endpoint(contract)}`),
  "patch /webhook-endpoints/{id}": async (contract) =>
    contract.send("PATCH", `/webhook-endpoints/${await endpoint(contract)}`, { is_enabled: true }),
  ...get("/operational-events"),
};

const outbound = async (contract: Contract, fields: object = {}) =>
  contract.send("POST", "/calls/outbound", {
    destination: "+31612345678",
    assistant_id: await assistant(contract),
    ...fields,
  });
const badGraph = { ...definition, entry_node: "missing" };
const realtimeGraph = {
  ...definition,
  nodes: [{ ...definition.nodes[0], llm_config: { provider: "openai_live" } }],
};
const completed: Make = async (contract) => {
  const id = await campaign(contract);
  await contract.db.updateTable("campaigns").set({ status: "completed" }).where("id", "=", id).execute();
  return id;
};
const calling = async (contract: Contract) => {
  const id = await campaign(contract);
  await contract.db
    .updateTable("campaign_leads")
    .set({ status: "calling" })
    .where("campaign_id", "=", id)
    .execute();
  const { body } = await contract.send("GET", `/campaigns/${id}/leads`);
  return { id, leadId: body.leads[0].id as string };
};
const withoutUrl = async (contract: Contract, path: string) => {
  await contract.send("PATCH", "/settings/webhook", { url: null });
  return contract.send("POST", path, {});
};
/** A place that is switched off, as a receiver that answered 410 is. */
const whileDisabled = async (contract: Contract, path: string) => {
  const { db } = contract;
  const disable = (reason: string | null) =>
    db
      .updateTable("webhook_endpoints")
      .set({ disabled_at: reason ? new Date() : null, disabled_reason: reason })
      .where("organization_id", "=", contract.organizationId)
      .execute();
  await contract.send("PATCH", "/settings/webhook", { url: nobody });
  await contract.send("POST", path, {});
  await disable("gone");
  const answer = await contract.send("POST", path, {});
  await disable(null);
  return answer;
};

/** How refusals come about that are an operation's own; `<operation> body`: what it takes a look at an id with. */
export const special: Record<string, Case | undefined> = {
  "post /numbers number_exists": async ({ send }) => {
    const body = numberBody();
    await send("POST", "/numbers", body);
    return send("POST", "/numbers", body);
  },
  "post /calls/outbound assistant_not_found": (contract) => outbound(contract, { assistant_id: newId() }),
  "post /calls/outbound number_not_found": (contract) => outbound(contract, { number_id: "x" }),
  "post /calls/outbound no_outbound_number": async (contract) => {
    const before = contract.outbound;
    contract.outbound = () => ({ outcome: "not-found" });
    const answer = await outbound(contract);
    contract.outbound = before;
    return answer;
  },
  "post /calls/outbound insufficient_credits": async (contract) => {
    contract.setBalance(0);
    const answer = await outbound(contract);
    contract.setBalance(null);
    return answer;
  },
  "post /calls/outbound server_stopping": async (contract) => {
    contract.isStopping = true;
    const answer = await outbound(contract);
    contract.isStopping = false;
    return answer;
  },
  "post /calls/{id}/control call_not_active": async (contract) =>
    contract.send("POST", `/calls/${await call("ended")(contract)}/control`, { type: "end-call" }),
  "post /calls/{id}/control invalid_request": async (contract) =>
    contract.send("POST", `/calls/${await call("in-progress")(contract)}/control`, { type: "dance" }),
  "post /workflows invalid_workflow": ({ send }) =>
    send("POST", "/workflows", { name: "x", definition: badGraph }),
  "post /workflows realtime_provider_not_allowed_per_node": ({ send }) =>
    send("POST", "/workflows", { name: "x", definition: realtimeGraph }),
  "patch /workflows/{id} invalid_workflow": async (contract) =>
    contract.send("PATCH", `/workflows/${await workflow(contract)}`, { definition: badGraph }),
  "patch /workflows/{id} realtime_provider_not_allowed_per_node": async (contract) =>
    contract.send("PATCH", `/workflows/${await workflow(contract)}`, { definition: realtimeGraph }),
  "delete /workflows/{id} workflow_in_use": async (contract) => {
    const id = await workflow(contract);
    await contract.send("POST", "/numbers", { ...numberBody(), workflow_id: id });
    return contract.send("DELETE", `/workflows/${id}`);
  },
  "delete /byok byok_key_not_found": ({ send }) => send("DELETE", "/byok", { provider: "gladia" }),
  "post /byok/config byok_key_missing": ({ send }) =>
    send("POST", "/byok/config", { provider: "gladia", config: {} }),
  "patch /campaigns/{id} campaign_completed": async (contract) =>
    contract.send("PATCH", `/campaigns/${await completed(contract)}`, { name: "x" }),
  "post /campaigns/{id}/leads campaign_completed": async (contract) =>
    contract.send("POST", `/campaigns/${await completed(contract)}/leads`, { phone_number: "+31612345678" }),
  "post /campaigns/{id}/leads body": () =>
    Promise.resolve({ status: 0, headers: {}, body: { phone_number: "+31612345678" } }),
  "delete /campaigns/{id} lead_in_call": async (contract) =>
    contract.send("DELETE", `/campaigns/${(await calling(contract)).id}`),
  "delete /campaigns/{id}/leads/{leadId} lead_in_call": async (contract) => {
    const { id, leadId } = await calling(contract);
    return contract.send("DELETE", `/campaigns/${id}/leads/${leadId}`);
  },
  "delete /campaigns/{id}/leads/{leadId} lead_not_found": async (contract) =>
    contract.send("DELETE", `/campaigns/${await campaign(contract)}/leads/${newId()}`),
  "post /mcp-servers mcp_server_name_taken": async ({ send }) => {
    const body = mcpBody();
    await send("POST", "/mcp-servers", body);
    return send("POST", "/mcp-servers", body);
  },
  "patch /mcp-servers/{id} mcp_server_name_taken": async (contract) => {
    const { name } = (await contract.send("POST", "/mcp-servers", mcpBody())).body.mcp_server;
    return contract.send("PATCH", `/mcp-servers/${await mcpServer(contract)}`, { name });
  },
  "delete /mcp-servers/{id} mcp_server_in_use": async (contract) => {
    const id = await mcpServer(contract);
    const tools = [{ type: "mcp", mcp_server_id: id, allowed_tools: ["x"] }];
    const llm_config = { provider: "scripted", model: "script-1", script: [], tools };
    await contract.send("POST", "/assistants", { name: "x", llm_config });
    return contract.send("DELETE", `/mcp-servers/${id}`);
  },
  "post /organizations forbidden": ({ send }) =>
    send("POST", "/organizations", { name: "x", parent_org_id: newId() }),
  "patch /organizations/{id}/minutes forbidden": ({ send, organizationId }) =>
    send(
      "PATCH",
      `/organizations/${organizationId}/minutes`,
      { minutes_balance: 1 },
      "fl_limited_0123456789a",
    ),
  "patch /organizations/{id}/minutes body": () =>
    Promise.resolve({ status: 0, headers: {}, body: { minutes_balance: 1 } }),
  "get /api-keys invalid_request": ({ send }) => send("GET", "/api-keys?organisation=x"),
  "delete /api-keys/{id} invalid_request": ({ send }) =>
    send("DELETE", `/api-keys/${newId()}?organisation=x`),
  "get /api-keys organization_not_found": ({ send }) => send("GET", `/api-keys?organization_id=${newId()}`),
  "post /api-keys organization_not_found": ({ send }) =>
    send("POST", "/api-keys", { name: "x", organization_id: newId() }),
  "delete /api-keys/{id} organization_not_found": ({ send }) =>
    send("DELETE", `/api-keys/${newId()}?organization_id=${newId()}`),
  "delete /api-keys/{id} last_api_key": async ({ send }) => {
    const made = await send("POST", "/organizations", { name: "One key" });
    const { body } = await send("GET", "/api-keys", undefined, made.body.api_key);
    return send("DELETE", `/api-keys/${body.api_keys[0].id}`, undefined, made.body.api_key);
  },
  "patch /api-keys/{id} body": () => Promise.resolve({ status: 0, headers: {}, body: { name: "x" } }),
  "patch /webhook-endpoints/{id} body": () =>
    Promise.resolve({ status: 0, headers: {}, body: { is_enabled: true } }),
  "post /settings/webhook/test webhook_url_missing": (contract) =>
    withoutUrl(contract, "/settings/webhook/test"),
  "post /assistants/{id}/webhook/test webhook_url_missing": async (contract) =>
    withoutUrl(contract, `/assistants/${await assistant(contract)}/webhook/test`),
  "post /settings/webhook/test webhook_endpoint_disabled": (contract) =>
    whileDisabled(contract, "/settings/webhook/test"),
  "post /assistants/{id}/webhook/test webhook_endpoint_disabled": async (contract) =>
    whileDisabled(contract, `/assistants/${await assistant(contract)}/webhook/test`),
  "post /webhook-events/{id}/replay webhook_event_not_replayable": async (contract) =>
    contract.send("POST", `/webhook-events/${await insertEvent("tool-calls")(contract)}/replay`, {}),
};
