import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { ApiError } from "../errors.ts";
import { parseBody } from "../http/validation.ts";
import type { AnswerDecision } from "./call-decision.ts";
import { requireCredits } from "./credits.ts";
import {
  decisionOf,
  readRequestedAssistant,
  requestedAssistantFields,
  type RequestedAssistantPorts,
} from "./requested-assistant.ts";

/** Facts 8. */
export const webCallBody = z.object(requestedAssistantFields);

export interface WebCallRoutesOptions extends RequestedAssistantPorts {
  /** @returns null: unlimited */
  getMinutesBalance(organizationId: string): Promise<number | null>;
  /** Records the call; a browser may join it with the token from then on. */
  openCall(order: OpenWebCallOrder): Promise<OpenWebCallResult>;
}

interface OpenWebCallOrder {
  organizationId: string;
  decision: AnswerDecision;
  /** by which the request came */
  requestedUrl: string;
}

export type OpenWebCallResult =
  | { outcome: "opened"; callId: string; token: string; expiresAt: Date; serverUrl: string }
  /** the server takes no new calls any more */
  | { outcome: "stopping" }
  /** it carries as many as it can, or may */
  | { outcome: "busy" };

/**
 * `POST /web-calls`: a call that a browser joins with the token of the answer. Everything is checked before the call
 * exists; who gets an id gets a call and its report, also when nobody ever joins.
 */
export function webCallRoutes(server: FastifyInstance, options: WebCallRoutesOptions): void {
  server.post("/web-calls", async (request, reply) => {
    const { organizationId } = request;
    const body = parseBody(webCallBody, request.body);
    const requested = await readRequestedAssistant(organizationId, body, options);
    requireCredits(await options.getMinutesBalance(organizationId));
    const opened = await options.openCall({
      organizationId,
      decision: decisionOf(requested, requested.merged),
      requestedUrl: `${request.protocol}://${request.host}`,
    });
    if (opened.outcome !== "opened") {
      throw new ApiError(opened.outcome === "busy" ? "server_busy" : "server_stopping", {
        headers: { "Retry-After": "10" },
      });
    }
    // It lets whoever has it into the call: not for a cache on the way.
    return reply.code(201).header("Cache-Control", "no-store").send({
      call_id: opened.callId,
      token: opened.token,
      server_url: opened.serverUrl,
      expires_at: opened.expiresAt.toISOString(),
    });
  });
}
