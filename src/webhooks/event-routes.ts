import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Database } from "../db/database.ts";
import { ApiError } from "../errors.ts";
import { instantField } from "../http/fields.ts";
import { parseBody } from "../http/validation.ts";
import { isUuid } from "../ids.ts";
import { toAttemptOnWire } from "./attempt-view.ts";
import { toEventOnWire } from "./event-view.ts";
import {
  EVENT_STATES,
  findEvent,
  listAttempts,
  listEvents,
  type EventFilter,
  type EventPosition,
} from "./event-list-store.ts";
import { WEBHOOK_EVENTS } from "./event.ts";
import { countReplayable, findReplay, insertReplay, moveReplay, replayEvent } from "./replay-store.ts";

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;

const uuid = z.string().refine(isUuid, "must be an id");
const filterFields = {
  call_id: uuid.optional(),
  type: z.enum(WEBHOOK_EVENTS).optional(),
  state: z.enum(EVENT_STATES).optional(),
  endpoint_id: uuid.optional(),
  since: instantField("start").optional(),
  until: instantField("end").optional(),
};
/** The query of the list. */
export const eventListQuery = z.object({
  ...filterFields,
  limit: z
    .string()
    .regex(/^\d{1,3}$/, `must be a whole number from 1 to ${MAX_LIMIT}`)
    .transform(Number)
    .refine((limit) => limit >= 1 && limit <= MAX_LIMIT, `must be a whole number from 1 to ${MAX_LIMIT}`)
    .default(DEFAULT_LIMIT),
  cursor: z
    .string()
    .transform((text, context) => {
      const position = readCursor(text);
      if (position) return position;
      context.addIssue({ code: "custom", message: "must be a next_cursor of an earlier answer" });
      return z.NEVER;
    })
    .optional(),
});
/** The body of a bulk replay. */
export const replayBody = z.strictObject({ ...filterFields, dry_run: z.boolean().optional() });

/** What was sent, to whom, and what came of it; and sending it once more. Extensions of ours. */
export function webhookEventRoutes(
  server: FastifyInstance,
  options: { db: Database; wakeDelivery: (endpointId: string) => void },
): void {
  const { db } = options;

  async function find(organizationId: string, id: string) {
    const event = isUuid(id) ? await findEvent(db, organizationId, id) : undefined;
    if (!event) throw new ApiError("webhook_event_not_found");
    return event;
  }

  server.get("/webhook-events", async (request) => {
    const query = parseBody(eventListQuery, request.query);
    const { limit, cursor: after } = query;
    const rows = await listEvents(db, request.organizationId, toFilter(query), { limit: limit + 1, after });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      webhook_events: page.map(toEventOnWire),
      next_cursor: rows.length > limit && last ? writeCursor(last) : null,
    };
  });

  server.get<{ Params: { id: string } }>("/webhook-events/:id", async (request) => {
    const event = await find(request.organizationId, request.params.id);
    return { webhook_event: { ...toEventOnWire(event), body: JSON.parse(event.body.toString()) as unknown } };
  });

  server.get<{ Params: { id: string } }>("/webhook-events/:id/attempts", async (request) => {
    const event = await find(request.organizationId, request.params.id);
    const attempts = await listAttempts(db, event.id);
    return { attempts: attempts.map((attempt) => toAttemptOnWire(attempt, event)) };
  });

  server.post<{ Params: { id: string } }>("/webhook-events/:id/replay", async (request, reply) => {
    const event = await find(request.organizationId, request.params.id);
    if (event.sequence === null) {
      throw new ApiError("webhook_event_not_replayable", {
        message: `A caller waited for the answer to ${event.type}; nobody does any more`,
      });
    }
    const endpointId = await replayEvent(db, request.organizationId, event.id);
    if (endpointId === undefined) {
      throw new ApiError("webhook_event_not_replayable", {
        message: "Its endpoint is gone or disabled, and the account has no webhook URL",
      });
    }
    options.wakeDelivery(endpointId);
    return reply
      .code(202)
      .send({ webhook_event: toEventOnWire(await find(request.organizationId, event.id)) });
  });

  server.post("/webhook-events/replay", async (request, reply) => {
    const { dry_run: isDryRun, ...body } = parseBody(replayBody, request.body);
    const filter = toFilter(body);
    const count = await countReplayable(db, request.organizationId, filter);
    if (isDryRun) return { count };
    const replay = await insertReplay(db, request.organizationId, filter, count);
    return reply.code(202).send({ webhook_replay: replay });
  });

  async function replayOf(organizationId: string, id: string) {
    const replay = isUuid(id) ? await findReplay(db, organizationId, id) : undefined;
    if (!replay) throw new ApiError("webhook_replay_not_found");
    return { webhook_replay: replay };
  }

  server.get<{ Params: { id: string } }>("/webhook-replays/:id", (request) =>
    replayOf(request.organizationId, request.params.id),
  );
  for (const [path, state] of [
    ["pause", "paused"],
    ["resume", "running"],
  ] as const) {
    server.post<{ Params: { id: string } }>(`/webhook-replays/:id/${path}`, async (request) => {
      const { id } = request.params;
      if (isUuid(id)) await moveReplay(db, request.organizationId, id, state);
      return replayOf(request.organizationId, id);
    });
  }
}

type WireFilter = z.output<z.ZodObject<typeof filterFields>>;

function toFilter(wire: WireFilter): EventFilter {
  const { call_id: callId, type, state, endpoint_id: endpointId, since, until } = wire;
  return { callId, type, state, endpointId, since, until };
}

function writeCursor({ position, id }: EventPosition): string {
  return Buffer.from(`${position}|${id}`).toString("base64url");
}

function readCursor(text: string): EventPosition | undefined {
  const [position, id] = Buffer.from(text, "base64url").toString().split("|");
  if (!position || !id || !isUuid(id) || Number.isNaN(Date.parse(position))) return undefined;
  return { position, id };
}
