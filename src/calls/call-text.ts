import type { Clock } from "../clock.ts";
import type { Transcription } from "../conversation/conversation.ts";
import type { TimelineDetail } from "./call-timeline.ts";
import { createTypedTexts } from "./typed-text.ts";

/** Text beside a leg's audio, where its far end has a screen and a keyboard: a browser. */
export interface TextLeg {
  /** What the caller typed, as it came. One listener. */
  onText(listener: (text: string) => void): void;
  /** Shows what is said, as it is said. */
  sendTranscription(piece: Transcription): void;
}

/** The same, as one call uses it. */
export interface CallText {
  send(piece: Transcription): void;
  /**
   * What the caller types goes there from now on, and what has been typed so far first.
   * @param take  false: nobody reads it at the moment
   */
  read(take: (text: string) => boolean): void;
}

/** Before the first word of the assistant people type a greeting, not a novel. */
const MOST_WAITING = 5;

export function createCallText(
  leg: TextLeg,
  { clock, tell }: { clock: Clock; tell: (detail: TimelineDetail) => void },
): CallText {
  const texts = createTypedTexts();
  const waiting: string[] = [];
  let reader: ((text: string) => boolean) | undefined;

  function hand(text: string): void {
    tell({ type: "typed", outcome: reader!(text) ? "taken" : "nobody-reads" });
  }

  leg.onText((typed) => {
    const read = texts.read(typed, clock.monotonicMs());
    if (read.outcome === "empty") return;
    if (read.outcome !== "taken") return tell({ type: "typed", outcome: read.outcome });
    if (reader) return hand(read.text);
    if (waiting.length < MOST_WAITING) waiting.push(read.text);
    else tell({ type: "typed", outcome: "too-many" });
  });

  return {
    send: (piece) => leg.sendTranscription(piece),
    read(take) {
      reader = take;
      for (const text of waiting.splice(0)) hand(text);
    },
  };
}
