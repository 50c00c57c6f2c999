import { randomBytes, randomInt } from "node:crypto";
import type { Clock } from "../../clock.ts";
import { startRtpSession, type RtpSession } from "../rtp/rtp-session.ts";
import type { Pacer } from "../rtp/pacer.ts";
import type { RtpPorts } from "../rtp/rtp-ports.ts";
import { createKeyAgreement, type SrtpPolicy } from "./key-agreement.ts";
import { readSdp, writeAnswer, writeOffer, type LocalMedia, type ReadSdpResult } from "./sdp.ts";

/** The media side of one SIP dialog: its port, its description, and the RTP session once both are known. */
export interface DialogMedia {
  /** Answers an offer, the first one or a re-INVITE's. @returns undefined when nothing in it can be used: 488 */
  answer(offerText: string): string | undefined;
  offer(): string;
  /**
   * Takes the answer to our offer, in a 2xx or in an ACK. @returns false when there is no usable one although an offer
   * of ours is waiting; without such an offer there is nothing to take, and true
   */
  takeAnswer(answerText: string | undefined): boolean;
  /** Starts sending and receiving with what was agreed last; once more, it is the same session. */
  start(): RtpSession;
  readonly session: RtpSession | undefined;
  close(): void;
}

/** What every dialog of one endpoint shares. */
export interface MediaPorts {
  ports: RtpPorts;
  pacer: Pacer;
  clock: Clock;
  /** where RTP is bound */
  bindAddress: string;
  mediaTimeoutMs: number;
}

/** RTP from the peer is missing for this long while it is not on hold: it is gone without a BYE. */
export const MEDIA_TIMEOUT_MS = 30_000;

/** G.711 first: it costs nothing, and what is spoken inside is telephone audio anyhow. */
const OFFERED_CODECS = ["PCMA", "PCMU", "opus"] as const;

type UsableSdp = Extract<ReadSdpResult, { outcome: "usable" }>;

/** @returns undefined when no RTP port is free */
export async function openDialogMedia(
  options: MediaPorts & {
    /** what the SDP says */
    localAddress: string;
    /** what our own offers say of SRTP; left out: nothing. An offer of the peer's is answered as it is made */
    srtp?: SrtpPolicy | undefined;
    onTimeout: () => void;
  },
): Promise<DialogMedia | undefined> {
  const opened = await options.ports.open(options.bindAddress);
  if (!opened) return undefined;
  const local: LocalMedia = {
    address: options.localAddress,
    port: opened.port,
    sessionId: randomInt(2 ** 31),
    version: 0,
  };
  const keys = createKeyAgreement({ policy: options.srtp ?? "off", randomBytes });
  let agreed: UsableSdp | undefined;
  let session: RtpSession | undefined;
  let isOfferOpen = false;
  let isClosed = false;

  function agree(sdp: UsableSdp): void {
    agreed = { ...sdp, parameters: { ...sdp.parameters, srtp: keys.agreed } };
    session?.update(agreed.parameters);
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
      session ??= startRtpSession({
        socket: opened.socket,
        release: opened.release,
        pacer: options.pacer,
        clock: options.clock,
        parameters: agreed.parameters,
        mediaTimeoutMs: options.mediaTimeoutMs,
        onTimeout: options.onTimeout,
      });
      return session;
    },
    get session() {
      return session;
    },
    close() {
      if (isClosed) return;
      isClosed = true;
      if (session) session.close();
      else opened.release();
    },
  };
}
