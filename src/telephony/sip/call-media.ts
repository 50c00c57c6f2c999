import { randomBytes, randomInt } from "node:crypto";
import type { Digit, LegMedia } from "../carrier.ts";
import type { MediaEngine, MediaPort } from "../media-engine.ts";
import type { RtpCounters } from "../rtp/rtp-session.ts";
import { createKeyAgreement, type SrtpPolicy } from "./key-agreement.ts";
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
  /** Whether what was agreed last is encrypted. */
  readonly isSecure: boolean;
  injectDigit(digit: Digit): void;
  close(): Promise<RtpCounters | undefined>;
}

/** G.711 first: it costs nothing, and what is spoken inside is telephone audio anyhow. */
const OFFERED_CODECS = ["PCMA", "PCMU", "opus"] as const;

type UsableSdp = Extract<ReadSdpResult, { outcome: "usable" }>;

/** @returns undefined when no RTP port is to be had */
export async function openDialogMedia<M extends LegMedia>(
  engine: MediaEngine<M>,
  options: {
    /** what the SDP says */
    localAddress: string;
    near?: M | undefined;
    /** what our own offers say of SRTP; left out: nothing. An offer of the peer's is answered as it is made */
    srtp?: SrtpPolicy | undefined;
    onLost: (detail: string) => void;
  },
): Promise<DialogMedia<M> | undefined> {
  const port = await engine.open(options);
  return port && describeMedia(port, options);
}

function describeMedia<M extends LegMedia>(
  port: MediaPort<M>,
  options: { localAddress: string; srtp?: SrtpPolicy | undefined },
): DialogMedia<M> {
  const local: LocalMedia = {
    address: options.localAddress,
    port: port.port,
    sessionId: randomInt(2 ** 31),
    version: 0,
  };
  const keys = createKeyAgreement({ policy: options.srtp ?? "off", randomBytes });
  let agreed: UsableSdp | undefined;
  let media: M | undefined;
  let isOfferOpen = false;

  function agree(sdp: UsableSdp): void {
    agreed = { ...sdp, parameters: { ...sdp.parameters, srtp: keys.agreed } };
    if (media) port.update(agreed.parameters);
  }

  return {
    answer(offerText) {
      const offer = readSdp(offerText);
      if (offer.outcome === "unusable") return undefined;
      const taken = keys.answer(offer);
      if (taken.outcome === "refused") return undefined;
      agree(offer);
      local.version++;
      return writeAnswer(offer, local, taken.line);
    },
    offer() {
      isOfferOpen = true;
      local.version++;
      return writeOffer(local, OFFERED_CODECS, "sendrecv", keys.offer());
    },
    takeAnswer(answerText) {
      if (!isOfferOpen) return true;
      isOfferOpen = false;
      const answer = readSdp(answerText ?? "");
      if (answer.outcome === "unusable" || !keys.takeAnswer(answer)) return false;
      agree(answer);
      return true;
    },
    start() {
      if (!agreed) throw new Error("media cannot start before offer and answer");
      media ??= port.start(agreed.parameters);
      return media;
    },
    get isSecure() {
      return agreed?.parameters.srtp !== undefined;
    },
    injectDigit: (digit) => port.injectDigit(digit),
    close: () => port.close(),
  };
}
