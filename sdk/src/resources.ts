import { callHelpers } from "./calls.ts";
import { defining } from "./operation.ts";
import { usageHelpers } from "./usage.ts";
import type { Transport } from "./transport.ts";

export type { CallsPage } from "./calls.ts";
export type { Input, Output } from "./operation.ts";

export type Resources = ReturnType<typeof createResources>;

/** The whole surface. A line: the method, the path, what it takes, and what its answer is wrapped in. */
export function createResources(transport: Transport) {
  const define = defining(transport);
  return {
    assistants: {
      list: define("get", "/assistants", "nothing", "assistants"),
      create: define("post", "/assistants", "body", "assistant"),
      get: define("get", "/assistants/{id}", "nothing", "assistant"),
      update: define("patch", "/assistants/{id}", "body", "assistant"),
      delete: define("delete", "/assistants/{id}", "nothing"),
      rotateWebhookSecret: define("post", "/assistants/{id}/webhook/rotate-secret", "body", "webhook"),
      testWebhook: define("post", "/assistants/{id}/webhook/test", "body"),
      versions: define("get", "/assistants/{id}/versions", "nothing", "versions"),
      version: define("get", "/assistants/{id}/versions/{version}", "nothing", "version"),
      restoreVersion: define("post", "/assistants/{id}/versions/{version}/restore", "nothing", "assistant"),
      testTool: define("post", "/assistants/{id}/tools/test", "body", "tool_test"),
    },
    calls: callHelpers(define),
    webCalls: { create: define("post", "/web-calls", "body") },
    numbers: {
      list: define("get", "/numbers", "nothing", "numbers"),
      create: define("post", "/numbers", "body", "number"),
      get: define("get", "/numbers/{id}", "nothing", "number"),
      update: define("patch", "/numbers/{id}", "body", "number"),
      delete: define("delete", "/numbers/{id}", "nothing"),
    },
    campaigns: {
      list: define("get", "/campaigns", "nothing", "campaigns"),
      create: define("post", "/campaigns", "body", "campaign"),
      get: define("get", "/campaigns/{id}", "nothing", "campaign"),
      update: define("patch", "/campaigns/{id}", "body", "campaign"),
      delete: define("delete", "/campaigns/{id}", "nothing"),
      listLeads: define("get", "/campaigns/{id}/leads", "nothing", "leads"),
      addLead: define("post", "/campaigns/{id}/leads", "body", "lead"),
      removeLead: define("delete", "/campaigns/{id}/leads/{leadId}", "nothing"),
    },
    sipTrunks: {
      list: define("get", "/sip-trunks", "nothing", "trunks"),
      create: define("post", "/sip-trunks", "body", "trunk"),
      get: define("get", "/sip-trunks/{id}", "nothing", "trunk"),
      update: define("patch", "/sip-trunks/{id}", "body", "trunk"),
      delete: define("delete", "/sip-trunks/{id}", "nothing"),
    },
    usage: usageHelpers(define),
    stats: { get: define("get", "/stats", "query", "stats") },
    toolTemplates: {
      list: define("get", "/tool-templates", "nothing", "tool_templates"),
      create: define("post", "/tool-templates", "body", "tool_template"),
      get: define("get", "/tool-templates/{id}", "nothing", "tool_template"),
      update: define("patch", "/tool-templates/{id}", "body", "tool_template"),
      delete: define("delete", "/tool-templates/{id}", "nothing"),
    },
    analysisTemplates: {
      list: define("get", "/analysis-templates", "nothing", "analysis_templates"),
      create: define("post", "/analysis-templates", "body", "analysis_template"),
      get: define("get", "/analysis-templates/{id}", "nothing", "analysis_template"),
      update: define("patch", "/analysis-templates/{id}", "body", "analysis_template"),
      delete: define("delete", "/analysis-templates/{id}", "nothing"),
    },
    organizations: {
      get: define("get", "/organizations", "query"),
      create: define("post", "/organizations", "body"),
      update: define("patch", "/organizations", "body"),
      setMinutes: define("patch", "/organizations/{id}/minutes", "body"),
    },
    workflows: {
      list: define("get", "/workflows", "nothing", "workflows"),
      create: define("post", "/workflows", "body", "workflow"),
      get: define("get", "/workflows/{id}", "nothing", "workflow"),
      update: define("patch", "/workflows/{id}", "body", "workflow"),
      delete: define("delete", "/workflows/{id}", "nothing"),
    },
    mcpServers: {
      list: define("get", "/mcp-servers", "nothing", "mcp_servers"),
      create: define("post", "/mcp-servers", "body", "mcp_server"),
      get: define("get", "/mcp-servers/{id}", "nothing", "mcp_server"),
      update: define("patch", "/mcp-servers/{id}", "body", "mcp_server"),
      delete: define("delete", "/mcp-servers/{id}", "nothing"),
      test: define("post", "/mcp-servers/{id}/test", "body"),
    },
    domains: {
      get: define("get", "/domains", "nothing", "domain"),
      create: define("post", "/domains", "body", "domain"),
      delete: define("delete", "/domains", "nothing"),
      verify: define("post", "/domains/verify", "nothing", "domain"),
      refresh: define("post", "/domains/refresh", "nothing", "domain"),
      listResendDomains: define("get", "/domains/sync", "nothing"),
      syncResendDomain: define("post", "/domains/sync", "body", "domain"),
    },
    byok: {
      get: define("get", "/byok", "nothing", "byok_keys"),
      set: define("post", "/byok", "body", "byok_keys"),
      delete: define("delete", "/byok", "body", "byok_keys"),
      setConfig: define("post", "/byok/config", "body", "byok_config"),
    },
    voices: { list: define("get", "/voices", "nothing", "voices") },
    // What follows is not in the API that this one is compatible with.
    apiKeys: {
      list: define("get", "/api-keys", "query", "api_keys"),
      create: define("post", "/api-keys", "body", "api_key"),
      update: define("patch", "/api-keys/{id}", "body", "api_key"),
      delete: define("delete", "/api-keys/{id}", "query"),
    },
    members: {
      list: define("get", "/members", "nothing", "members"),
      update: define("patch", "/members/{id}", "body", "member"),
      remove: define("delete", "/members/{id}", "nothing"),
    },
    auditLog: {
      list: define("get", "/audit-log", "query"),
    },
    invitations: {
      list: define("get", "/invitations", "nothing", "invitations"),
      create: define("post", "/invitations", "body", "invitation"),
      withdraw: define("delete", "/invitations/{id}", "nothing"),
    },
    users: {
      list: define("get", "/users", "nothing", "users"),
      create: define("post", "/users", "body", "user"),
      update: define("patch", "/users/{id}", "body", "user"),
      createLink: define("post", "/users/{id}/link", "nothing", "link"),
      createWelcomeLink: define("post", "/users/welcome-link", "nothing", "link"),
    },
    webhookEvents: {
      list: define("get", "/webhook-events", "query"),
      get: define("get", "/webhook-events/{id}", "nothing", "webhook_event"),
      attempts: define("get", "/webhook-events/{id}/attempts", "nothing", "attempts"),
      replay: define("post", "/webhook-events/{id}/replay", "nothing", "webhook_event"),
      replayMany: define("post", "/webhook-events/replay", "body"),
      getReplay: define("get", "/webhook-replays/{id}", "nothing", "webhook_replay"),
      pauseReplay: define("post", "/webhook-replays/{id}/pause", "nothing", "webhook_replay"),
      resumeReplay: define("post", "/webhook-replays/{id}/resume", "nothing", "webhook_replay"),
    },
    webhookSettings: {
      get: define("get", "/settings/webhook", "nothing", "webhook"),
      update: define("patch", "/settings/webhook", "body", "webhook"),
      rotateSecret: define("post", "/settings/webhook/rotate-secret", "body", "webhook"),
      test: define("post", "/settings/webhook/test", "body"),
    },
    webhookEndpoints: {
      list: define("get", "/webhook-endpoints", "nothing", "webhook_endpoints"),
      get: define("get", "/webhook-endpoints/{id}", "nothing", "webhook_endpoint"),
      update: define("patch", "/webhook-endpoints/{id}", "body", "webhook_endpoint"),
    },
    emails: { list: define("get", "/emails", "query") },
    catalog: { get: define("get", "/catalog", "nothing", "catalog") },
  };
}
