import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { buildApi } from "./api.ts";
import { assistantSchemas, crossFieldProblems } from "./assistants/assistant-schema.ts";
import { findAssistant, type Assistant } from "./assistants/assistant-store.ts";
import { createActiveCalls } from "./calls/active-calls.ts";
import type { CallPorts, InboundCallPorts, OutboundCallPorts } from "./calls/call-context.ts";
import { createDecide, type DecisionPorts } from "./calls/call-decision.ts";
import type { Watch } from "./calls/call-timeline.ts";
import { createRecordCallEmail } from "./calls/call-email.ts";
import { forgetOldCalls } from "./calls/call-retention.ts";
import type { ByokProvider } from "./byok/byok-provider.ts";
import { findByokKey } from "./byok/byok-store.ts";
import { createCallTransitions } from "./calls/call-transitions.ts";
import { createCallWebhooks, createRecordCallEvent } from "./calls/call-webhooks.ts";
import { carryInboundCall } from "./calls/inbound-call.ts";
import { createLiveCalls } from "./calls/live-calls.ts";
import { insertNode, stopEarlierNodes, stopNode } from "./calls/node-store.ts";
import { carryOutboundCall, recordOutboundCall } from "./calls/outbound-call.ts";
import type { OutboundNumber } from "./calls/outbound-routes.ts";
import { createReaper } from "./calls/reaper-loop.ts";
import { createToolRunners } from "./calls/tool-runner.ts";
import { systemClock } from "./clock.ts";
import { OPENAI_PUBLIC_BASE_URL, type Config } from "./config.ts";
import { prepareConversations } from "./conversation/agent-conversation.ts";
import { createSpeech } from "./conversation/speech.ts";
import { extractSummary } from "./conversation/summary.ts";
import { createSecretBox, type SecretBox } from "./secret-box.ts";
import type { DataDirectory } from "./data-directory.ts";
import { openDatabase } from "./db/database.ts";
import { migrate } from "./db/migrate.ts";
import { findVerifiedDomain } from "./domains/domain-store.ts";
import { createUpkeepLoop } from "./db/upkeep-loop.ts";
import { toError } from "./errors.ts";
import { deleteOldRequests } from "./idempotency/idempotent-request-store.ts";
import { problemsOf } from "./http/validation.ts";
import { newId } from "./ids.ts";
import type { Logger } from "./logger.ts";
import { deleteEmails, forgetEmailContent, insertEmail } from "./mail/email-store.ts";
import { createMail } from "./mail/mail-service.ts";
import { connectMcp } from "./mcp/mcp-client.ts";
import { findNumberForCall } from "./numbers/number-store.ts";
import { getMinutesBalance, takeMinutes } from "./organizations/minutes-store.ts";
import { ensureFirstOrganization, getAccountWebhook } from "./organizations/organization-store.ts";
import { deleteOldRateWindows } from "./http/rate-window-store.ts";
import { listRetentionPeriods } from "./organizations/retention-store.ts";
import { defaultProviders } from "./speech/default-providers.ts";
import { createOrganizationProviders } from "./speech/organization-providers.ts";
import { createProviders } from "./speech/providers.ts";
import { createEspeak, espeakMissing } from "./speech/tts/espeak.ts";
import { createSipCarrier } from "./telephony/sip/sip-carrier.ts";
import { readTrunkAddress } from "./trunks/trunk-address.ts";
import { findNumberWithTrunk, type NumberWithTrunk } from "./trunks/trunk-store.ts";
import type { TraceSip } from "./telephony/sip/sip-endpoint.ts";
import { recordEvent } from "./webhooks/outbox-store.ts";
import { ensurePartitions } from "./webhooks/partitions.ts";
import { startEventTracing } from "./webhooks/event-tracing.ts";
import { previousSecrets } from "./webhooks/previous-secret-store.ts";
import { forgetCallEvents } from "./webhooks/retention.ts";
import { createWebhookEngine } from "./webhooks/webhook-engine.ts";
import { resolveName } from "./webhooks/name-cache.ts";
import { isAllowedPrivate, refuseHost } from "./webhooks/vetted-host.ts";
import { checkUrl } from "./webhooks/url-guard.ts";

const { version: VERSION } = JSON.parse(
  readFileSync(new URL("../package.json", import.meta.url), "utf8"),
) as {
  version: string;
};
const MAX_CONNECTIONS = 20;
/** A shutdown's patience: for calls to be ended and reported, and for their events to go out. */
const END_CALLS_MS = 10_000;
const DRAIN_MS = 3_000;

export interface App {
  httpUrl: string;
  sipPort: number;
  /** set when this start made the first organization */
  newApiKey: { key: string; wasGenerated: boolean } | undefined;
  /** things the operator should know, one a line */
  notices: string[];
  stop(): Promise<void>;
}

/** Joins the parts. The only place that knows them all; main.ts, the demo and the tests start the product through it. */
export async function startApp(options: {
  config: Config;
  connectionString: string;
  dataDirectory: DataDirectory;
  logger: Logger;
  watch?: Watch | undefined;
  traceSip?: TraceSip | undefined;
}): Promise<App> {
  const { config, logger, dataDirectory } = options;
  const clock = systemClock;
  const [currentKey, ...previousKeys] = dataDirectory.secretKeys;
  const secretBox = createSecretBox(currentKey, previousKeys);
  const sealSecret = (secret: string) => secretBox.seal(secret);

  const { db, pool, close } = openDatabase({
    connectionString: options.connectionString,
    maxConnections: MAX_CONNECTIONS,
    onIdleError: (err) => logger.debug({ err }, "an idle database connection broke"),
  });
  await migrate(pool);
  await ensurePartitions(db, clock.now());
  const first = await ensureFirstOrganization(db, secretBox, config.apiKey);

  // Who we are; and that our predecessors on this data folder are dead, so that what they held is free.
  const nodeId = newId();
  await stopEarlierNodes(db, dataDirectory.installationId);
  await insertNode(db, { id: nodeId, installationId: dataDirectory.installationId });

  const engine = createWebhookEngine({
    db,
    clock,
    secretBox,
    logger,
    nodeId,
    allowed: config.allowedPrivateRanges,
    retentionDays: config.webhookRetentionDays,
    tracing:
      config.otlpEndpoint === undefined
        ? undefined
        : startEventTracing({ endpoint: config.otlpEndpoint, version: VERSION }),
  });
  const refuseUrl = (url: string) => {
    const check = checkUrl(url, config.allowedPrivateRanges);
    return check.outcome === "refused" ? check.reason : undefined;
  };

  /** An organization's own key for a service (facts 10.1). */
  const findOwnKey = async (organizationId: string, provider: ByokProvider) => {
    const sealed = await findByokKey(db, organizationId, provider);
    return sealed && secretBox.open(sealed);
  };

  // E-mail.
  const mail = createMail({
    settings: config.mail,
    db,
    clock,
    logger,
    nodeId,
    request: engine.request,
    findResendKey: async (organizationId) =>
      (await findOwnKey(organizationId, "resend")) ?? config.mail.resend.apiKey,
    findVerifiedDomain: (organizationId) => findVerifiedDomain(db, organizationId),
  });

  // Speech and conversation.
  const isOwnServer = config.openai.baseUrl !== OPENAI_PUBLIC_BASE_URL;
  const espeak = createEspeak();
  const providersWith = (apiKey: string | undefined) =>
    createProviders({ settings: { openai: { ...config.openai, apiKey, isOwnServer } }, espeak, clock });
  const withKey = (apiKey: string | undefined) => {
    const providers = providersWith(apiKey);
    return { providers, speech: createSpeech({ providers, clock, logger }) };
  };
  const servicesFor = createOrganizationProviders({
    common: withKey(config.openai.apiKey),
    findOpenAiKey: (organizationId) => findOwnKey(organizationId, "openai"),
    create: withKey,
    logger,
  });
  const defaults = () => defaultProviders({ hasOpenAi: config.openai.apiKey !== undefined || isOwnServer });
  prepareConversations();

  // Calls.
  const schemaOptions = { acceptsAnyOpenAiModel: isOwnServer, refuseUrl };
  const { perCall } = assistantSchemas(schemaOptions);
  const webhooks = createCallWebhooks({
    getAccountWebhook: (organizationId, tx) => getAccountWebhook(tx ?? db, organizationId),
    getAssistantSecrets: async (organizationId, assistantId, tx) => {
      const [assistant, previous] = await Promise.all([
        findAssistant(tx ?? db, organizationId, assistantId),
        previousSecrets.find(tx ?? db, { organizationId, owner: assistantId }),
      ]);
      if (!assistant?.webhookSecret) return [];
      return [assistant.webhookSecret, ...previous.map(({ secret }) => secret)];
    },
  });
  const transitions = createCallTransitions({
    db,
    recordEvent: createRecordCallEvent({ webhooks, recordEvent, now: () => clock.now() }),
    takeMinutes,
    wakeDelivery: engine.wake,
    email: {
      record: createRecordCallEmail({ newId, messageIdDomain: mail.messageIdDomain, insertEmail }),
      wake: mail.loop.wake,
    },
  });
  const reaper = createReaper({
    db,
    nodeId,
    transitions,
    summarizeOrphan: (call) => extractSummary(call.messages),
    clock,
    logger,
  });
  const activeCalls = createActiveCalls((error) =>
    logger.error({ err: toError(error) }, "a call could not be closed"),
  );
  const liveCalls = createLiveCalls();
  const callPorts: CallPorts = {
    db,
    nodeId,
    newId,
    clock,
    logger,
    transitions,
    sealSecret,
    speechFor: async (organizationId) => (await servicesFor(organizationId)).speech,
    createToolRunner: createToolRunners({
      webhooks,
      ask: engine.ask,
      prepare: engine.prepare,
      sealSecret,
      onFailure: (error) => logger.error({ err: toError(error) }, "a tool call failed"),
    }),
    liveCalls,
    watch: options.watch ?? (() => undefined),
  };
  const decisionPorts: DecisionPorts = {
    webhooks,
    ask: engine.ask,
    prepare: engine.prepare,
    findAssistant: async (organizationId, assistantId) => {
      const assistant = await findAssistant(db, organizationId, assistantId).catch(ignoreMalformedId);
      return assistant && toSaved(assistant);
    },
    defaultProviders: defaults,
    readPerCall: (change) => {
      const result = perCall.safeParse(change);
      return result.success
        ? { outcome: "ok", change: result.data }
        : { outcome: "invalid", problems: problemsOf(result.error) };
    },
    problemsOf: crossFieldProblems,
  };
  const inboundPorts: InboundCallPorts = {
    ...callPorts,
    findNumber: (phoneNumber) => findNumberForCall(db, phoneNumber),
    async hasMinutes(organizationId) {
      const balance = await getMinutesBalance(db, organizationId);
      return balance === null || balance > 0;
    },
    decide: createDecide(decisionPorts),
  };
  const carrier = createSipCarrier({
    host: config.sip.host,
    port: config.sip.port,
    rtpPorts: config.sip.rtpPorts,
    clock,
    logger,
    trace: options.traceSip,
    onLeg: (leg) => {
      if (activeCalls.isEnding) leg.reject(503, "Service Unavailable");
      else activeCalls.carry((shutdown) => carryInboundCall(leg, inboundPorts, shutdown));
    },
  });

  const outboundPorts: OutboundCallPorts = { ...callPorts, placeCall: carrier.placeCall };

  const http = await buildApi({
    ...schemaOptions,
    engine,
    resend: mail.resend,
    // Its own alone: with the server's, organizations would see and delete each other's domains.
    findResendKey: (organizationId) => findOwnKey(organizationId, "resend"),
    db,
    secretBox,
    clock,
    logger,
    version: VERSION,
    publicUrl: config.publicUrl,
    rateLimits: config.rateLimits,
    liveCalls,
    configuredFor: async (organizationId) => (await servicesFor(organizationId)).providers.isConfigured,
    mcp: {
      isAllowedPrivate: (url) => isAllowedPrivate(url, config.allowedPrivateRanges),
      refuseHost: (url) => refuseHost(url, { resolve: resolveName, allowed: config.allowedPrivateRanges }),
      connect: (target) => connectMcp(target, { fetch: engine.fetch, clock, version: VERSION }),
    },
    outbound: {
      ...decisionPorts,
      findOutboundNumber: async (organizationId, numberId) =>
        toOutboundNumber(await findNumberWithTrunk(db, organizationId, numberId), secretBox),
      getMinutesBalance: (organizationId) => getMinutesBalance(db, organizationId),
      async placeCall(order) {
        if (activeCalls.isEnding) return undefined;
        const call = await recordOutboundCall(order, outboundPorts);
        activeCalls.carry((shutdown) => carryOutboundCall(call, order, outboundPorts, shutdown));
        return { callId: call.id };
      },
    },
    defaultProviders: defaults,
  });
  const upkeep = createUpkeepLoop({
    clock,
    logger,
    tasks: [
      { name: "old rate windows", run: () => deleteOldRateWindows(db) },
      { name: "old idempotent requests", run: () => deleteOldRequests(db) },
      {
        name: "calls past their retention",
        run: () =>
          forgetOldCalls({
            db,
            now: clock.now(),
            listPeriods: () => listRetentionPeriods(db),
            async forgetContent(tx, callIds) {
              await forgetCallEvents(tx, callIds, "content");
              await forgetEmailContent(tx, callIds);
            },
            async forgetMetadata(tx, callIds) {
              await forgetCallEvents(tx, callIds, "all");
              await deleteEmails(tx, callIds);
            },
          }),
      },
    ],
  });

  async function stop(): Promise<void> {
    await activeCalls.endAll(END_CALLS_MS);
    await carrier.stop();
    await http.close();
    await reaper.stop();
    await mail.loop.stop(DRAIN_MS);
    await upkeep.stop();
    await engine.stop(DRAIN_MS);
    await stopNode(db, nodeId).catch(() => undefined);
    await espeak.stop();
    await close();
  }

  try {
    await reaper.start();
    engine.start();
    mail.loop.start();
    upkeep.start();
    await carrier.start();
    await http.listen({ port: config.port, host: config.host });
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
  const { port } = http.server.address() as AddressInfo;
  const missingVoice = espeakMissing();
  return {
    httpUrl:
      config.publicUrl ?? `http://${config.host.includes(":") ? `[${config.host}]` : config.host}:${port}`,
    sipPort: carrier.port,
    newApiKey:
      first.outcome === "created" ? { key: first.apiKey, wasGenerated: first.wasGenerated } : undefined,
    notices: missingVoice ? [missingVoice] : [],
    stop,
  };
}

/** A trunk's row as the carrier takes it. */
function toOutboundNumber(found: NumberWithTrunk | undefined, secretBox: SecretBox): OutboundNumber {
  if (!found) return { outcome: "not-found" };
  const { number, trunk } = found;
  const address = trunk && readTrunkAddress(trunk.address, trunk.transport);
  // TLS comes later; over TCP the credentials would travel in clear where somebody chose that they must not.
  if (!trunk || !address || trunk.transport === "tls") return { outcome: "no-trunk" };
  const { username, password } = trunk;
  return {
    outcome: "found",
    number,
    trunk: {
      address: address.host,
      port: address.port,
      protocol: trunk.transport === "tcp" ? "TCP" : "UDP",
      ...(username && password && { credentials: { username, password: secretBox.open(password) } }),
    },
  };
}

function toSaved(assistant: Assistant) {
  const { id, name, configuration } = assistant;
  return { id, configuration: { name, ...configuration }, isActive: configuration["is_active"] !== false };
}

/** An id from a webhook's answer need not be one of ours: PostgreSQL then refuses to read it as a uuid. */
function ignoreMalformedId(error: unknown): undefined {
  if ((error as { code?: string }).code === "22P02") return undefined;
  throw error;
}
