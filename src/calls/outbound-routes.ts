import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { ApiError } from "../errors.ts";
import { parseBody } from "../http/validation.ts";
import { isUuid } from "../ids.ts";
import { isE164 } from "../numbers/e164.ts";
import type { AnswerDecision } from "./call-decision.ts";
import { requireCredits } from "./credits.ts";
import type { OutboundOrder } from "./outbound-call.ts";
import { requestedOpener, withOpener } from "./outbound-opener.ts";
import {
  decisionOf,
  readRequestedAssistant,
  requestedAssistantFields,
  type RequestedAssistantPorts,
} from "./requested-assistant.ts";

/** Facts 2.3. */
export const outboundCallBody = z.object({
  destination: z.string().refine(isE164, "must be in E.164: + and 7 to 15 digits, such as +31850835037"),
  number_id: z.string().nullish(),
  ...requestedAssistantFields,
  first_message: z.string().max(10_000).nullish(),
});
type Body = z.output<typeof outboundCallBody>;

export type OutboundNumber =
  | { outcome: "found"; number: OutboundOrder["number"]; trunk: OutboundOrder["trunk"] }
  /** no such number in the organization; without a number_id: it has none that can call out */
  | { outcome: "not-found" }
  /** the number has no trunk to go out by */
  | { outcome: "no-trunk" };

export interface OutboundRoutesOptions extends RequestedAssistantPorts {
  /** @param numberId  undefined: any active number of the organization that can call out */
  findOutboundNumber(organizationId: string, numberId: string | undefined): Promise<OutboundNumber>;
  /** @returns null: unlimited */
  getMinutesBalance(organizationId: string): Promise<number | null>;
  /** Records the call and begins to place it. */
  placeCall(order: OutboundOrder): Promise<PlaceCallResult>;
}

export type PlaceCallResult =
  | { outcome: "placed"; callId: string }
  /** the server takes no new calls any more */
  | { outcome: "stopping" }
  /** it carries as many as it can, or may */
  | { outcome: "busy" };

/**
 * `POST /calls/outbound` in its three modes: a saved assistant, a saved one with changes, or a whole configuration for
 * this call alone. Everything is checked before the call exists; who gets an id gets a call and its report.
 */
export function outboundCallRoutes(server: FastifyInstance, options: OutboundRoutesOptions): void {
  async function decide(organizationId: string, body: Body): Promise<AnswerDecision> {
    const requested = await readRequestedAssistant(organizationId, body, options);
    const { saved, change, merged } = requested;
    return decisionOf(requested, withOpener(merged, requestedOpener(body.first_message, saved && change)));
  }

  async function findNumber(organizationId: string, numberId: string | null | undefined) {
    if (numberId && !isUuid(numberId)) throw noNumber();
    const found = await options.findOutboundNumber(organizationId, numberId || undefined);
    switch (found.outcome) {
      case "found":
        return found;
      case "not-found":
        if (numberId) throw noNumber();
        throw new ApiError("no_outbound_number");
      case "no-trunk":
        throw new ApiError("no_outbound_number", {
          message: "number_id: this number has no SIP trunk to call out by; set its transfer_trunk_id",
        });
    }
  }

  server.post("/calls/outbound", async (request, reply) => {
    const { organizationId } = request;
    const body = parseBody(outboundCallBody, request.body);
    const decision = await decide(organizationId, body);
    const { number, trunk } = await findNumber(organizationId, body.number_id);
    requireCredits(await options.getMinutesBalance(organizationId));
    const placed = await options.placeCall({
      organizationId,
      destination: body.destination,
      number,
      trunk,
      decision,
    });
    if (placed.outcome !== "placed") {
      throw new ApiError(placed.outcome === "busy" ? "server_busy" : "server_stopping", {
        headers: { "Retry-After": "10" },
      });
    }
    return reply.code(201).send({ success: true, call_id: placed.callId, status: "dialing" });
  });
}

function noNumber(): ApiError {
  return new ApiError("number_not_found", { message: "number_id: there is no number with this id" });
}
