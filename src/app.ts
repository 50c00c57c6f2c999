import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { AddressInfo } from "node:net";
import { buildApi } from "./api.ts";
import type { Watch } from "./calls/call-timeline.ts";
import type { ByokProvider } from "./byok/byok-provider.ts";
import { findByokKey } from "./byok/byok-store.ts";
import { insertNode, stopEarlierNodes, stopNode } from "./calls/node-store.ts";
import { registerWorkerMetrics } from "./call-workers/worker-metrics.ts";
import { systemClock } from "./clock.ts";
import { isLoopback, type Config } from "./config.ts";
import { createSecretBox } from "./secret-box.ts";
import type { DataDirectory } from "./data-directory.ts";
import { openDatabase } from "./db/database.ts";
import { createListener } from "./db/listener.ts";
import { migrate } from "./db/migrate.ts";
import { findVerifiedDomain } from "./domains/domain-store.ts";
import { createUpkeepLoop } from "./db/upkeep-loop.ts";
import { newId } from "./ids.ts";
import type { Logger } from "./logger.ts";
import { createMail } from "./mail/mail-service.ts";
import { connectMcp, type McpTarget } from "./mcp/mcp-client.ts";
import { linkUrl } from "./people/link.ts";
import { makeWelcomeLink } from "./people/link-store.ts";
import { ensureFirstOrganization } from "./organizations/organization-store.ts";
import { espeakMissing } from "./speech/tts/espeak.ts";
import type { TraceSip } from "./telephony/sip/sip-endpoint.ts";
import { ensurePartitions } from "./webhooks/partitions.ts";
import { startEventTracing } from "./webhooks/event-tracing.ts";
import { createFetchOf } from "./webhooks/outgoing-fetch.ts";
import { createWebhookEngine } from "./webhooks/webhook-engine.ts";
import { resolveName } from "./webhooks/name-cache.ts";
import { isAllowedPrivate, refuseHost } from "./webhooks/vetted-host.ts";
import { checkUrl } from "./webhooks/url-guard.ts";
import { joinCalls } from "./call-side.ts";
import { createRecordings } from "./recordings/recordings.ts";
import { upkeepTasks } from "./upkeep.ts";

const { version: VERSION } = JSON.parse(
  readFileSync(new URL("../package.json", import.meta.url), "utf8"),
) as {
  version: string;
};
const MAX_CONNECTIONS = 20;
/** A shutdown's patience: for calls to be ended and reported, and for their events to go out. */
const END_CALLS_MS = 10_000;
const DRAIN_MS = 3_000;

const NOBODY_SIGNS_IN =
  "nobody can sign in to the dashboard yet: npx switchhook user create --email you@example.org";

export interface App {
  httpUrl: string;
  sipPort: number;
  /** UDP */
  webRtcPort: number;
  /** set when this start made the first organization */
  newApiKey: { key: string; wasGenerated: boolean } | undefined;
  /** a link that works once, for the first visitor; undefined: there are users, or others than this machine could come */
  welcomeUrl: string | undefined;
  /** things the operator should know, one a line */
  notices: string[];
  /** Takes no new calls from now on. Settles when those that run have ended, or after `limitMs`. */
  drain(limitMs: number): Promise<void>;
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

  const listener = createListener({
    connectionString: options.connectionString,
    clock,
    onError: (err) => logger.debug({ err }, "the connection that listens to the database broke"),
  });
  // Recordings.
  const bucket = config.recording.s3 && createFetchOf(config.recording.s3.endpoint, clock);
  const recordings = createRecordings({
    config: config.recording,
    db,
    clock,
    logger,
    dataDirectory,
    baseUrl: () => httpUrl(),
    fetch: bucket?.fetch,
  });

  const connect = (target: McpTarget) => connectMcp(target, { fetch: engine.fetch, clock, version: VERSION });
  const calls = joinCalls({
    connectMcp: connect,
    config,
    db,
    clock,
    logger,
    nodeId,
    secretBox,
    secretKeys: dataDirectory.secretKeys,
    engine,
    mail,
    refuseUrl,
    findOpenAiKey: (organizationId) => findOwnKey(organizationId, "openai"),
    listener,
    watch: options.watch ?? (() => undefined),
    traceSip: options.traceSip,
    recordings,
    listeningUrl,
  });
  const { activeCalls, carrier, reaper } = calls;
  // While the rest is being prepared: they take about a second to be ready.
  const workersReady = calls.workers.start();
  workersReady.catch(() => undefined);
  const webReady = calls.web.carrier.start();
  webReady.catch(() => undefined);

  const http = await buildApi({
    ...calls.schemaOptions,
    engine,
    resend: mail.resend,
    sendInvitation: mail.sendInvitation,
    dashboardDirectory: fileURLToPath(new URL("../dashboard/dist", import.meta.url)),
    // Its own alone: with the server's, organizations would see and delete each other's domains.
    findResendKey: (organizationId) => findOwnKey(organizationId, "resend"),
    db,
    secretBox,
    clock,
    logger,
    version: VERSION,
    publicUrl: config.publicUrl,
    trustedProxies: config.trustedProxies,
    rateLimits: config.rateLimits,
    isDraining: () => activeCalls.isClosed,
    sendCommand: calls.commands.send,
    configuredFor: calls.configuredFor,
    mcp: {
      isAllowedPrivate: (url) => isAllowedPrivate(url, config.allowedPrivateRanges),
      refuseHost: (url) => refuseHost(url, { resolve: resolveName, allowed: config.allowedPrivateRanges }),
      connect,
    },
    outbound: calls.outbound,
    webCalls: calls.web.routes,
    webCarrier: calls.web.carrier,
    defaultProviders: calls.defaultProviders,
    recordings: recordings.routes,
    traces: calls.traces,
    sipPort: () => carrier.port,
  });
  function listeningUrl(): string {
    // Where PORT is 0 it is known once the server listens.
    const port = (http.server.address() as AddressInfo | null)?.port ?? config.port;
    return `http://${config.host.includes(":") ? `[${config.host}]` : config.host}:${port}`;
  }
  function httpUrl(): string {
    return config.publicUrl ?? listeningUrl();
  }
  const upkeep = createUpkeepLoop({ clock, logger, tasks: upkeepTasks(db, clock) });

  async function drain(limitMs: number): Promise<void> {
    activeCalls.close();
    await calls.campaigns.stop();
    await activeCalls.untilIdle(limitMs);
  }

  async function stop(): Promise<void> {
    await calls.campaigns.stop();
    await activeCalls.endAll(END_CALLS_MS);
    await calls.trunks.stop();
    await carrier.stop();
    await calls.web.carrier.stop();
    await http.close();
    await calls.commands.stop();
    await listener.stop();
    await reaper.stop();
    await mail.loop.stop(DRAIN_MS);
    await recordings.loop.stop();
    await bucket?.close();
    await upkeep.stop();
    await engine.stop(DRAIN_MS);
    await stopNode(db, nodeId).catch(() => undefined);
    await calls.workers.stop();
    await close();
  }

  try {
    await reaper.start();
    engine.start();
    mail.loop.start();
    await recordings.loop.removeStrays();
    recordings.loop.start();
    upkeep.start();
    calls.campaigns.start();
    await workersReady;
    await calls.trunks.load();
    calls.commands.start();
    await carrier.start();
    await webReady;
    calls.trunks.start(carrier, engine.metrics);
    registerWorkerMetrics(engine.metrics, calls.workers);
    await http.listen({ port: config.port, host: config.host });
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
  const welcome = await makeWelcomeLink(db, clock.now());
  const notices = [espeakMissing()].filter((notice) => notice !== undefined);
  // A link on a terminal is for who sits at it; where others come in, the first owner is made by command.
  if (welcome && !isLoopback(config.host)) notices.push(NOBODY_SIGNS_IN);
  return {
    httpUrl: httpUrl(),
    sipPort: carrier.port,
    webRtcPort: calls.web.carrier.port,
    newApiKey:
      first.outcome === "created" ? { key: first.apiKey, wasGenerated: first.wasGenerated } : undefined,
    welcomeUrl: welcome && isLoopback(config.host) ? linkUrl(httpUrl(), welcome.token) : undefined,
    notices,
    drain,
    stop,
  };
}
