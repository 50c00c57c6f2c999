import { assistantSchemas, crossFieldProblems } from "./assistants/assistant-schema.ts";
import { findAssistant, type Assistant } from "./assistants/assistant-store.ts";
import { createActiveCalls } from "./calls/active-calls.ts";
import type { CallPorts, InboundCallPorts } from "./calls/call-context.ts";
import { createCampaignLoop } from "./campaigns/campaign-loop.ts";
import { createPlaceCampaignCall } from "./calls/campaign-call.ts";
import { createDecide, type DecisionPorts } from "./calls/call-decision.ts";
import type { Watch } from "./calls/call-timeline.ts";
import { createRecordCallEmail } from "./calls/call-email.ts";
import { createCallTransitions } from "./calls/call-transitions.ts";
import { createRecordCallEvent } from "./calls/call-webhooks.ts";
import { joinCallWebhooks } from "./webhook-levels.ts";
import { createCommandDelivery } from "./calls/command-delivery.ts";
import { carryInboundCall } from "./calls/inbound-call.ts";
import { createLiveCalls } from "./calls/live-calls.ts";
import { carryOutboundCall, recordOutboundCall } from "./calls/outbound-call.ts";
import type { OutboundNumber } from "./calls/outbound-routes.ts";
import { createReaper } from "./calls/reaper-loop.ts";
import { createToolRunners } from "./calls/tool-runner.ts";
import { normalizeTools } from "./assistants/tool-definition.ts";
import type { McpConnection, McpTarget } from "./mcp/mcp-client.ts";
import { findMcpTarget } from "./mcp/mcp-server-store.ts";
import { createOpenMcpTools } from "./mcp/mcp-tools.ts";
import { OPENAI_PUBLIC_BASE_URL, type Config } from "./config.ts";
import { createRemoteMedia } from "./call-workers/remote-media.ts";
import { createRemoteSpeech } from "./call-workers/remote-speech.ts";
import { createWorkerPool, type WorkerPool } from "./call-workers/worker-pool.ts";
import { extractSummary } from "./conversation/extract.ts";
import { type SecretBox } from "./secret-box.ts";
import { toError } from "./errors.ts";
import { problemsOf } from "./http/validation.ts";
import { newId } from "./ids.ts";
import type { Logger } from "./logger.ts";
import { insertEmail } from "./mail/email-store.ts";
import { findNumberForCall } from "./numbers/number-store.ts";
import { getMinutesBalance, takeMinutes } from "./organizations/minutes-store.ts";
import { defaultProviders } from "./speech/default-providers.ts";
import { createOrganizationProviders } from "./speech/organization-providers.ts";
import { isProviderConfigured, type ProviderKind } from "./speech/provider-availability.ts";
import { createPublicAddress } from "./telephony/nat/public-address-loop.ts";
import { createSipCarrier } from "./telephony/sip/sip-carrier.ts";
import { readTlsFiles } from "./telephony/sip/tls-files.ts";
import { joinTrunks, unseal, type TrunkSide } from "./trunk-side.ts";
import { joinWebCalls, type WebSide } from "./web-side.ts";
import { toCarrierTrunk } from "./trunks/trunk.ts";
import { findNumberWithTrunk, type NumberWithTrunk } from "./trunks/trunk-store.ts";
import type { TraceSip } from "./telephony/sip/sip-endpoint.ts";
import { recordEvent } from "./webhooks/outbox-store.ts";
import { createCallTraces, type CallTraces } from "./calls/call-traces.ts";
import { createSipLog } from "./telephony/sip/sip-ladder.ts";
import type { Clock } from "./clock.ts";
import type { SecretKeys } from "./data-directory.ts";
import type { SchemaOptions } from "./assistants/assistant-schema.ts";
import type { IsConfigured } from "./assistants/catalog/catalog.ts";
import type { ActiveCalls } from "./calls/active-calls.ts";
import type { OutboundRoutesOptions } from "./calls/outbound-routes.ts";
import type { Database } from "./db/database.ts";
import type { Listener } from "./db/listener.ts";
import type { Recordings } from "./recordings/recordings.ts";
import type { Mail } from "./mail/mail-service.ts";
import type { LegMedia } from "./telephony/carrier.ts";
import type { SipCarrier } from "./telephony/sip/sip-carrier.ts";
import type { WebhookEngine } from "./webhooks/webhook-engine.ts";

/** Speech, conversations, the carrier, and what the API needs of them. */
export interface CallSide {
  carrier: SipCarrier<LegMedia>;
  web: WebSide;
  workers: WorkerPool;
  trunks: TrunkSide;
  reaper: ReturnType<typeof createReaper>;
  campaigns: ReturnType<typeof createCampaignLoop>;
  activeCalls: ActiveCalls;
  commands: ReturnType<typeof createCommandDelivery>;
  traces: CallTraces;
  schemaOptions: SchemaOptions;
  outbound: OutboundRoutesOptions;
  configuredFor: (organizationId: string) => Promise<IsConfigured>;
  defaultProviders: () => ReturnType<typeof defaultProviders>;
}

/** Joins everything that a call needs: app.ts's other half, as api.ts is its HTTP half. Nothing runs yet. */
export function joinCalls(options: {
  config: Config;
  db: Database;
  clock: Clock;
  logger: Logger;
  nodeId: string;
  secretBox: SecretBox;
  secretKeys: SecretKeys;
  engine: WebhookEngine;
  mail: Mail;
  refuseUrl: (url: string) => string | undefined;
  /** an organization's own */
  findOpenAiKey: (organizationId: string) => Promise<string | undefined>;
  connectMcp: (target: McpTarget) => Promise<McpConnection>;
  listener: Listener;
  watch: Watch;
  traceSip: TraceSip | undefined;
  recordings: Recordings;
  /** where HTTP listens, once it does */
  listeningUrl: () => string;
}): CallSide {
  const { config, db, clock, logger, nodeId, secretBox, engine, mail, refuseUrl, recordings } = options;
  const sealSecret = (secret: string) => secretBox.seal(secret);

  // Speech and conversation.
  const isOwnServer = config.openai.baseUrl !== OPENAI_PUBLIC_BASE_URL;
  const bindAddress = config.sip.host === "localhost" ? "127.0.0.1" : config.sip.host;
  const workers = createWorkerPool({
    count: config.calls.workers,
    mostLegs: config.calls.most,
    bindAddress,
    rtpPorts: config.sip.rtpPorts,
    clock,
    logger,
  });
  const withKey = (apiKey: string | undefined) => {
    const settings = { openai: { ...config.openai, apiKey, isOwnServer } };
    return {
      speech: createRemoteSpeech(workers, settings),
      isConfigured: (kind: ProviderKind, provider: string) => isProviderConfigured(settings, kind, provider),
    };
  };
  const servicesFor = createOrganizationProviders({
    common: withKey(config.openai.apiKey),
    findOpenAiKey: options.findOpenAiKey,
    create: withKey,
    logger,
  });
  const defaults = () => defaultProviders({ hasOpenAi: config.openai.apiKey !== undefined || isOwnServer });

  // Calls.
  const schemaOptions = { acceptsAnyOpenAiModel: isOwnServer, refuseUrl };
  const { perCall } = assistantSchemas(schemaOptions);
  const webhooks = joinCallWebhooks(db);
  const transitions = createCallTransitions({
    db,
    recordEvent: createRecordCallEvent({
      webhooks,
      recordEvent,
      now: () => clock.now(),
      recordingUrlOf: recordings.urlOfCall,
    }),
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
    repairRecording: recordings.repairCall,
    clock,
    logger,
  });
  const activeCalls = createActiveCalls((error) =>
    logger.error({ err: toError(error) }, "a call could not be closed"),
  );
  const liveCalls = createLiveCalls();
  const sipLog = createSipLog();
  const traces = createCallTraces({ sipLog, capture: config.callCapture });
  const openMcpTools = createOpenMcpTools({
    findServer: (organizationId, id) => findMcpTarget(db, secretBox, organizationId, id),
    connect: options.connectMcp,
    logger,
  });
  const callPorts: CallPorts = {
    db,
    nodeId,
    newId,
    clock,
    logger,
    transitions,
    sealSecret,
    speechFor: async (organizationId) => (await servicesFor(organizationId)).speech,
    openExternalTools: (organizationId, configuration) =>
      openMcpTools(
        organizationId,
        normalizeTools(configuration.llm_config?.["tools"]).tools.filter((tool) => tool.kind === "mcp"),
      ),
    createToolRunner: createToolRunners({
      webhooks,
      ask: engine.ask,
      prepare: engine.prepare,
      sealSecret,
      onFailure: (error) => logger.error({ err: toError(error) }, "a tool call failed"),
    }),
    liveCalls,
    watch: options.watch,
    placeCall: (call) => placeCall(call),
    async findTransferRoute({ organizationId, numberId }) {
      // A web call has no number: whoever it is handed to is called from any that can call out.
      const row = await findNumberWithTrunk(db, organizationId, numberId ?? undefined);
      const found = toOutboundNumber(row, secretBox);
      if (found.outcome !== "found") return { trunk: undefined };
      const { trunk, number } = found;
      return { trunk, refer: trunk.refer, from: number.phoneNumber };
    },
    recordings,
    traces,
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
  const trunks = joinTrunks({ config, db, clock, logger, nodeId, secretBox });
  const inboundPorts: InboundCallPorts = {
    ...callPorts,
    admit: trunks.admit,
    findNumber: (phoneNumber) => findNumberForCall(db, phoneNumber),
    async hasMinutes(organizationId) {
      const balance = await getMinutesBalance(db, organizationId);
      return balance === null || balance > 0;
    },
    decide: createDecide(decisionPorts),
  };
  const mediaEngine = createRemoteMedia(workers);
  const publicAddress = createPublicAddress({ settings: config.sip.nat, clock, logger });
  const carrier = createSipCarrier({
    host: config.sip.host,
    port: config.sip.port,
    mediaEngine,
    publicAddress,
    tls: readTlsFiles(config.sip.tls),
    admission: trunks.admission,
    clock,
    logger,
    trace(direction, text, path) {
      options.traceSip?.(direction, text, path);
      const { protocol, localAddress, remote } = path;
      sipLog.add({ at: clock.now().getTime(), direction, protocol, localAddress, remote, text });
    },
    onLeg: (leg) => {
      if (activeCalls.isClosed) leg.reject(503, "Service Unavailable");
      else activeCalls.carry((shutdown) => carryInboundCall(leg, inboundPorts, shutdown));
    },
  });
  const placeCall = trunks.paced(carrier.placeCall);

  const web = joinWebCalls({
    ...options,
    bindAddress,
    callPorts,
    decisionPorts,
    activeCalls,
    mediaEngine,
    publicAddress,
  });

  const outbound: OutboundRoutesOptions = {
    ...decisionPorts,
    findOutboundNumber: async (organizationId, numberId) =>
      toOutboundNumber(await findNumberWithTrunk(db, organizationId, numberId), secretBox),
    getMinutesBalance: (organizationId) => getMinutesBalance(db, organizationId),
    async placeCall(order) {
      if (activeCalls.isClosed) return { outcome: "stopping" };
      if (!workers.hasRoom()) return { outcome: "busy" };
      const call = await recordOutboundCall(order, callPorts);
      activeCalls.carry((shutdown) => carryOutboundCall(call, order, callPorts, shutdown));
      return { outcome: "placed", callId: call.id };
    },
  };
  const campaigns = createCampaignLoop({ db, clock, logger, placeCall: createPlaceCampaignCall(outbound) });

  return {
    carrier,
    web,
    workers,
    trunks,
    campaigns,
    reaper,
    activeCalls,
    commands: createCommandDelivery({
      db,
      nodeId,
      newId,
      liveCalls,
      listener: options.listener,
      clock,
      logger,
    }),
    traces,
    schemaOptions,
    configuredFor: async (organizationId) => (await servicesFor(organizationId)).isConfigured,
    defaultProviders: defaults,
    outbound,
  };
}

/** A trunk's row as the carrier takes it. */
function toOutboundNumber(found: NumberWithTrunk | undefined, secretBox: SecretBox): OutboundNumber {
  if (!found) return { outcome: "not-found" };
  const trunk = found.trunk && toCarrierTrunk(unseal(found.trunk, secretBox));
  return trunk ? { outcome: "found", number: found.number, trunk } : { outcome: "no-trunk" };
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
