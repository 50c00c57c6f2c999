import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { overlay } from "../assistants/assistant-merge.ts";
import { ApiError } from "../errors.ts";
import { parseBody, validationError } from "../http/validation.ts";
import { isUuid } from "../ids.ts";
import { isE164 } from "../numbers/e164.ts";
import type { AnswerDecision, DecisionPorts, SavedAssistant } from "./call-decision.ts";
import type { OutboundOrder } from "./outbound-call.ts";
import { requestedOpener, withOpener } from "./outbound-opener.ts";

const document = z.record(z.string(), z.unknown());

/** Facts 2.3; the three last are the deprecated names, still accepted. */
export const outboundCallBody = z.object({
  destination: z.string().refine(isE164, "must be in E.164: + and 7 to 15 digits, such as +31850835037"),
  number_id: z.string().nullish(),
  assistant_id: z.string().nullish(),
  assistant_override: document.nullish(),
  assistant: document.nullish(),
  first_message: z.string().max(10_000).nullish(),
  agent_id: z.string().nullish(),
  agent: document.nullish(),
  agent_config: document.nullish(),
});
type Body = z.output<typeof outboundCallBody>;

export type OutboundNumber =
  | { outcome: "found"; number: OutboundOrder["number"]; trunk: OutboundOrder["trunk"] }
  /** no such number in the organization; without a number_id: it has none that can call out */
  | { outcome: "not-found" }
  /** the number has no trunk to go out by */
  | { outcome: "no-trunk" };

export interface OutboundRoutesOptions extends Pick<
  DecisionPorts,
  "findAssistant" | "readPerCall" | "problemsOf"
> {
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
  async function findSaved(organizationId: string, field: string, id: string): Promise<SavedAssistant> {
    const saved = isUuid(id) ? await options.findAssistant(organizationId, id) : undefined;
    if (!saved) {
      throw new ApiError("assistant_not_found", { message: `${field}: there is no assistant with this id` });
    }
    if (!saved.isActive) throw validationError([`${field}: the assistant is not active`]);
    return saved;
  }

  async function decide(organizationId: string, body: Body): Promise<AnswerDecision> {
    const { id, override, transient } = readMode(body);
    const saved = id ? await findSaved(organizationId, id.field, id.value) : undefined;
    const change = saved ? override : transient;
    const checked = options.readPerCall(change?.value ?? {});
    if (checked.outcome === "invalid") {
      throw validationError(checked.problems.map((problem) => `${change?.field}.${problem}`));
    }
    const merged = overlay(saved?.configuration, checked.change, undefined);
    const problems = options.problemsOf(merged);
    if (problems.length > 0) {
      throw validationError(problems.map((problem) => (change ? `${change.field}.${problem}` : problem)));
    }
    const opener = requestedOpener(body.first_message, saved && checked.change);
    const { webhook_secret: secret, ...configuration } = withOpener(merged, opener);
    return {
      outcome: "answer",
      mode: !saved ? "transient" : override ? "hybrid" : "default",
      because: "the API asked for it",
      assistantId: saved?.id ?? null,
      configuration,
      webhookSecret: typeof secret === "string" ? secret : undefined,
    };
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
    const balance = await options.getMinutesBalance(organizationId);
    if (balance !== null && balance <= 0) {
      throw new ApiError("insufficient_credits", {
        message: "Your account has no credits remaining.",
        fields: { balance: Math.min(0, balance) },
      });
    }
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

interface Mode {
  id: { field: string; value: string } | undefined;
  override: { field: string; value: Record<string, unknown> } | undefined;
  transient: { field: string; value: Record<string, unknown> } | undefined;
}

/** Which of the three modes it is, under whichever of the names. @throws ApiError 400 when it is none, or two */
function readMode(body: Body): Mode {
  const given = <K extends keyof Body>(...fields: K[]) => {
    for (const field of fields) {
      const value = body[field];
      if (value !== null && value !== undefined && value !== "") {
        return { field, value: value as NonNullable<Body[K]> };
      }
    }
    return undefined;
  };
  const id = given("assistant_id", "agent_id");
  // The old `agent_config` is a whole configuration where no assistant is named, and changes where one is.
  const override = given("assistant_override") ?? (id && given("agent_config"));
  const transient = given("assistant", "agent") ?? (id ? undefined : given("agent_config"));
  if (id && transient) {
    throw validationError([
      `${transient.field}: cannot be combined with ${id.field}; changes go into assistant_override`,
    ]);
  }
  if (override && !id) throw validationError([`${override.field}: needs assistant_id`]);
  if (!id && !transient) throw validationError(["assistant_id: is required, or assistant"]);
  return { id, override, transient };
}

function noNumber(): ApiError {
  return new ApiError("number_not_found", { message: "number_id: there is no number with this id" });
}
