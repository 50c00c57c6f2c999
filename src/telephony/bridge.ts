import { SAMPLES_PER_FRAME, type CallMedia, type LegMedia } from "./carrier.ts";

/** The delay that a bridge may add: two frames. */
const MOST_WAITING_SAMPLES = 2 * SAMPLES_PER_FRAME;

/**
 * Joins two legs that run in one process: what is heard on one is played on the other, both ways, digits included.
 * Whoever listened to them hears nothing any more until they are parted, and must not play into them.
 *
 * @returns parts them; may be called twice, and when either leg is closed
 */
export function bridge(one: LegMedia, other: LegMedia): () => void {
  for (const media of [one, other]) {
    media.setRingback(false);
    media.clearPlayout();
  }
  one.relayTo(other);
  other.relayTo(one);
  return () => {
    one.relayTo(undefined);
    other.relayTo(undefined);
  };
}

/**
 * Plays a frame that another leg has heard. Both legs tick on one clock, so that nothing gathers; where something has
 * gathered all the same (the other side holds us, a digit took the place of audio) it is dropped: it would be heard as
 * a delay for the rest of the call.
 */
export function relayFrame(to: CallMedia, frame: Int16Array): void {
  if (to.queuedSamples >= MOST_WAITING_SAMPLES) to.clearPlayout();
  to.play(frame);
}
