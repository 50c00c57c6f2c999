import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Database } from "../db/database.ts";
import { ApiError } from "../errors.ts";
import { rateLimitError, tellRateLimit } from "../http/rate-limit.ts";
import { parseBody } from "../http/validation.ts";
import { isUuid } from "../ids.ts";
import { isE164 } from "../numbers/e164.ts";
import type { RateLimitState } from "../http/rate-limiter.ts";
import { findCallRecord } from "./call-list-store.ts";
import type { LiveCall, LiveCalls } from "./live-calls.ts";

const words = z.string().min(1).max(10_000);
const SIP_URI = /^sips?:[^\s<>"]+$/i;

/** Facts 2.3. The helpers of the official client always send every field (facts 14.5). */
export const controlBody = z.discriminatedUnion("type", [
  z.object({ type: z.literal("inject-context"), content: words, trigger_response: z.boolean() }),
  z.object({ type: z.literal("say"), content: words, end_after: z.boolean() }),
  z.object({ type: z.literal("end-call"), message: words.nullish() }),
  z.object({
    type: z.literal("transfer"),
    destination: z
      .string()
      .max(255)
      .refine(
        (text) => isE164(text) || SIP_URI.test(text),
        "must be a number in E.164, such as +31850835037, or a SIP URI",
      ),
    message: words.nullish(),
  }),
]);

/** `POST /calls/{id}/control`: the command is passed on, and what comes of it is heard in the call. */
export function callControlRoutes(
  server: FastifyInstance,
  options: {
    db: Database;
    liveCalls: Pick<LiveCalls, "find">;
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
    const live = call.status === "in-progress" ? options.liveCalls.find(id) : undefined;
    if (!live) {
      throw new ApiError("call_not_active", { message: `The call is ${call.status}, not in-progress` });
    }
    carryOut(live, command);
    return { success: true, message: "Command sent successfully" };
  });
}

function carryOut(call: LiveCall, command: z.output<typeof controlBody>): void {
  switch (command.type) {
    case "inject-context":
      return call.injectContext(command.content, command.trigger_response);
    case "say":
      return call.say(command.content, command.end_after);
    case "end-call":
      return call.end(command.message ?? undefined);
    case "transfer":
      return call.transfer(command.destination, command.message ?? undefined);
  }
}
