import { sql } from "kysely";
import type { AssistantConfiguration } from "../../src/assistants/configuration.ts";
import { activityOf } from "../../src/calls/call-activity.ts";
import { saveActivity } from "../../src/calls/call-activity-store.ts";
import { insertCall, saveDecision, saveMessages } from "../../src/calls/call-store.ts";
import type { TimelineDetail } from "../../src/calls/call-timeline.ts";
import { decisionOf, traceOnWire } from "../../src/calls/call-trace.ts";
import { saveTrace } from "../../src/calls/call-trace-store.ts";
import { createCallTransitions, type CallTransitions } from "../../src/calls/call-transitions.ts";
import { createRecordCallEvent, echo, subjectOf } from "../../src/calls/call-webhooks.ts";
import type { Database } from "../../src/db/database.ts";
import { joinCallWebhooks } from "../../src/webhook-levels.ts";
import { insertSyncRecords } from "../../src/webhooks/attempt-store.ts";
import { encodeEvent, type EventDetail } from "../../src/webhooks/event.ts";
import { recordEvent } from "../../src/webhooks/outbox-store.ts";
import { after, type CallPlan } from "./plan-call.ts";
import type { Random } from "./random.ts";
import { sipMessages } from "./sip-messages.ts";

export interface CallWriter {
  /** Writes a call with everything that belongs to it, by the functions that write calls in earnest. */
  write(plan: CallPlan, of: CallOwner): Promise<void>;
}

export interface CallOwner {
  assistantId: string;
  configuration: AssistantConfiguration;
  number: { id: string; phoneNumber: string; name: string };
  webhookUrl: string;
}

export function createCallWriter(options: {
  db: Database;
  organizationId: string;
  nodeId: string;
  random: Random;
}): CallWriter {
  const { db, organizationId, nodeId, random } = options;
  /** what events are stamped with */
  let present = new Date();
  const transitions: CallTransitions = createCallTransitions({
    db,
    recordEvent: createRecordCallEvent({
      webhooks: joinCallWebhooks(db),
      recordEvent,
      now: () => present,
    }),
    takeMinutes: async () => undefined,
    wakeDelivery: () => undefined,
  });

  async function write(plan: CallPlan, { assistantId, configuration, number, webhookUrl }: CallOwner) {
    const { id, createdAt, answeredAt, endedAt } = plan;
    const isWeb = plan.story.direction === "web";
    const call = {
      id,
      organizationId,
      nodeId,
      direction: plan.story.direction,
      carrierCallId: isWeb ? null : id,
      callerNumber: plan.callerNumber,
      calledNumber: isWeb ? null : number.phoneNumber,
      numberId: isWeb ? null : number.id,
      numberName: isWeb ? null : number.name,
      assistantId,
    };
    await insertCall(db, call);
    await saveDecision(db, id, { assistantId, configuration });
    const sync = (detail: EventDetail, at: Date, durationMs: number, error?: string) => {
      const eventId = random.idAt(at);
      const subject = subjectOf(call, detail.type === "assistant-request" ? "ringing" : "in-progress");
      return {
        event: {
          id: eventId,
          createdAt: at,
          organizationId,
          callId: id,
          type: detail.type,
          routing: "routed" as const,
          body: encodeEvent(subject, detail, at),
        },
        attempts: [
          {
            ...attemptOf({ eventId, at, durationMs, url: webhookUrl, random }),
            ...(error ? { outcome: "timeout", statusCode: undefined, error: undefined } : {}),
            deliveryId: null,
            endpointId: null,
            number: 1,
          },
        ],
      };
    };
    const asked =
      plan.story.direction === "outbound"
        ? []
        : [sync({ type: "assistant-request" }, createdAt, plan.decisionMs)];
    const ran = plan.tools
      .filter(({ name }) => name !== "transfer_call")
      .map((tool) => {
        const toolCall = {
          id: tool.id,
          type: "function" as const,
          function: { name: tool.name, arguments: tool.arguments },
        };
        const assistant = echo(configuration, assistantId) ?? {};
        return sync(
          { type: "tool-calls", assistant, toolCalls: [toolCall] },
          tool.at,
          tool.durationMs,
          tool.error,
        );
      });
    await insertSyncRecords(db, [...asked, ...ran]);
    if (answeredAt) {
      present = answeredAt;
      await transitions.answer(id, answeredAt);
      const messages = plan.spoken.map(({ role, text }) => ({ role, content: text }));
      await saveMessages(db, id, [...configuredMessages(configuration), ...messages]);
    }
    const entries = timelineOf(plan).map(({ at, ...detail }) => ({ callId: id, at, ...detail }));
    await saveActivity(
      db,
      id,
      entries.map((entry, index) => ({ sequence: index + 1, ...activityOf(entry) })),
    );
    present = endedAt;
    await transitions.finish(id, { status: plan.status, reason: plan.reason, error: plan.error, endedAt });
    present = after(endedAt, 900);
    await transitions.report(id, { summary: plan.summary, analysis: plan.story.analysis });
    const messages = sipMessages(plan, number.phoneNumber);
    const packets = Math.round((endedAt.getTime() - (answeredAt ?? endedAt).getTime()) / 20);
    const isBad = plan.reason === "connection_lost" || random.isChance(0.05);
    const trace = traceOnWire({
      startedAt: createdAt.getTime(),
      sip: messages,
      sipOmitted: 0,
      media: answeredAt
        ? [
            {
              codec: isWeb ? "opus" : "PCMA",
              sentPackets: packets,
              receivedPackets: packets - Math.round(packets * (isBad ? 0.03 : 0.001)),
              lostPackets: Math.round(packets * (isBad ? 0.03 : 0.001)),
              latePackets: Math.round(packets * 0.0005),
              jitterMs: random.between(1, isBad ? 24 : 5),
              bufferMs: 40,
            },
          ]
        : [],
      turns: plan.turns,
      decisions: entries.flatMap((entry) => decisionOf(entry) ?? []),
    });
    await saveTrace(db, call, {
      trace,
      capture: messages.length > 0 ? { messages, rtpHeaders: [] } : undefined,
    });
    await moveToPast(db, plan);
  }

  return { write };
}

/** What an attempt that went well says. */
export function attemptOf(of: {
  eventId: string;
  at: Date;
  durationMs: number;
  url: string;
  random: Random;
}) {
  const { eventId, at, durationMs, url, random } = of;
  const isCold = random.isChance(0.1);
  return {
    eventId,
    startedAt: at,
    url,
    outcome: "delivered",
    statusCode: 200 as number | undefined,
    error: undefined as string | undefined,
    durationMs,
    timings: {
      ...(isCold && { dnsMs: 4, connectMs: 11, tlsMs: 24 }),
      firstByteMs: durationMs * 0.94,
    },
    connection: isCold ? ("cold" as const) : ("warm" as const),
    remoteAddress: "127.0.0.1",
    responseBody: Buffer.from("{}"),
  };
}

function configuredMessages(configuration: AssistantConfiguration) {
  const messages = configuration.llm_config?.["messages"];
  return Array.isArray(messages) ? (messages as { role: "system"; content: string }[]) : [];
}

type Moment = TimelineDetail & { at: Date };

function timelineOf(plan: CallPlan): Moment[] {
  const { story, createdAt, answeredAt, endedAt, callerNumber, status, reason, error } = plan;
  const moments: Moment[] = [
    story.direction === "outbound"
      ? { at: createdAt, type: "dialing", destination: callerNumber ?? "", from: "" }
      : { at: createdAt, type: "ringing", caller: callerNumber, called: "" },
  ];
  if (story.direction !== "outbound") {
    const isRejected = reason === "rejected_by_webhook";
    moments.push({
      at: after(createdAt, plan.decisionMs),
      type: "decided",
      mode: isRejected ? "reject" : "default",
      because: isRejected ? (error ?? "") : "the webhook left it to the saved assistant",
      durationMs: plan.decisionMs,
    });
  }
  if (answeredAt) moments.push({ at: answeredAt, type: "answered" });
  for (const { role, text, from, to } of plan.spoken) {
    moments.push({ at: to, type: "message", role, content: text, speechBeganAt: from });
  }
  for (const tool of plan.tools) {
    const { id: toolCallId, name } = tool;
    moments.push({ at: tool.at, type: "tool-call", toolCallId, name, arguments: tool.arguments });
    moments.push({
      at: after(tool.at, tool.durationMs),
      type: "tool-result",
      toolCallId,
      name,
      outcome: tool.error ? "error" : "result",
      value: tool.error ?? tool.result,
      durationMs: tool.durationMs,
    });
    if (name === "transfer_call") {
      const destination = tool.arguments["destination"] ?? "";
      moments.push({ at: endedAt, type: "transfer", destination, outcome: "transferred", detail: undefined });
    }
  }
  moments.push({ at: endedAt, type: "ended", status, reason, error });
  if (story.analysis) {
    moments.push({
      at: after(endedAt, 890),
      type: "analysed",
      outcome: "made",
      because: undefined,
      durationMs: 880,
    });
  }
  moments.push({ at: after(endedAt, 900), type: "reported" });
  return moments.toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

/** The stores stamp with the present; this is what makes a demo of two weeks. */
async function moveToPast(db: Database, { id, createdAt, endedAt }: CallPlan): Promise<void> {
  const reportedAt = after(endedAt, 900);
  await sql`
    update calls set created_at = ${createdAt}, reported_at = ${reportedAt}, updated_at = ${reportedAt} where id = ${id}
  `.execute(db);
}
