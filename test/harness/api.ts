import type { FastifyInstance, InjectOptions } from "fastify";
import type { AddressInfo } from "node:net";
import { buildApi } from "../../src/api.ts";
import type { RateLimits } from "../../src/rate-limit-config.ts";
import { assistantSchemas, crossFieldProblems } from "../../src/assistants/assistant-schema.ts";
import { findAssistant } from "../../src/assistants/assistant-store.ts";
import { createCommandDelivery } from "../../src/calls/command-delivery.ts";
import { createLiveCalls, type LiveCalls } from "../../src/calls/live-calls.ts";
import type { CallTraceRoutesOptions } from "../../src/calls/call-trace-routes.ts";
import type { WebCallRoutesOptions } from "../../src/calls/web-call-routes.ts";
import type { OutboundRoutesOptions } from "../../src/calls/outbound-routes.ts";
import { problemsOf } from "../../src/http/validation.ts";
import { getMinutesBalance } from "../../src/organizations/minutes-store.ts";
import { systemClock, type Clock } from "../../src/clock.ts";
import { hashApiKey, newWebhookSecret } from "../../src/crypto.ts";
import { type SecretBox } from "../../src/secret-box.ts";
import type { Database } from "../../src/db/database.ts";
import type { DomainRoutesOptions } from "../../src/domains/domain-routes.ts";
import { newId } from "../../src/ids.ts";
import { createLogger } from "../../src/logger.ts";
import { createResend } from "../../src/mail/resend.ts";
import type { PeopleOptions } from "../../src/people/people.ts";
import { apiKeyPrefix } from "../../src/organizations/api-key.ts";
import { defaultProviders } from "../../src/speech/default-providers.ts";
import { createWebhookEngine, type WebhookEngine } from "../../src/webhooks/webhook-engine.ts";
import type { AllowedRange } from "../../src/config.ts";
import { connectMcp } from "../../src/mcp/mcp-client.ts";
import { resolveName } from "../../src/webhooks/name-cache.ts";
import type { RecordingRoutesOptions } from "../../src/recordings/recording-routes.ts";
import { isAllowedPrivate, refuseHost } from "../../src/webhooks/vetted-host.ts";
import { createRecordings } from "../../src/recordings/recordings.ts";
import { checkUrl } from "../../src/webhooks/url-guard.ts";

/** Passwords of tests guard nothing. */
export const CHEAP = { N: 1_024, r: 8, p: 1 };

/** Over a real socket, as clients come, or in memory. The suites run both ways: what one hides, the other shows. */
export type Transport = "socket" | "memory";

export interface TestRequest {
  key?: string;
  /** sent as JSON */
  body?: unknown;
  /** sent as it is */
  raw?: string;
  headers?: Record<string, string>;
}

export interface TestResponse {
  status: number;
  headers: Record<string, string>;
  /** tests read what they expect, and fail where it is not */
  body: any;
}

/** The API without telephony. */
export interface TestApi {
  request(method: string, path: string, options: TestRequest): Promise<TestResponse>;
  /** every route, as `GET /api/v1/health` */
  routes(): string[];
  /** where it listens; over the socket only */
  url(): string;
  /** outside of /api/v1, as text; over the socket only */
  raw(method: string, path: string, options: { key?: string }): Promise<{ status: number; text: string }>;
  close(): Promise<void>;
}

export async function createTestApi(
  db: Database,
  secretBox: SecretBox,
  options: {
    transport?: Transport;
    acceptsAnyOpenAiModel?: boolean;
    engine?: WebhookEngine;
    /** without it no organization has a key */
    resend?: Pick<DomainRoutesOptions, "resend" | "findResendKey">;
    rateLimits?: RateLimits;
    clock?: Clock;
    publicUrl?: string;
    trustedProxies?: readonly string[];
    dashboardDirectory?: string;
    /** without it no e-mail is configured */
    sendInvitation?: PeopleOptions["sendInvitation"];
    liveCalls?: LiveCalls;
    allowed?: readonly AllowedRange[];
    outbound?: Partial<OutboundRoutesOptions>;
    webCalls?: Pick<WebCallRoutesOptions, "openCall">;
    /** without them no file is there */
    recordings?: RecordingRoutesOptions;
    /** without them no call runs */
    traces?: CallTraceRoutesOptions["traces"];
  } = {},
): Promise<TestApi> {
  const { transport = "socket", acceptsAnyOpenAiModel = false, allowed = [] } = options;
  const engine =
    options.engine ??
    createWebhookEngine({
      db,
      clock: systemClock,
      secretBox,
      logger: createLogger({ level: "silent" }),
      nodeId: newId(),
      allowed,
      retentionDays: 30,
    });
  const noResend = {
    resend: createResend({ request: engine.request, baseUrl: "http://127.0.0.1:1", now: () => new Date() }),
    findResendKey: async () => undefined,
  };
  const schemaOptions = {
    acceptsAnyOpenAiModel,
    refuseUrl: (url: string) => {
      const check = checkUrl(url, allowed);
      return check.outcome === "refused" ? check.reason : undefined;
    },
  };
  const outbound: OutboundRoutesOptions = {
    findAssistant: async (organizationId, id) => {
      const assistant = await findAssistant(db, organizationId, id);
      if (!assistant) return undefined;
      const { name, configuration } = assistant;
      return {
        id,
        configuration: { name, ...configuration },
        isActive: configuration["is_active"] !== false,
      };
    },
    readPerCall: (change) => {
      const result = assistantSchemas(schemaOptions).perCall.safeParse(change);
      return result.success
        ? { outcome: "ok", change: result.data }
        : { outcome: "invalid", problems: problemsOf(result.error) };
    },
    problemsOf: crossFieldProblems,
    getMinutesBalance: (organizationId) => getMinutesBalance(db, organizationId),
    findOutboundNumber: () => Promise.resolve({ outcome: "not-found" }),
    placeCall: () => Promise.reject(new Error("this test places no calls")),
    ...options.outbound,
  };
  const server = await buildApi({
    engine,
    ...(options.resend ?? noResend),
    db,
    secretBox,
    clock: options.clock ?? systemClock,
    logger: createLogger({ level: "silent" }),
    version: "test",
    publicUrl: options.publicUrl,
    trustedProxies: options.trustedProxies ?? [],
    passwordCost: CHEAP,
    dashboardDirectory: options.dashboardDirectory,
    sendInvitation: options.sendInvitation ?? (() => Promise.resolve(false)),
    configuredFor: () => Promise.resolve((_kind, provider) => provider === "scripted"),
    mcp: {
      isAllowedPrivate: (url) => isAllowedPrivate(url, allowed),
      refuseHost: (url) => refuseHost(url, { resolve: resolveName, allowed }),
      connect: (target) => connectMcp(target, { fetch: engine.fetch, clock: systemClock, version: "test" }),
    },
    isDraining: () => false,
    sendCommand: createCommandDelivery({
      db,
      nodeId: newId(),
      newId,
      liveCalls: options.liveCalls ?? createLiveCalls(),
      // Commands for calls of other processes are in test/calls/command-delivery.test.ts.
      listener: { listen: () => undefined },
      clock: systemClock,
      logger: createLogger({ level: "silent" }),
    }).send,
    outbound,
    webCalls: {
      ...outbound,
      openCall: () => Promise.reject(new Error("this test opens no web calls")),
      ...options.webCalls,
    },
    webCarrier: {
      join: () => Promise.reject(new Error("this test has no rooms")),
      validate: () => Promise.reject(new Error("this test has no rooms")),
    },
    rateLimits: options.rateLimits ?? {
      requestsPerMinute: 0,
      sessionRequestsPerMinute: 0,
      signInsPerEmail: 0,
      controlsPerMinute: 0,
    },
    ...schemaOptions,
    recordings: options.recordings ?? noRecordings(db),
    traces: options.traces ?? { find: () => undefined },
    sipPort: () => 5_060,
    defaultProviders: () => defaultProviders({ hasOpenAi: false }),
  });
  const url = () => `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  const send = transport === "socket" ? await overSocket(server) : inMemory(server);
  return {
    request(method, path, { key, body, raw, headers }) {
      const text = raw ?? (body === undefined ? undefined : JSON.stringify(body));
      // As the official client does it: the content type always, also without a body (facts 14.1).
      const allHeaders = {
        "content-type": "application/json",
        ...(key && { authorization: `Bearer ${key}` }),
        ...headers,
      };
      return send(method, `/api/v1${path}`, allHeaders, text);
    },
    routes: () => routesOf(server.printRoutes({ commonPrefix: false })),
    url,
    async raw(method, path, { key }) {
      const response = await fetch(`${url()}${path}`, {
        method,
        headers: key ? { authorization: `Bearer ${key}` } : {},
      });
      return { status: response.status, text: await response.text() };
    },
    async close() {
      await server.close();
      if (!options.engine) await engine.stop(0);
    },
  };
}

/** There is no such folder. */
export const NO_DATA = "/nowhere";

function noRecordings(db: Database): RecordingRoutesOptions {
  return createRecordings({
    config: { isOn: false, urlTtlSeconds: 600, s3: undefined },
    db,
    clock: systemClock,
    logger: createLogger({ level: "silent" }),
    dataDirectory: { path: NO_DATA, installationId: newId(), secretKeys: [Buffer.alloc(32, 4)] },
    baseUrl: () => "http://127.0.0.1",
    fetch: undefined,
  }).routes;
}

type Send = (
  method: InjectOptions["method"] & string,
  path: string,
  headers: Record<string, string>,
  text: string | undefined,
) => Promise<TestResponse>;

async function overSocket(server: FastifyInstance): Promise<Send> {
  await server.listen({ port: 0, host: "127.0.0.1" });
  const { port } = server.server.address() as AddressInfo;
  return async (method, path, headers, text) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers,
      ...(text !== undefined && { body: text }),
    });
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: await response.json(),
    };
  };
}

function inMemory(server: FastifyInstance): Send {
  return async (method, url, headers, text) => {
    const response = await server.inject({
      method,
      url,
      headers,
      ...(text !== undefined && { payload: text }),
    });
    return {
      status: response.statusCode,
      headers: response.headers as Record<string, string>,
      body: response.json<unknown>(),
    };
  };
}

/** An organization with one key. @returns its id */
export async function createOrganization(db: Database, secretBox: SecretBox, key: string): Promise<string> {
  const id = newId();
  const secret = secretBox.seal(newWebhookSecret());
  await db.insertInto("organizations").values({ id, name: key, webhook_secret: secret }).execute();
  await db
    .insertInto("api_keys")
    .values({
      id: newId(),
      organization_id: id,
      name: "key",
      key_hash: hashApiKey(key),
      prefix: apiKeyPrefix(key),
    })
    .execute();
  return id;
}

/** Fastify draws a tree; each line ends in a path's part and its methods. */
function routesOf(tree: string): string[] {
  const parts: string[] = [];
  return tree.split("\n").flatMap((line) => {
    const match = /^([\s│]*)[├└]── (\S+)(?: \(([A-Z, ]+)\))?$/u.exec(line);
    if (!match) return [];
    const [, indent, part, methods] = match;
    const depth = indent!.length / 4;
    parts.splice(depth, parts.length, part!);
    const path = parts.join("");
    return (methods ?? "")
      .split(", ")
      .filter((method) => method !== "" && method !== "HEAD")
      .map((method) => `${method} ${path}`);
  });
}
