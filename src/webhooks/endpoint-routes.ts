import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Database } from "../db/database.ts";
import { ApiError } from "../errors.ts";
import { parseBody } from "../http/validation.ts";
import { isUuid } from "../ids.ts";
import {
  enableEndpoint,
  findEndpointView,
  listEndpointViews,
  listOperationalEvents,
  type EndpointView,
} from "./endpoint-view-store.ts";

export const endpointChange = z.strictObject({ is_enabled: z.boolean() });

/** Where events go, how each of these places is doing, and switching one on or off. Extensions of ours. */
export function webhookEndpointRoutes(
  server: FastifyInstance,
  options: {
    db: Database;
    /** nothing is sent to the URL any more; what was pending is cancelled */
    disable: (receiver: { organizationId: string; url: string }, reason: string) => Promise<void>;
    /** what the delivery knows of it is read anew */
    forget: (endpointId: string) => void;
  },
): void {
  const { db } = options;

  async function find(organizationId: string, id: string): Promise<EndpointView> {
    const endpoint = isUuid(id) ? await findEndpointView(db, organizationId, id) : undefined;
    if (!endpoint) throw new ApiError("webhook_endpoint_not_found");
    return endpoint;
  }

  server.get("/webhook-endpoints", async (request) => ({
    webhook_endpoints: (await listEndpointViews(db, request.organizationId)).map(toWire),
  }));

  // An endpoint that was disabled, for now.
  server.get("/operational-events", async (request) => ({
    operational_events: await listOperationalEvents(db, request.organizationId),
  }));

  server.get<{ Params: { id: string } }>("/webhook-endpoints/:id", async (request) => ({
    webhook_endpoint: toWire(await find(request.organizationId, request.params.id)),
  }));

  server.patch<{ Params: { id: string } }>("/webhook-endpoints/:id", async (request) => {
    const { organizationId } = request;
    const { is_enabled: isEnabled } = parseBody(endpointChange, request.body);
    const endpoint = await find(organizationId, request.params.id);
    if (isEnabled) {
      await enableEndpoint(db, endpoint.id);
      options.forget(endpoint.id);
    } else {
      await options.disable({ organizationId, url: endpoint.url }, "switched off");
    }
    return { webhook_endpoint: toWire(await find(organizationId, endpoint.id)) };
  });
}

function toWire(endpoint: EndpointView) {
  return {
    id: endpoint.id,
    level: endpoint.level,
    owner: endpoint.owner,
    url: endpoint.url,
    is_enabled: endpoint.disabled_at === null,
    disabled_reason: endpoint.disabled_reason,
    disabled_at: endpoint.disabled_at,
    breaker: endpoint.breaker,
    breaker_open_until: endpoint.breaker_until,
    consecutive_failures: endpoint.consecutive_failures,
    failing_since: endpoint.failing_since,
    pending: endpoint.pending,
    in_flight: endpoint.in_flight,
    created_at: endpoint.created_at,
  };
}
