import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Clock } from "../clock.ts";
import type { SecretBox } from "../secret-box.ts";
import type { Database } from "../db/database.ts";
import { createEventStreams } from "../http/event-stream.ts";
import { instantField } from "../http/fields.ts";
import { parseBody } from "../http/validation.ts";
import { isUuid, timeOfId } from "../ids.ts";
import { listEventsById, listUnseenAttempts, listUnseenEvents } from "./event-list-store.ts";
import { WEBHOOK_EVENTS, type WebhookEventType } from "./event.ts";
import { toEventOnWire } from "./event-view.ts";
import { webhookHeaders } from "./signature.ts";

const LOOK_EVERY_MS = 200;
const BATCH = 200;
/** An event may become visible after a later one: its transaction took longer. So each look goes this far back. */
const OVERLAP_MS = 5_000;

export const streamQuery = z.object({
  types: z
    .string()
    .transform((text) => text.split(","))
    .pipe(z.array(z.enum(WEBHOOK_EVENTS)))
    .optional(),
  since: instantField("start").optional(),
  call_id: z.string().refine(isUuid, "must be an id").optional(),
  attempts: z
    .enum(["true", "false"])
    .transform((text) => text === "true")
    .default(false),
});

/**
 * `GET /webhook-events/stream`: the account's events as they happen, as server-sent events, each with the headers that a
 * delivery would carry, signed with the account's secret at this moment. For `npx switchhook listen`. With
 * `attempts=true` also every attempt, with what has become of its event: for pages that show deliveries as they happen.
 */
export function webhookEventStreamRoutes(
  server: FastifyInstance,
  options: {
    db: Database;
    clock: Clock;
    secretBox: SecretBox;
    /** the account's, sealed, the current one first */
    findSecrets: (organizationId: string) => Promise<readonly Buffer[]>;
  },
): void {
  const { db, clock } = options;
  const openStream = createEventStreams(server, clock);

  server.get("/webhook-events/stream", async (request, reply) => {
    const { types, since, call_id: callId, attempts: wantsAttempts } = parseBody(streamQuery, request.query);
    const { organizationId } = request;
    const secrets = (await options.findSecrets(organizationId)).map((sealed) =>
      options.secretBox.open(sealed),
    );
    const lastId = lastEventId(request);
    const startedAt = lastId === undefined ? (since ?? clock.now()) : timeOfId(lastId);
    // Who did not ask for the past gets none of it by the overlap.
    const isNew = since === undefined && lastId === undefined;
    const reading = createReading({ startedAt, isOverlapping: !isNew });
    if (lastId !== undefined) reading.note(lastId, startedAt);
    const stream = openStream(request, reply);
    const readAttempts = createAttemptReader(organizationId, callId);
    while (stream.isOpen) {
      // Before the events, and told after them: an event that has been attempted is there by then.
      const attempts = wantsAttempts ? await readAttempts() : [];
      const filter = { callId, ...reading.next() };
      // While the database is away nothing happens that could be told.
      const events = await listUnseenEvents(db, organizationId, filter, BATCH).catch(() => []);
      for (const event of events) {
        reading.note(event.id, event.created_at);
        if (types && !types.includes(event.type as WebhookEventType)) continue;
        const timestampSeconds = Math.floor(clock.now().getTime() / 1_000);
        const { id, type, body, call_id, sequence, created_at } = event;
        const headers = webhookHeaders({ id, type, body }, secrets, timestampSeconds);
        const data = { id, type, call_id, sequence, created_at, headers, body: body.toString() };
        stream.send({ event: "webhook", id, data });
      }
      for (const data of attempts) stream.send({ event: "attempt", data });
      if (events.length < BATCH) await stream.wait(LOOK_EVERY_MS);
    }
    return reply;
  });

  /** From now on: whoever comes back looks at the list first. Without an SSE id, which is the last event's. */
  function createAttemptReader(organizationId: string, callId: string | undefined) {
    const reading = createReading({ startedAt: clock.now(), isOverlapping: false });
    return async (): Promise<object[]> => {
      const filter = { callId, ...reading.next() };
      const attempts = await listUnseenAttempts(db, organizationId, filter, BATCH).catch(() => []);
      for (const { id } of attempts) reading.note(id, timeOfId(id));
      const eventIds = [...new Set(attempts.map((attempt) => attempt.event_id))];
      const rows = await listEventsById(db, organizationId, eventIds).catch(() => []);
      const events = new Map(rows.map((row) => [row.id, toEventOnWire(row)]));
      return attempts.map(({ id, number, outcome, status_code, created_at, duration_ms, event_id }) => ({
        attempt: { id, number, started_at: created_at, outcome, status_code, total_ms: duration_ms },
        webhook_event: events.get(event_id) ?? null,
      }));
    };
  }
}

/** @returns undefined: there is none, or it is none of ours */
function lastEventId(request: FastifyRequest): string | undefined {
  const id = request.headers["last-event-id"];
  return typeof id === "string" && isUuid(id) ? id : undefined;
}

/**
 * How far a stream has read rows that do not become visible in their order: what it has told, and from where it looks.
 *
 * @param isOverlapping  whether the first looks, too, go back beyond the beginning
 */
function createReading({ startedAt, isOverlapping }: { startedAt: Date; isOverlapping: boolean }) {
  let afterMs = startedAt.getTime();
  const earliestMs = isOverlapping ? -Infinity : afterMs;
  const seen = new Map<string, number>();
  return {
    note(id: string, at: Date): void {
      seen.set(id, at.getTime());
      afterMs = Math.max(afterMs, at.getTime());
    },
    next(): { from: Date; seen: string[] } {
      for (const [id, atMs] of seen) if (atMs < afterMs - 2 * OVERLAP_MS) seen.delete(id);
      return { from: new Date(Math.max(afterMs - OVERLAP_MS, earliestMs)), seen: [...seen.keys()] };
    },
  };
}
