/**
 * One stream's codec between frames of telephone audio (8 kHz, mono) and RTP payloads. It may have a memory: one for each
 * session, and closed with it.
 */
export interface AudioCodec {
  readonly clockRateHz: number;
  /** what a frame of 20 ms can become at most */
  readonly mostFrameBytes: number;
  /** @returns how many bytes were written; 0: there is nothing to send for this frame */
  encode(frame: Int16Array, into: Uint8Array): number;
  /** @returns any number of samples at 8 kHz; undefined when the payload is not one of this codec */
  decode(payload: Uint8Array): Int16Array | undefined;
  close(): void;
}
