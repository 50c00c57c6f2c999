import { newId } from "../../src/ids.ts";
import { peopleRefusals } from "./people-cases.ts";
import {
  definition,
  nobody,
  assistant,
  numberBody,
  campaign,
  mcpBody,
  mcpServer,
  call,
  insertEvent,
  workflow,
  type Case,
  type Contract,
  type Make,
} from "./contract-cases.ts";

const outbound = async (contract: Contract, fields: object = {}) =>
  contract.send("POST", "/calls/outbound", {
    destination: "+31612345678",
    assistant_id: await assistant(contract),
    ...fields,
  });
const webCall = async (contract: Contract) =>
  contract.send("POST", "/web-calls", { assistant_id: await assistant(contract) });
const webCallWithout = async (contract: Contract, room: "stopping" | "busy") => {
  contract.room = room;
  const answer = await webCall(contract);
  contract.room = "placed";
  return answer;
};
const outboundWithout = async (contract: Contract, room: "stopping" | "busy") => {
  contract.room = room;
  const answer = await outbound(contract);
  contract.room = "placed";
  return answer;
};
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
  ...peopleRefusals,
  // What was configured then is not there any more.
  "post /assistants/{id}/versions/{version}/restore invalid_request": async (contract) => {
    const server = await mcpServer(contract);
    const tools = [{ type: "mcp", mcp_server_id: server, allowed_tools: ["x"] }];
    const llm_config = { provider: "scripted", model: "script-1", script: [], tools };
    const { body } = await contract.send("POST", "/assistants", { name: "x", llm_config });
    const { id } = body.assistant;
    await contract.send("PATCH", `/assistants/${id}`, { llm_config: { ...llm_config, tools: [] } });
    await contract.send("DELETE", `/mcp-servers/${server}`);
    return contract.send("POST", `/assistants/${id}/versions/1/restore`);
  },
  "post /assistants/{id}/tools/test body": () =>
    Promise.resolve({ status: 0, headers: {}, body: { tool: { name: "look_up" } } }),
  "post /numbers number_exists": async ({ send }) => {
    const body = numberBody();
    await send("POST", "/numbers", body);
    return send("POST", "/numbers", body);
  },
  "post /web-calls assistant_not_found": (contract) =>
    contract.send("POST", "/web-calls", { assistant_id: newId() }),
  "post /web-calls insufficient_credits": async (contract) => {
    contract.setBalance(0);
    const answer = await webCall(contract);
    contract.setBalance(null);
    return answer;
  },
  "post /web-calls server_stopping": (contract) => webCallWithout(contract, "stopping"),
  "post /web-calls server_busy": (contract) => webCallWithout(contract, "busy"),
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
  "post /calls/outbound server_stopping": (contract) => outboundWithout(contract, "stopping"),
  "post /calls/outbound server_busy": (contract) => outboundWithout(contract, "busy"),
  "get /calls/{id}/trace call_trace_not_found": async (contract) =>
    contract.send("GET", `/calls/${await call("ended")(contract)}/trace`),
  "post /calls/{id}/control call_not_active": async (contract) =>
    contract.send("POST", `/calls/${await call("ended")(contract)}/control`, { type: "end-call" }),
  "post /calls/{id}/control call_not_reachable": async (contract) => {
    const id = await call("in-progress")(contract);
    // Alive by its heartbeat, and nobody there who would answer.
    const nodeId = newId();
    await contract.db.insertInto("nodes").values({ id: nodeId, installation_id: newId() }).execute();
    await contract.db.updateTable("calls").set({ node_id: nodeId }).where("id", "=", id).execute();
    return contract.send("POST", `/calls/${id}/control`, { type: "end-call" });
  },
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
