import type { AnswerResult, Digit, LegEnd, LegMedia } from "../telephony/carrier.ts";
import type { MediaPort } from "../telephony/media-engine.ts";
import type { RtpParameters } from "../telephony/rtp/rtp-session.ts";
import type { Farewell } from "./gateway-contract.ts";
import type { WebData, WebLeg, WebTranscription } from "./web-carrier.ts";

/** What the gateway tells of a leg. */
export interface WebLegEvents {
  media(parameters: RtpParameters): void;
  text(text: string): void;
  data(data: WebData): void;
  digit(digit: Digit): void;
  ended(end: LegEnd): void;
}

/**
 * A caller in its room:
 *
 *   joining ──answer() and audio stands──▶ answered ──leaves, hangUp(), lost──▶ ended
 *      └──leaves, reject(), lost──▶ ended
 *
 * `ended` settles once; what comes after it changes nothing.
 */
export function createWebLeg<M extends LegMedia>(options: {
  carrierCallId: string;
  port: MediaPort<M>;
  closeRoom: (why: Farewell) => void;
  sendTranscription: (piece: WebTranscription) => void;
  sendData: (data: WebData) => void;
  /** once, when the leg is over */
  onEnded: (end: LegEnd) => void;
}): WebLeg<M> & { events: WebLegEvents; mediaIsLost: (detail: string) => void } {
  const { port } = options;
  let isOver = false;
  let isWanted = false;
  let media: M | undefined;
  let parameters: RtpParameters | undefined;
  let onText: ((text: string) => void) | undefined;
  let onData: ((data: WebData) => void) | undefined;
  /** Typed before anybody listens: while the call is decided on, or the conversation prepared. */
  const early: string[] = [];
  const ended = Promise.withResolvers<LegEnd>();
  const answered = Promise.withResolvers<AnswerResult<M>>();

  function end(reason: LegEnd): void {
    if (isOver) return;
    isOver = true;
    answered.resolve({ outcome: "gone" });
    ended.resolve(reason);
    options.onEnded(reason);
  }

  function endByUs(why: Farewell, reason: LegEnd): void {
    if (isOver) return;
    options.closeRoom(why);
    end(reason);
  }

  function startIfReady(): void {
    if (isOver || media || !isWanted || !parameters) return;
    media = port.start(parameters);
    answered.resolve({ outcome: "answered", media });
  }

  return {
    carrier: "web",
    carrierCallId: options.carrierCallId,
    ended: ended.promise,
    peer: undefined,
    takesTransfers: false,
    answer() {
      isWanted = true;
      startIfReady();
      return answered.promise;
    },
    reject: () => endByUs("refused", { cause: "local" }),
    hangUp() {
      endByUs("ended", { cause: "local" });
      return Promise.resolve();
    },
    transfer: () =>
      Promise.resolve({ outcome: "refused", detail: "a caller in a browser cannot be sent elsewhere" }),
    onText(listener) {
      onText = listener;
      for (const text of early.splice(0)) listener(text);
    },
    onData: (listener) => (onData = listener),
    sendTranscription: (piece) => {
      if (!isOver) options.sendTranscription(piece);
    },
    sendData: (data) => {
      if (!isOver) options.sendData(data);
    },
    mediaIsLost: (detail) => endByUs("ended", { cause: "lost", detail }),
    events: {
      media(next) {
        parameters = next;
        if (media) port.update(next);
        else startIfReady();
      },
      text(text) {
        if (onText) onText(text);
        else if (early.length < MOST_EARLY_TEXTS) early.push(text);
      },
      data: (data) => onData?.(data),
      digit: (digit) => port.injectDigit(digit),
      ended: (reason) => end(!media && reason.cause === "remote-hangup" ? { cause: "cancelled" } : reason),
    },
  };
}

const MOST_EARLY_TEXTS = 20;
