import { randomInt } from "node:crypto";
import type { Digit, LegMedia } from "../carrier.ts";
import type { MediaEngine, MediaPort } from "../media-engine.ts";
import type { RtpCounters } from "../rtp/rtp-session.ts";
import { readSdp, writeAnswer, writeOffer, type LocalMedia, type ReadSdpResult } from "./sdp.ts";

/** The media side of one SIP dialog: its port, its description, and the audio once both are known. */
export interface DialogMedia<M extends LegMedia = LegMedia> {
  /** Answers an offer, the first one or a re-INVITE's. @returns undefined when nothing in it can be used: 488 */
  answer(offerText: string): string | undefined;
  offer(): string;
  /**
   * Takes the answer to our offer, in a 2xx or in an ACK. @returns false when there is no usable one although an offer
   * of ours is waiting; without such an offer there is nothing to take, and true
   */
  takeAnswer(answerText: string | undefined): boolean;
  /** Starts sending and receiving with what was agreed last; once more, it is the same audio. */
  start(): M;
  injectDigit(digit: Digit): void;
  close(): Promise<RtpCounters | undefined>;
}

type UsableSdp = Extract<ReadSdpResult, { outcome: "usable" }>;

/** @returns undefined when no RTP port is to be had */
export async function openDialogMedia<M extends LegMedia>(
  engine: MediaEngine<M>,
  options: {
    /** what the SDP says */
    localAddress: string;
    near?: M | undefined;
    onLost: (detail: string) => void;
  },
): Promise<DialogMedia<M> | undefined> {
  const port = await engine.open(options);
  return port && describeMedia(port, options.localAddress);
}

function describeMedia<M extends LegMedia>(port: MediaPort<M>, localAddress: string): DialogMedia<M> {
  const local: LocalMedia = {
    address: localAddress,
    port: port.port,
    sessionId: randomInt(2 ** 31),
    version: 0,
  };
  let agreed: UsableSdp | undefined;
  let media: M | undefined;
  let isOfferOpen = false;

  function agree(sdp: UsableSdp): void {
    agreed = sdp;
    if (media) port.update(sdp.parameters);
  }

  return {
    answer(offerText) {
      const offer = readSdp(offerText);
      if (offer.outcome === "unusable") return undefined;
      agree(offer);
      local.version++;
      return writeAnswer(offer, local);
    },
    offer() {
      isOfferOpen = true;
      local.version++;
      return writeOffer(local, ["PCMA", "PCMU"]);
    },
    takeAnswer(answerText) {
      if (!isOfferOpen) return true;
      isOfferOpen = false;
      const answer = readSdp(answerText ?? "");
      if (answer.outcome === "unusable") return false;
      agree(answer);
      return true;
    },
    start() {
      if (!agreed) throw new Error("media cannot start before offer and answer");
      media ??= port.start(agreed.parameters);
      return media;
    },
    injectDigit: (digit) => port.injectDigit(digit),
    close: () => port.close(),
  };
}
