import type { FastifyInstance } from "fastify";
import type { Database } from "../db/database.ts";
import { ApiError } from "../errors.ts";
import { rateLimitError, tellRateLimit } from "../http/rate-limit.ts";
import { parseBody } from "../http/validation.ts";
import { isUuid } from "../ids.ts";
import type { RateLimitState } from "../http/rate-limiter.ts";
import { findCallRecord } from "./call-list-store.ts";
import { controlBody } from "./call-command.ts";
import type { SendCommand } from "./command-delivery.ts";

/** `POST /calls/{id}/control`: the command is passed on, and what comes of it is heard in the call. */
export function callControlRoutes(
  server: FastifyInstance,
  options: {
    db: Database;
    /** to the process that carries the call */
    sendCommand: SendCommand;
    /** counts a command against its call's limit (facts 12.2) */
    takePlace: (callId: string) => Promise<RateLimitState | undefined>;
  },
): void {
  server.post<{ Params: { id: string } }>("/calls/:id/control", async (request, reply) => {
    const { id } = request.params;
    const call = isUuid(id) ? await findCallRecord(options.db, request.organizationId, id) : undefined;
    if (!call) throw new ApiError("call_not_found");
    const state = await options.takePlace(id);
    if (state && !state.isAllowed) {
      // The headers then speak of the limit that was hit.
      tellRateLimit(reply, state);
      throw rateLimitError(state, "control commands a minute for this call");
    }
    const command = parseBody(controlBody, request.body);
    if (call.status !== "in-progress") {
      throw new ApiError("call_not_active", { message: `The call is ${call.status}, not in-progress` });
    }
    const answer = await options.sendCommand(id, command);
    if (answer.outcome === "refused") throw new ApiError("call_not_active", { message: answer.detail });
    if (answer.outcome === "unanswered") {
      throw new ApiError("call_not_reachable", { headers: { "Retry-After": "1" } });
    }
    return { success: true, message: "Command sent successfully" };
  });
}
