import type { AssistantConfiguration } from "../assistants/configuration.ts";
import type { PlaceCampaignCall } from "../campaigns/campaign-loop.ts";
import { withOpener } from "./outbound-opener.ts";
import type { OutboundRoutesOptions } from "./outbound-routes.ts";

/** A campaign's call is an outbound call like any other: the saved assistant, told about its lead. */
export function createPlaceCampaignCall(
  ports: Pick<
    OutboundRoutesOptions,
    "findAssistant" | "findOutboundNumber" | "getMinutesBalance" | "placeCall"
  >,
): PlaceCampaignCall {
  return async ({ organizationId, assistantId, destination, systemMessage }) => {
    const refused = (reason: string) => ({ outcome: "refused" as const, reason });
    const saved = await ports.findAssistant(organizationId, assistantId);
    if (!saved?.isActive) return refused("the assistant is not active");
    const from = await ports.findOutboundNumber(organizationId, undefined);
    if (from.outcome !== "found") return refused("no number has a SIP trunk to call out by");
    const balance = await ports.getMinutesBalance(organizationId);
    if (balance !== null && balance <= 0) return refused("no minutes are left");
    const placed = await ports.placeCall({
      organizationId,
      destination,
      number: from.number,
      trunk: from.trunk,
      decision: {
        outcome: "answer",
        mode: "default",
        because: "a campaign calls",
        assistantId,
        configuration: withOpener(withSystemMessage(saved.configuration, systemMessage), undefined),
        webhookSecret: undefined,
      },
    });
    if (placed.outcome === "placed") return placed;
    return refused(
      placed.outcome === "busy"
        ? "the server carries as many calls as it can"
        : "the server is being stopped",
    );
  };
}

/** In front of the assistant's own messages. */
function withSystemMessage(
  configuration: AssistantConfiguration,
  content: string | undefined,
): AssistantConfiguration {
  const { llm_config: llm } = configuration;
  if (!content || !llm) return configuration;
  const messages = Array.isArray(llm["messages"]) ? (llm["messages"] as unknown[]) : [];
  return { ...configuration, llm_config: { ...llm, messages: [{ role: "system", content }, ...messages] } };
}
