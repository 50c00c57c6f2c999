import { sql } from "kysely";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { keepAuditLog } from "./audit/audit-hook.ts";
import { auditRoutes } from "./audit/audit-routes.ts";
import { insertAuditEntry } from "./audit/audit-store.ts";
import type { IsConfigured } from "./assistants/catalog/catalog.ts";
import { catalogRoutes } from "./assistants/catalog/catalog-routes.ts";
import { assistantSecretRoutes } from "./assistants/assistant-secret-routes.ts";
import { assistantVersionRoutes } from "./assistants/assistant-version-routes.ts";
import { toolTestRoutes } from "./assistants/tool-test-routes.ts";
import { createToolTest } from "./calls/tool-test.ts";
import { joinCallWebhooks } from "./webhook-levels.ts";
import { showTestRecord } from "./webhooks/test-record.ts";
import { assistantRoutes, type AssistantRoutesOptions } from "./assistants/assistant-routes.ts";
import { findAssistant } from "./assistants/assistant-store.ts";
import { callRoutes } from "./calls/call-routes.ts";
import { callStreamRoutes } from "./calls/call-stream-routes.ts";
import { callControlRoutes } from "./calls/control-routes.ts";
import { callTimelineRoutes } from "./calls/call-timeline-routes.ts";
import { callTraceRoutes, type CallTraceRoutesOptions } from "./calls/call-trace-routes.ts";
import type { SendCommand } from "./calls/command-delivery.ts";
import { webCallRoutes, type WebCallRoutesOptions } from "./calls/web-call-routes.ts";
import { outboundCallRoutes, type OutboundRoutesOptions } from "./calls/outbound-routes.ts";
import type { Clock } from "./clock.ts";
import { dashboardRoutes } from "./dashboard/dashboard-routes.ts";
import { domainRoutes, type DomainRoutesOptions } from "./domains/domain-routes.ts";
import fastifyCookie from "@fastify/cookie";
import { requireKeyOrSession } from "./http/auth.ts";
import { healthRoutes } from "./http/health-routes.ts";
import { mcpServerRoutes, type McpServerRoutesOptions } from "./mcp/mcp-server-routes.ts";
import { countAssistantsOfMcpServer, unknownMcpServers } from "./mcp/mcp-server-store.ts";
import { metricsRoutes } from "./http/metrics-routes.ts";
import { createHttpServer } from "./http/server.ts";
import { isUuid, newId } from "./ids.ts";
import type { Logger } from "./logger.ts";
import { emailRoutes } from "./mail/email-routes.ts";
import { numberRoutes } from "./numbers/number-routes.ts";
import { countNumbersOfWorkflow } from "./numbers/number-store.ts";
import { analysisTemplateRoutes } from "./analysis-templates/analysis-template-routes.ts";
import { campaignRoutes } from "./campaigns/campaign-routes.ts";
import { byokRoutes } from "./byok/byok-routes.ts";
import { chatRoutes } from "./chats/chat-routes.ts";
import { createResourceStore } from "./db/resource-store.ts";
import { toolTemplateRoutes } from "./tool-templates/tool-template-routes.ts";
import { trunkRoutes } from "./trunks/trunk-routes.ts";
import { trunkExists } from "./trunks/trunk-store.ts";
import { peaksRoutes } from "./recordings/peaks-routes.ts";
import { recordingRoutes, type RecordingRoutesOptions } from "./recordings/recording-routes.ts";
import { statsRoutes } from "./stats/stats-routes.ts";
import { signalRoutes, type JoinPort } from "./web-calls/signal-routes.ts";
import { usageRoutes } from "./usage/usage-routes.ts";
import { workflowRoutes } from "./workflows/workflow-routes.ts";
import { findOrganizationName, getAccountWebhook } from "./organizations/organization-store.ts";
import { createApiKeyChecks } from "./organizations/api-key-check.ts";
import { apiKeyRoutes } from "./organizations/api-key-routes.ts";
import { checkApiKey, touchApiKey } from "./organizations/api-key-store.ts";
import { findOperatorOrganization } from "./organizations/organization-view-store.ts";
import { organizationRoutes } from "./organizations/organization-routes.ts";
import { pathOfRequest } from "./people/session-check.ts";
import { hideSecrets } from "./people/secret-fields.ts";
import { createPeople, type PeopleOptions } from "./people/people.ts";
import type { ScryptCost } from "./people/password.ts";
import { insertMembership } from "./people/user-store.ts";
import { acceptIdempotencyKeys } from "./idempotency/idempotency.ts";
import type { RateLimits } from "./rate-limit-config.ts";
import { limitRequests } from "./http/rate-limit.ts";
import { createRateLimiter, type TakePlace } from "./http/rate-limiter.ts";
import { createTakeFromWindow } from "./http/rate-window-store.ts";
import { docsRoutes } from "./openapi/docs-routes.ts";
import { openApiDocument } from "./openapi/document.ts";
import { webhookSettingsRoutes } from "./organizations/webhook-settings-routes.ts";
import { webhookEndpointRoutes } from "./webhooks/endpoint-routes.ts";
import { listEventsWithAttempts } from "./webhooks/call-events-store.ts";
import { listEventsOfCall } from "./webhooks/event-list-store.ts";
import { webhookEventRoutes } from "./webhooks/event-routes.ts";
import { webhookEventStreamRoutes } from "./webhooks/event-stream-routes.ts";
import { replaceAssistantSecret } from "./webhooks/outbox-store.ts";
import { previousSecrets } from "./webhooks/previous-secret-store.ts";
import type { WebhookEngine } from "./webhooks/webhook-engine.ts";
import { listEndpointHealth, listSyncHealth } from "./webhooks/webhook-health-store.ts";
import { webhookTestRoutes } from "./webhooks/webhook-test-routes.ts";

export interface ApiOptions
  extends Omit<AssistantRoutesOptions, "onSecretChanged" | "unknownMcpServers">, DomainRoutesOptions {
  engine: WebhookEngine;
  clock: Clock;
  logger: Logger;
  version: string;
  /** how others reach it; undefined: as the request did */
  publicUrl: string | undefined;
  /** whose X-Forwarded-* headers are believed */
  trustedProxies: readonly string[];
  rateLimits: RateLimits;
  /** how dear a guess at a password is; undefined: as dear as it should be */
  passwordCost?: ScryptCost;
  sendInvitation: PeopleOptions["sendInvitation"];
  /** where the dashboard's build is, or will be; undefined: none is served */
  dashboardDirectory: string | undefined;
  /** what this server can run for an organization */
  configuredFor: (organizationId: string) => Promise<IsConfigured>;
  mcp: Pick<McpServerRoutesOptions, "isAllowedPrivate" | "refuseHost" | "connect">;
  /** whether this process takes no new calls any more */
  isDraining: () => boolean;
  sendCommand: SendCommand;
  outbound: OutboundRoutesOptions;
  webCalls: WebCallRoutesOptions;
  /** where browsers come in */
  webCarrier: JoinPort;
  recordings: RecordingRoutesOptions;
  traces: CallTraceRoutesOptions["traces"];
  sipPort: () => number;
}

const MINUTE_SECONDS = 60;

/** The REST API, every route of it, not listening yet: app.ts's HTTP half, apart so that it can be tested without telephony. */
export async function buildApi(options: ApiOptions): Promise<FastifyInstance> {
  const { db, clock } = options;
  const server = createHttpServer(options);
  const keys = createApiKeyChecks({
    find: (apiKey) => checkApiKey(db, apiKey),
    touch: (apiKeyId) => touchApiKey(db, apiKeyId),
    clock,
  });
  const takePlace = createRateLimiter({ takeFromWindow: createTakeFromWindow(db), clock });
  const limitKey = requestsOf(takePlace, "key", options.rateLimits.requestsPerMinute);
  const limitSession = requestsOf(takePlace, "session", options.rateLimits.sessionRequestsPerMinute);
  const limitAddress = requestsOf(takePlace, "address", options.rateLimits.requestsPerMinute);
  await server.register(fastifyCookie);
  const people = createPeople({
    ...options,
    now: () => clock.now(),
    takePlace,
    signInsPerEmail: options.rateLimits.signInsPerEmail,
    findOperator: findOperatorOrganization,
    findOrganizationName,
    recordAudit: insertAuditEntry,
  });
  const auth = {
    checkApiKey: keys.check,
    checkSession: people.check,
    refuse: people.refuse,
    takePlace: limitAddress,
  };
  const limitWho = ({ person, apiKeyId }: FastifyRequest) =>
    person ? limitSession(person.sessionId) : limitKey(apiKeyId);
  await server.register(
    async (api) => {
      healthRoutes(api, {
        version: options.version,
        now: () => clock.now(),
        pingDatabase: async () => {
          const startedMs = clock.monotonicMs();
          await sql`select 1`.execute(db);
          return clock.monotonicMs() - startedMs;
        },
        isDraining: options.isDraining,
      });
      people.publicRoutes(api);
      await api.register((behindSession, _options, done) => {
        requireKeyOrSession(behindSession, auth);
        limitRequests(behindSession, limitWho);
        people.ownRoutes(behindSession);
        done();
      });
      await api.register((behindKey, _options, done) => {
        requireKeyOrSession(behindKey, auth);
        limitRequests(behindKey, limitWho);
        hideSecrets(behindKey);
        keepAuditLog(behindKey, { db, pathOf: pathOfRequest });
        acceptIdempotencyKeys(behindKey, options);
        organizationRoutes(behindKey, {
          ...options,
          async addOwner(tx, ownership) {
            await insertMembership(tx, { ...ownership, role: "owner" });
          },
        });
        people.memberRoutes(behindKey);
        auditRoutes(behindKey, options);
        apiKeyRoutes(behindKey, { db, now: () => clock.now(), onRevoked: keys.forget });
        webhookSettingsRoutes(behindKey, { ...options, previousSecrets });
        assistantsOf(behindKey, options);
        assistantSecretRoutes(behindKey, {
          ...options,
          previousSecrets,
          onSecretChanged: replaceAssistantSecret,
        });
        webhookRoutes(behindKey, options);
        numberRoutes(behindKey, {
          db,
          exists: {
            assistant: async (organizationId, id) =>
              (await findAssistant(db, organizationId, id)) !== undefined,
            "SIP trunk": (organizationId, id) => trunkExists(db, organizationId, id),
            workflow: async (organizationId, id) =>
              (await workflows.find(db, organizationId, id)) !== undefined,
          },
        });
        resourcesOf(behindKey, options);
        callRoutes(behindKey, { db, now: () => clock.now(), recordingUrl: options.recordings.urls.urlOf });
        callStreamRoutes(behindKey, options);
        callTimelineRoutes(behindKey, {
          db,
          now: () => clock.now(),
          traces: options.traces,
          recordingUrl: options.recordings.urls.urlOf,
          listEvents: (organizationId, callId) => listEventsWithAttempts(db, organizationId, callId),
        });
        peaksRoutes(behindKey, options.recordings);
        callTraceRoutes(behindKey, {
          ...options,
          listEvents: (organizationId, callId) => listEventsOfCall(db, organizationId, callId),
        });
        emailRoutes(behindKey, { db });
        domainRoutes(behindKey, options);
        outboundCallRoutes(behindKey, options.outbound);
        webCallRoutes(behindKey, options.webCalls);
        callControlRoutes(behindKey, {
          db,
          sendCommand: options.sendCommand,
          takePlace: (callId) =>
            takePlace(`control:${callId}`, {
              most: options.rateLimits.controlsPerMinute,
              windowSeconds: MINUTE_SECONDS,
            }),
        });
        done();
      });
    },
    { prefix: "/api/v1" },
  );
  server.get("/api/openapi.json", (request) =>
    openApiDocument({
      version: options.version,
      serverUrl: options.publicUrl ?? `${request.protocol}://${request.host}`,
    }),
  );
  docsRoutes(server);
  await signalRoutes(server, { carrier: () => options.webCarrier, clock });
  recordingRoutes(server, options.recordings);
  // Web calls have a host of their own in the API that this one is compatible with, and no /api before their path.
  await server.register(
    (root, _options, done) => {
      requireKeyOrSession(root, auth);
      limitRequests(root, limitWho);
      acceptIdempotencyKeys(root, options);
      webCallRoutes(root, options.webCalls);
      done();
    },
    { prefix: "/v1" },
  );
  // Where Prometheus looks for it.
  await server.register((root, _options, done) => {
    requireKeyOrSession(root, auth);
    metricsRoutes(root, options.engine.metrics);
    done();
  });
  const { dashboardDirectory: directory, publicUrl } = options;
  if (directory !== undefined) await dashboardRoutes(server, { directory, publicUrl });
  return server;
}

const workflows = createResourceStore("workflows");

function resourcesOf(server: FastifyInstance, options: ApiOptions): void {
  catalogRoutes(server, options);
  byokRoutes(server, options);
  toolTemplateRoutes(server, options);
  analysisTemplateRoutes(server, options);
  trunkRoutes(server, options);
  usageRoutes(server, options);
  statsRoutes(server, {
    db: options.db,
    now: () => options.clock.now(),
    endpointHealth: (organizationId, period) => listEndpointHealth(options.db, organizationId, period),
    syncHealth: (organizationId, period) => listSyncHealth(options.db, organizationId, period),
  });
  campaignRoutes(server, {
    ...options,
    assistantExists: async (organizationId, id) =>
      (await findAssistant(options.db, organizationId, id)) !== undefined,
  });
  mcpServerRoutes(server, { ...options, ...options.mcp, countAssistants: countAssistantsOfMcpServer });
  workflowRoutes(server, { ...options, countNumbers: countNumbersOfWorkflow });
  // Apart, because each of its answers says that it is deprecated.
  void server.register((chats, _options, done) => {
    chatRoutes(chats);
    done();
  });
}

function assistantsOf(server: FastifyInstance, options: ApiOptions): void {
  const { db, clock, secretBox } = options;
  const common = {
    ...options,
    unknownMcpServers: (organizationId: string, ids: readonly string[]) =>
      unknownMcpServers(db, organizationId, ids),
  };
  assistantRoutes(server, { ...common, onSecretChanged: replaceAssistantSecret });
  assistantVersionRoutes(server, common);
  toolTestRoutes(server, {
    ...common,
    testTool: createToolTest({
      webhooks: joinCallWebhooks(db),
      ask: options.engine.ask,
      newId,
      sealSecret: (secret) => secretBox.seal(secret),
    }),
    showEvent: (organizationId, eventId) => showTestRecord({ db, clock }, organizationId, eventId),
  });
}

function requestsOf(takePlace: TakePlace, of: "key" | "session" | "address", most: number) {
  return (who: string) => takePlace(`${of}:${who}`, { most, windowSeconds: MINUTE_SECONDS });
}

function webhookRoutes(server: FastifyInstance, options: ApiOptions): void {
  const { db, clock, secretBox, engine } = options;
  const wakeDelivery = engine.wake;
  webhookEventRoutes(server, { db, wakeDelivery });
  webhookEventStreamRoutes(server, {
    db,
    clock,
    secretBox,
    findSecrets: async (organizationId) => (await getAccountWebhook(db, organizationId)).secrets,
  });
  webhookEndpointRoutes(server, {
    db,
    disable: (receiver, reason) => engine.receivers.disable(receiver, reason),
    forget: (endpointId) => engine.receivers.forget(endpointId),
  });
  webhookTestRoutes(server, {
    db,
    clock,
    wakeDelivery,
    async findEndpoint(organizationId, assistantId) {
      if (assistantId !== undefined) {
        const assistant = isUuid(assistantId)
          ? await findAssistant(db, organizationId, assistantId)
          : undefined;
        if (!assistant) return "no-assistant";
        const url = assistant.configuration.webhook_url;
        if (url) return { level: "assistant", owner: assistantId, url, secret: assistant.webhookSecret };
      }
      const { url } = await getAccountWebhook(db, organizationId);
      return url ? { level: "account", owner: "", url, secret: null } : "no-url";
    },
  });
}
