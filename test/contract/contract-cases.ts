import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import type { LiveCalls } from "../../src/calls/live-calls.ts";
import type { OutboundNumber } from "../../src/calls/outbound-routes.ts";
import type { Database } from "../../src/db/database.ts";
import { newId } from "../../src/ids.ts";
import type { SecretBox } from "../../src/secret-box.ts";
import { NO_DATA, type TestApi, type TestResponse } from "../harness/api.ts";
import { WAV } from "../harness/recording-world.ts";
import { peopleSucceed } from "./people-cases.ts";

/** What the cases may use of the world. */
export interface Contract {
  db: Database;
  organizationId: string;
  secretBox: SecretBox;
  liveCalls: LiveCalls;
  /** what becomes of calls that are to be placed */
  room: "placed" | "stopping" | "busy";
  outbound: (numberId: string | undefined) => OutboundNumber;
  setBalance(minutes: number | null): void;
  send(method: string, path: string, body?: unknown, key?: string): Promise<TestResponse>;
  api: TestApi;
  /** of an organization that is not the installation's first */
  otherKey: string;
  /** the same, where one of anything is the limit */
  limited: TestApi;
}

export type Case = (contract: Contract) => Promise<TestResponse>;

let count = 0;
export const unique = () => String(++count);
export const definition = {
  version: 1,
  entry_node: "talk",
  nodes: [{ id: "talk", type: "conversation", instructions: "Listen." }],
};
export const nobody = "http://127.0.0.1:9/";

/** Makes one. @returns its id */
export type Make = (contract: Contract) => Promise<string>;
export const make =
  (path: string, name: string, body: (contract: Contract) => object | Promise<object>): Make =>
  async (contract) => {
    const { body: answer } = await contract.send("POST", path, await body(contract));
    return answer[name].id;
  };

export const assistant = make("/assistants", "assistant", () => ({ name: "Desk" }));
export const numberBody = () => ({ phone_number: `+3185${String(1_000_000 + ++count)}` });
export const campaignBody = async (contract: Contract) => ({
  name: "Spring",
  agent_id: await assistant(contract),
  schedule_start_time: "09:00",
  schedule_end_time: "17:00",
  timezone: "UTC",
  leads: [{ phone_number: "+31612345678" }],
});
export const campaign = make("/campaigns", "campaign", campaignBody);
export const mcpBody = () => ({ name: `mcp ${unique()}`, url: "http://127.0.0.1:59999/mcp" });
export const mcpServer = make("/mcp-servers", "mcp_server", mcpBody);

export const call =
  (status: string): Make =>
  async ({ db, organizationId }) => {
    const id = newId();
    await db
      .insertInto("calls")
      .values({ id, organization_id: organizationId, node_id: newId(), direction: "web", status })
      .execute();
    return id;
  };

export const insertEvent =
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
const trunkBody = () => ({
  name: "x",
  provider: "x",
  address: "pbx",
  auth_username: "u",
  auth_password: "p",
  register: true,
  inbound_addresses: ["192.0.2.0/24"],
});
const workflowBody = () => ({ name: "x", definition });
export const workflow = make("/workflows", "workflow", workflowBody);

/** How each operation succeeds. */
export const succeed: Record<string, Case | undefined> = {
  ...get("/health"),
  ...crud("/assistants", assistant, () => ({ name: "Desk" }), { name: "Bell" }),
  "get /assistants/{id}/versions": async (contract) =>
    contract.send("GET", `/assistants/${await assistant(contract)}/versions`),
  "get /assistants/{id}/versions/{version}": async (contract) =>
    contract.send("GET", `/assistants/${await assistant(contract)}/versions/1`),
  "post /assistants/{id}/versions/{version}/restore": async (contract) => {
    const id = await assistant(contract);
    await contract.send("PATCH", `/assistants/${id}`, { name: "Bell" });
    return contract.send("POST", `/assistants/${id}/versions/1/restore`);
  },
  "post /assistants/{id}/tools/test": async (contract) =>
    contract.send("POST", `/assistants/${await assistant(contract)}/tools/test`, {
      tool: { name: "look_up", url: nobody },
    }),
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
  ...crud("/sip-trunks", make("/sip-trunks", "trunk", trunkBody), trunkBody, { auth_password: "new" }),
  ...crud("/workflows", workflow, workflowBody, { is_active: false }),
  ...crud("/campaigns", campaign, campaignBody, { status: "scheduled" }),
  ...crud("/mcp-servers", mcpServer, mcpBody, { timeout_seconds: 5 }),
  ...get("/calls"),
  "get /calls/{id}": async (contract) => contract.send("GET", `/calls/${await call("ended")(contract)}`),
  "get /calls/{id}/trace": async (contract) => {
    const id = await call("ended")(contract);
    const trace = { started_at: new Date(0).toISOString(), sip: [], sip_omitted: 0, media: [], turns: [] };
    await contract.db
      .insertInto("call_traces")
      .values({
        call_id: id,
        organization_id: contract.organizationId,
        trace: JSON.stringify({ ...trace, decisions: [] }),
        capture: null,
      })
      .execute();
    return contract.send("GET", `/calls/${id}/trace`);
  },
  "get /calls/{id}/timeline": async (contract) =>
    contract.send("GET", `/calls/${await call("ended")(contract)}/timeline`),
  "get /calls/{id}/recording/peaks": async (contract) => {
    const callId = await call("ended")(contract);
    const folder = await mkdtemp(join(tmpdir(), "switchhook-peaks-"));
    const file = join(folder, "call.wav");
    await writeFile(file, WAV);
    await contract.db
      .insertInto("recordings")
      .values({
        id: newId(),
        organization_id: contract.organizationId,
        call_id: callId,
        installation_id: newId(),
        state: "kept",
        path: relative(join(NO_DATA, "recordings"), file),
        object_key: null,
        last_error: null,
      })
      .execute();
    const answer = await contract.send("GET", `/calls/${callId}/recording/peaks`);
    await rm(folder, { recursive: true });
    return answer;
  },
  "post /web-calls": async (contract) =>
    contract.send("POST", "/web-calls", { assistant_id: await assistant(contract) }),
  "post /calls/outbound": async (contract) =>
    contract.send("POST", "/calls/outbound", {
      destination: "+31612345678",
      assistant_id: await assistant(contract),
    }),
  "post /calls/{id}/control": async (contract) => {
    const id = await call("in-progress")(contract);
    contract.liveCalls.begin(id).take({
      command: () => ({ outcome: "taken" }),
      refusalOf: () => undefined,
    });
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
  ...get("/stats"),
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
  ...peopleSucceed,
};
