import type { Digit, LegMedia } from "./carrier.ts";
import type { RtpCounters, RtpParameters } from "./rtp/rtp-session.ts";

/**
 * Where the audio of legs is sent and received. SIP negotiates and never touches a packet: behind this contract the
 * audio lives in this process (`rtp/local-media.ts`), or in a worker process (`call-workers/`).
 */
export interface MediaEngine<M extends LegMedia = LegMedia> {
  /** Whether one more call may begin: asked before a call is let in, so that those that run are not disturbed. */
  hasRoom(): boolean;
  /**
   * Opens a port for a leg.
   * @param near  the audio of another leg of the same call: the two can be joined only where they are together
   * @returns undefined when no port is free, or there is nowhere to put one
   */
  open(options: {
    near?: M | undefined;
    onLost: (detail: string) => void;
  }): Promise<MediaPort<M> | undefined>;
}

/** One leg's port. */
export interface MediaPort<M extends LegMedia = LegMedia> {
  readonly port: number;
  /** Sends and receives from now on, as offer and answer agreed. Once. */
  start(parameters: RtpParameters): M;
  /** A re-INVITE changed codec, address or direction. */
  update(parameters: RtpParameters): void;
  /** A digit that came by another way than RTP (SIP INFO). */
  injectDigit(digit: Digit): void;
  /** Stops, and gives the port back; may be called twice. @returns what was counted; undefined: it had not begun */
  close(): Promise<RtpCounters | undefined>;
}
