import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Clock } from "../clock.ts";
import type { Database } from "../db/database.ts";
import { ApiError } from "../errors.ts";
import { createEventStreams, type EventStream } from "../http/event-stream.ts";
import { isUuid } from "../ids.ts";
import { isOver, listActivity } from "./call-activity-store.ts";
import { activityOnWire } from "./call-activity.ts";
import { createCallFeed, type FeedChange } from "./call-feed.ts";
import { listRunningCalls, type FeedCall } from "./call-feed-store.ts";
import { findCallRecord } from "./call-list-store.ts";

const LOOK_EVERY_MS = 200;
const BATCH = 500;
/** Nothing is sent by it: only how often a stream shows that it is still there. */
const IDLE_MS = 1_000;

/**
 * Calls as they happen, as server-sent events: `GET /calls/stream` the running calls of the organization,
 * `GET /calls/{id}/stream` what is said and done in one. Both in whichever process the calls are carried. Extensions.
 */
export function callStreamRoutes(server: FastifyInstance, options: { db: Database; clock: Clock }): void {
  const { db, clock } = options;
  const openStream = createEventStreams(server, clock);
  const feed = createCallFeed({
    look: (organizationId, known) => listRunningCalls(db, organizationId, known),
    clock,
  });

  // No Last-Event-ID: who comes back gets the calls of that moment, and has missed nothing that still matters.
  server.get("/calls/stream", async (request, reply) => {
    let stream: EventStream | undefined;
    const send = ({ change, call }: FeedChange) =>
      stream?.send({ event: "call", data: { change, call: toWire(call) } });
    const { running, stop } = await feed.watch(request.organizationId, send);
    try {
      stream = openStream(request, reply);
      stream.send({ event: "snapshot", data: { calls: running().map(toWire) } });
      while (stream.isOpen) await stream.wait(IDLE_MS);
    } finally {
      stop();
    }
    return reply;
  });

  server.get<{ Params: { id: string } }>("/calls/:id/stream", async (request, reply) => {
    const { id } = request.params;
    const call = isUuid(id) ? await findCallRecord(db, request.organizationId, id) : undefined;
    if (!call) throw new ApiError("call_not_found");
    const stream = openStream(request, reply);
    await tellActivity(stream, { id, createdAt: call.created_at, after: lastSequence(request) });
    return reply;
  });

  async function tellActivity(
    stream: EventStream,
    call: { id: string; createdAt: Date; after: number },
  ): Promise<void> {
    let { after } = call;
    let isReported = false;
    while (stream.isOpen) {
      // While the database is away nothing happens that could be told.
      const activities = await listActivity(db, call.id, { after, limit: BATCH }).catch(() => undefined);
      for (const activity of activities ?? []) {
        after = activity.sequence;
        isReported ||= activity.type === "reported";
        const data = activityOnWire(activity, call.createdAt);
        stream.send({ event: "activity", id: String(activity.sequence), data });
      }
      if (activities?.length === 0 && (isReported || (await isOver(db, call.id).catch(() => false)))) {
        // Said, because who reads by EventSource would otherwise come back.
        stream.send({ event: "end", data: {} });
        stream.end();
      }
      if (activities?.length !== BATCH) await stream.wait(LOOK_EVERY_MS);
    }
  }
}

function lastSequence(request: FastifyRequest): number {
  const lastId = request.headers["last-event-id"];
  return typeof lastId === "string" && /^\d{1,9}$/.test(lastId) ? Number(lastId) : 0;
}

function toWire(call: FeedCall) {
  return {
    id: call.id,
    status: call.status,
    direction: call.direction,
    caller_phone: call.caller_number,
    assistant_phone: call.called_number,
    number_id: call.number_id,
    agent_id: call.assistant_id,
    agent_name: call.assistant_name,
    created_at: call.created_at,
    started_at: call.started_at,
    ended_at: call.ended_at,
    end_reason: call.end_reason,
    is_reported: call.is_reported,
  };
}
