import { echoOf } from "../assistants/assistant-merge.ts";
import { normalizeTools } from "../assistants/tool-definition.ts";
import type { AssistantConfiguration } from "../assistants/configuration.ts";
import type { Queryable } from "../db/database.ts";
import { callTypeOf, encodeEvent, type EventDetail, type EventSubject } from "../webhooks/event.ts";
import type { EventDraft } from "../webhooks/event-draft.ts";
import {
  resolveEndpoint,
  type AccountWebhook,
  type RoutingResult,
  type WebhookSettings,
} from "../webhooks/routing.ts";
import type { WebhookEventType } from "../webhooks/event.ts";
import { durationSeconds } from "./call-state.ts";
import { isInGdprMode } from "./gdpr-mode.ts";
import type { RecordCallEvent } from "./call-transitions.ts";
import type { Call } from "./call.ts";

/** As much of a call as decides where its events go. */
type RoutedCall = Pick<Call, "organizationId" | "assistantId" | "configuration" | "webhookSecret">;

export interface Levels {
  assistant: WebhookSettings | undefined;
  account: AccountWebhook;
}

export interface CallWebhooks {
  levelsOf(call: RoutedCall, db?: Queryable): Promise<Levels>;
  route(
    type: WebhookEventType,
    levels: Levels,
    tool?: { url: string | null; secrets: readonly Buffer[] },
  ): RoutingResult;
}

/** Ties a call to its webhook levels: the resolved configuration's own, and the account's of the moment. */
export function createCallWebhooks(ports: {
  getAccountWebhook(organizationId: string, db: Queryable | undefined): Promise<AccountWebhook>;
  /** sealed, the current one first; empty: it has none of its own */
  getAssistantSecrets(
    organizationId: string,
    assistantId: string,
    db: Queryable | undefined,
  ): Promise<readonly Buffer[]>;
}): CallWebhooks {
  return {
    async levelsOf({ organizationId, assistantId, configuration, webhookSecret }, db) {
      const account = await ports.getAccountWebhook(organizationId, db);
      if (!configuration?.webhook_url) return { assistant: undefined, account };
      // A secret that the answer to assistant-request brought is the call's; else the saved assistant's of the moment.
      const secrets = webhookSecret
        ? [webhookSecret]
        : assistantId
          ? await ports.getAssistantSecrets(organizationId, assistantId, db)
          : [];
      const events = configuration.webhook_events ?? null;
      const fallbackUrl = configuration.webhook_fallback_url ?? null;
      return { assistant: { url: configuration.webhook_url, secrets, events, fallbackUrl }, account };
    },
    route: (type, levels, tool) => resolveEndpoint(type, { ...levels, tool }),
  };
}

/** Every URL that a caller may have to wait for in this call: worth a connection before it is needed. */
export function synchronousUrls(configuration: AssistantConfiguration | null, levels: Levels): string[] {
  const { tools } = normalizeTools(configuration?.llm_config?.["tools"]);
  const { assistant, account } = levels;
  const ofLevels = assistant?.url
    ? [assistant.url, assistant.fallbackUrl]
    : [account.url, account.fallbackUrl];
  const ofTools = tools.map((tool) => (tool.kind === "webhook" ? tool.url : undefined));
  return [...new Set([...ofLevels, ...ofTools])].filter((url) => typeof url === "string");
}

/** What events say of their call. */
export function subjectOf(
  call: Pick<Call, "id" | "direction" | "numberId" | "numberName" | "calledNumber" | "callerNumber">,
  status: string,
): EventSubject {
  return {
    call: { id: call.id, type: callTypeOf(call.direction), status },
    phoneNumber: { id: call.numberId, number: call.calledNumber, name: call.numberName },
    customerNumber: call.callerNumber,
  };
}

/** The `assistant` object of every event but assistant-request. */
export function echo(
  configuration: AssistantConfiguration | null,
  assistantId: string | null,
): object | undefined {
  return configuration ? echoOf(configuration, assistantId) : undefined;
}

/** Writes a call's notifications into the outbox, inside the transaction that makes them true. */
export function createRecordCallEvent(options: {
  webhooks: CallWebhooks;
  recordEvent: (tx: Queryable, draft: EventDraft) => Promise<{ endpointId: string | undefined }>;
  now: () => Date;
  /** of a call that was recorded; undefined: there is nothing to listen to */
  recordingUrlOf?: (tx: Queryable, callId: string) => Promise<string | undefined>;
}): RecordCallEvent {
  return async (tx, call, event) => {
    const hasRecording = event.type === "end-of-call-report" && !isInGdprMode(call.configuration);
    const recordingUrl = hasRecording ? await options.recordingUrlOf?.(tx, call.id) : undefined;
    const levels = await options.webhooks.levelsOf(call, tx);
    const routing = options.webhooks.route(event.type, levels);
    const createdAt = options.now();
    const { endpointId } = await options.recordEvent(tx, {
      organizationId: call.organizationId,
      callId: call.id,
      type: event.type,
      endpoint:
        routing.outcome === "skipped" ? { skipped: routing.reason } : endpointOf(call, levels, routing),
      createdAt,
      encode: (sequence) =>
        encodeEvent(
          subjectOf(call, call.status),
          detailOf(call, { type: event.type, sequence, recordingUrl }),
          createdAt,
        ),
    });
    return endpointId;
  };
}

/** The account's secret is read anew at each attempt, so only an assistant's or a call's own is kept with the endpoint. */
function endpointOf(
  call: Call,
  levels: Levels,
  routing: Extract<RoutingResult, { outcome: "send" }>,
): Exclude<EventDraft["endpoint"], { skipped: unknown }> {
  if (routing.level === "account") return { level: "account", owner: "", url: routing.url, secret: null };
  // A secret of the call's own makes an endpoint of its own. Without one, all calls of no assistant share theirs.
  const isOwn = call.webhookSecret !== null || call.assistantId === null;
  return {
    level: isOwn ? "call" : "assistant",
    owner: call.webhookSecret !== null ? call.id : (call.assistantId ?? ""),
    url: routing.url,
    secret: levels.assistant?.secrets[0] ?? null,
  };
}

function detailOf(
  call: Call,
  event: {
    type: "status-update" | "end-of-call-report";
    sequence: number;
    recordingUrl: string | undefined;
  },
): EventDetail {
  const { type, sequence, recordingUrl } = event;
  const common = {
    assistant: echo(call.configuration, call.assistantId),
    sequence,
    error: call.error ?? undefined,
    endReason: call.endReason ?? undefined,
  };
  if (type === "status-update") return { type, ...common };
  return {
    type,
    ...common,
    durationSeconds: durationSeconds(call),
    summary: call.summary ?? "",
    messages: call.messages,
    analysis: call.analysisResult ?? undefined,
    recordingUrl,
    startedAt: call.startedAt ?? undefined,
    endedAt: call.endedAt ?? undefined,
    ...(isInGdprMode(call.configuration) && { isInGdprMode: true }),
  };
}
