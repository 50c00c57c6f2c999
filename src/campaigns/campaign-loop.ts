import type { Clock } from "../clock.ts";
import type { Database } from "../db/database.ts";
import { toError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import { mayCallAt } from "./calling-hours.ts";
import {
  claimLead,
  listScheduled,
  putLeadBack,
  setLeadCall,
  settleLeads,
  type ScheduledCampaign,
} from "./campaign-run-store.ts";
import { fillTemplate } from "./campaign-template.ts";

/** How often is looked: also the pace at which a campaign's calls begin, one each time. */
const EVERY_MS = 2_000;
/** Of one campaign; nothing is documented. More than a small team's trunk would take at once annoys its carrier. */
const MOST_AT_ONCE = 5;
/** After a campaign could not call (no number, no minutes): it is not asked again each time. */
const REST_MS = 60_000;

export interface CampaignCall {
  organizationId: string;
  assistantId: string;
  destination: string;
  /** said to the model before everything else */
  systemMessage: string | undefined;
}

export type PlaceCampaignCall = (
  call: CampaignCall,
) => Promise<{ outcome: "placed"; callId: string } | { outcome: "refused"; reason: string }>;

interface CampaignOptions {
  db: Database;
  clock: Clock;
  logger: Logger;
  placeCall: PlaceCampaignCall;
}

/** One look at all campaigns: what came of calls is written, and each that may call begins with at most one. */
export function createCampaignLook(options: CampaignOptions): () => Promise<void> {
  const { db, clock, logger } = options;
  const restsUntilMs = new Map<string, number>();

  async function callNext(campaign: ScheduledCampaign): Promise<void> {
    if ((restsUntilMs.get(campaign.id) ?? 0) > clock.monotonicMs()) return;
    const lead = await claimLead(db, campaign.id, MOST_AT_ONCE);
    if (!lead) return;
    const { organizationId, assistantId, template } = campaign;
    const placed = await options
      .placeCall({
        organizationId,
        assistantId,
        destination: lead.phoneNumber,
        systemMessage: template === null ? undefined : fillTemplate(template, lead.variables),
      })
      .catch(async (error: unknown) => {
        await putLeadBack(db, lead.id);
        throw error;
      });
    if (placed.outcome === "placed") {
      await setLeadCall(db, lead.id, placed.callId);
      return;
    }
    await putLeadBack(db, lead.id);
    restsUntilMs.set(campaign.id, clock.monotonicMs() + REST_MS);
    logger.warn(
      { campaign_id: campaign.id, reason: placed.reason },
      "a campaign cannot call; it rests for a minute",
    );
  }

  return async () => {
    await settleLeads(db);
    for (const campaign of await listScheduled(db)) {
      if (mayCallAt(clock.now(), campaign.hours)) await callNext(campaign);
    }
  };
}

/**
 * Places the calls of scheduled campaigns within their hours (facts 7.3), one lead once. Every process of an installation
 * runs it: a lead belongs to whoever claims it. What came of a call is read from the call, so that a crash loses nothing.
 */
export function createCampaignLoop(options: CampaignOptions) {
  const { clock, logger } = options;
  const look = createCampaignLook(options);
  let cancel: () => void = () => undefined;
  let running: Promise<void> = Promise.resolve();
  let isStopped = false;

  async function lookAgain(): Promise<void> {
    try {
      await look();
    } catch (error) {
      logger.error({ err: toError(error) }, "campaigns could not be looked after; it is tried again");
    }
  }

  function schedule(): void {
    cancel = clock.after(EVERY_MS, () => {
      running = lookAgain().then(() => {
        if (!isStopped) schedule();
      });
    });
  }

  return {
    start: schedule,
    async stop() {
      isStopped = true;
      cancel();
      await running;
    },
  };
}
