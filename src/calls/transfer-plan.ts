import type { CarrierTrunk } from "../telephony/carrier.ts";

/** A way to hand a call over. */
export type TransferWay =
  /** the far end is asked to call the destination itself, and we are out of it (REFER) */
  | { way: "refer" }
  /** we call the destination, and join the two */
  | { way: "bridge"; trunk: CarrierTrunk };

/** What is known of a call when it is to be handed over. */
export interface TransferSituation {
  /** the person who is called is asked first, which only works where we are the one who calls */
  isWarm: boolean;
  /** what the far end has said or shown (Leg.takesTransfers) */
  takesTransfers: boolean;
  /** the trunk's own setting; undefined: as `auto` */
  refer: "auto" | "never" | undefined;
  /** `transfer_trunk_id` of the called number */
  transferTrunk: CarrierTrunk | undefined;
  /** where the call came from, or went to */
  peer: CarrierTrunk | undefined;
}

/**
 * The ways in the order in which they are tried; the next one only when the one before has called nobody. REFER first,
 * because a call that has left costs no more line, no more minutes and no more delay. But a number that has a transfer
 * trunk wants its transfers to go out by it (facts 2.4), and a REFER goes wherever the call came from: so it is only
 * sent where the two are the same. Pure.
 */
export function planTransfer(situation: TransferSituation): TransferWay[] {
  const { isWarm, takesTransfers, refer, transferTrunk, peer } = situation;
  const isRightWay = !transferTrunk || (peer !== undefined && isSamePlace(transferTrunk, peer));
  const mayRefer = !isWarm && takesTransfers && refer !== "never" && isRightWay;
  const trunk = transferTrunk ?? peer;
  return [
    ...(mayRefer ? [{ way: "refer" } as const] : []),
    ...(trunk ? [{ way: "bridge", trunk } as const] : []),
  ];
}

function isSamePlace(one: CarrierTrunk, other: CarrierTrunk): boolean {
  return one.address === other.address && one.port === other.port && one.protocol === other.protocol;
}
