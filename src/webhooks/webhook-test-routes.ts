import type { FastifyInstance } from "fastify";
import { sql } from "kysely";
import { z } from "zod";
import type { Clock } from "../clock.ts";
import type { Database } from "../db/database.ts";
import { ApiError } from "../errors.ts";
import { parseBody } from "../http/validation.ts";
import { newId } from "../ids.ts";
import { toAttemptOnWire } from "./attempt-view.ts";
import { listAttempts, type AttemptRow } from "./event-list-store.ts";
import { WEBHOOK_EVENTS, type WebhookEventType } from "./event.ts";
import type { EventEndpoint } from "./event-draft.ts";
import { encodeExample } from "./example-events.ts";
import { insertTestEvent } from "./outbox-store.ts";

export const webhookTestBody = z.strictObject({ type: z.enum(WEBHOOK_EVENTS).default("status-update") });

/** A delivery may take 10 s, and has to be claimed and recorded. */
const WAIT_MS = 12_000;
const LOOK_EVERY_MS = 25;

/**
 * The test button: an example of each event, through the very path of a delivery. Also the two that a caller would wait
 * for are sent that way, because what is tested is the receiver. Sent once, whatever comes of it.
 */
export function webhookTestRoutes(
  server: FastifyInstance,
  options: {
    db: Database;
    clock: Clock;
    wakeDelivery: (endpointId: string) => void;
    /** where an event of the account goes, or of one of its assistants; undefined: there is no URL */
    findEndpoint: (
      organizationId: string,
      assistantId: string | undefined,
    ) => Promise<EventEndpoint | "no-url" | "no-assistant">;
  },
): void {
  const { db, clock } = options;

  async function send(organizationId: string, assistantId: string | undefined, type: WebhookEventType) {
    const endpoint = await options.findEndpoint(organizationId, assistantId);
    if (endpoint === "no-assistant") throw new ApiError("assistant_not_found");
    if (endpoint === "no-url") {
      throw new ApiError("webhook_url_missing", { message: "Set a webhook URL before you send a test" });
    }
    const createdAt = clock.now();
    const callId = newId();
    const draft = { organizationId, callId, type, createdAt, endpoint };
    const recorded = await insertTestEvent(db, { ...draft, body: encodeExample(type, callId, createdAt) });
    if (recorded.endpointId === undefined) {
      throw new ApiError("webhook_endpoint_disabled", {
        message: "Enable it with PATCH /webhook-endpoints/{id} first",
      });
    }
    options.wakeDelivery(recorded.endpointId);
    const attempt = await firstAttempt(recorded.eventId);
    return {
      webhook_event_id: recorded.eventId,
      attempt: attempt ? toAttemptOnWire(attempt, { id: recorded.eventId, type }) : null,
    };
  }

  async function firstAttempt(eventId: string): Promise<AttemptRow | undefined> {
    const untilMs = clock.monotonicMs() + WAIT_MS;
    for (;;) {
      const [attempt] = await listAttempts(db, eventId);
      if (attempt || clock.monotonicMs() > untilMs) {
        await sql`
          update webhook_deliveries set state = 'cancelled', reason = 'a test is sent once', finished_at = now()
          where event_id = ${eventId} and state = 'pending'
        `.execute(db);
        return attempt;
      }
      await new Promise<void>((resolve) => clock.after(LOOK_EVERY_MS, resolve));
    }
  }

  server.post("/settings/webhook/test", (request) =>
    send(request.organizationId, undefined, parseBody(webhookTestBody, request.body).type),
  );
  server.post<{ Params: { id: string } }>("/assistants/:id/webhook/test", (request) =>
    send(request.organizationId, request.params.id, parseBody(webhookTestBody, request.body).type),
  );
}
