import type { AssistantConfiguration } from "../assistants/configuration.ts";
import type { Clock } from "../clock.ts";
import type { TranscriptMessage, TransferRequest } from "../conversation/conversation.ts";
import type { Speech } from "../conversation/conversation.ts";
import { toSpeech } from "../conversation/extract.ts";
import { bridge } from "../telephony/bridge.ts";
import type { LegMedia, Leg, OutboundCall, OutboundLeg, CarrierTrunk } from "../telephony/carrier.ts";
import { dialSecondLeg } from "./second-leg.ts";
import { planTransfer } from "./transfer-plan.ts";
import { offerCall } from "./warm-transfer.ts";

export type TransferPorts = {
  clock: Clock;
  placeCall(call: OutboundCall): Promise<OutboundLeg<LegMedia>>;
  findTransferRoute(call: { organizationId: string; numberId: string | null }): Promise<TransferRoute>;
};

/** How transfers leave a number. */
export interface TransferRoute {
  /** its `transfer_trunk_id`; undefined: it has none, or one that cannot be used */
  trunk: CarrierTrunk | undefined;
  /** the trunk's setting; undefined: as `auto` */
  refer?: "auto" | "never" | undefined;
  /** E.164: what is shown to whoever is called where the call itself has no number of ours */
  from?: string | undefined;
}

/** A call with the caller on hold, who waits for somebody else. */
export interface TransferringCall {
  /** `calledNumber`: ours, which the person who is called sees: the caller's own would be refused by most trunks */
  call: { organizationId: string; numberId: string | null; calledNumber: string | null };
  leg: Leg;
  media: LegMedia;
  speech: Pick<Speech<LegMedia>, "speakText" | "summarize">;
  configuration: AssistantConfiguration;
  /** what was said so far */
  messages: () => TranscriptMessage[];
  /** aborted when the caller is gone, or the process stops */
  over: AbortSignal;
}

export type HandOver =
  /** somebody else has the call, and we are out of it */
  | { outcome: "transferred" }
  /** the two are talking, through us; `over` settles when either has hung up, and the other is being hung up */
  | { outcome: "bridged"; over: Promise<void> }
  | { outcome: "failed"; detail: string };

/**
 * Hands a call over, by whichever way works (transfer-plan.ts). The caller hears ringing until somebody answers, or
 * until it has failed. Never rejects; settles within two minutes and a half.
 */
export async function handOver(
  transferring: TransferringCall,
  request: TransferRequest,
  ports: TransferPorts,
): Promise<HandOver> {
  const { call, leg, media, over } = transferring;
  media.setRingback(true);
  try {
    const { trunk: transferTrunk, refer, from = null } = await ports.findTransferRoute(call);
    const ways = planTransfer({
      isWarm: request.warm !== undefined,
      takesTransfers: leg.takesTransfers,
      refer,
      transferTrunk,
      peer: leg.peer,
    });
    let detail = "there is no SIP trunk to call out by";
    for (const way of ways) {
      if (over.aborted) break;
      const result =
        way.way === "refer"
          ? await leg.transfer(request.destination)
          : await callAndBridge(
              transferring,
              request,
              { trunk: way.trunk, from: call.calledNumber ?? from },
              ports,
            );
      if (result.outcome !== "refused") return result;
      ({ detail } = result);
    }
    return { outcome: "failed", detail };
  } catch {
    // The database is away, say. The caller comes back to the assistant, whatever it was.
    return { outcome: "failed", detail: "the transfer failed: internal error" };
  } finally {
    media.setRingback(false);
  }
}

async function callAndBridge(
  transferring: TransferringCall,
  { destination, warm }: TransferRequest,
  { trunk, from }: { trunk: CarrierTrunk; from: string | null },
  ports: TransferPorts,
): Promise<HandOver> {
  const { leg, media, speech, configuration, over } = transferring;
  if (from === null) return { outcome: "failed", detail: "there is no number to call from" };
  // Made while it rings: the person who picks up is not to wait for a language model.
  const summarizing = new AbortController();
  const summary = warm
    ? speech.summarize(transferring.messages(), configuration, AbortSignal.any([over, summarizing.signal]))
    : undefined;
  const dialed = await dialSecondLeg(ports, { to: destination, from, trunk, near: media }, over);
  if (dialed.outcome === "failed") {
    summarizing.abort();
    return dialed;
  }
  const second = dialed;
  if (warm) {
    const acceptance = await offerCall({
      warm,
      media: second.media,
      ended: second.leg.ended,
      summary: summary!.then(toSpeech),
      stopSummary: () => summarizing.abort(),
      speech,
      configuration,
      clock: ports.clock,
      signal: over,
    });
    summarizing.abort();
    if (acceptance.outcome === "failed") {
      void second.leg.hangUp();
      return acceptance;
    }
  }
  const part = bridge(media, second.media);
  return { outcome: "bridged", over: untilParted(leg, second.leg, over).finally(part) };
}

/** Either side's hang-up ends the other; so does the end of the process, and a side whose audio has stopped coming. */
async function untilParted(leg: Leg, second: OutboundLeg<LegMedia>, over: AbortSignal): Promise<void> {
  const stopped = new Promise<void>((resolve) => {
    if (over.aborted) resolve();
    else over.addEventListener("abort", () => resolve(), { once: true });
  });
  await Promise.race([leg.ended, second.ended, stopped]);
  // Not awaited: the call is over now, whenever the far ends confirm it.
  void leg.hangUp();
  void second.hangUp();
}
