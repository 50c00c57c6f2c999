import type { Background, CapturedRtpHeader, Digit, MediaStatistics, RecordingResult } from "../carrier.ts";
import type { RtpCounters, RtpParameters } from "./rtp-session.ts";
import type { LocalMediaOptions } from "./local-media.ts";

/**
 * What the thread that sends and receives (`rtp-thread.ts`) and the one that listens and speaks (`threaded-media.ts`)
 * say to each other. Legs are named by ids that whoever opens them chooses.
 */
export type RtpThreadSettings = Pick<LocalMediaOptions, "bindAddress" | "ports" | "mediaTimeoutMs">;

export interface RtpThreadFunctions {
  /** Answered once it has prepared what must not be prepared while calls run. */
  ready(): void;
  /** @returns the port; undefined: none is free */
  open(id: string): Promise<number | undefined>;
  start(id: string, parameters: RtpParameters): void;
  update(id: string, parameters: RtpParameters): void;
  injectDigit(id: string, digit: Digit): void;
  sendDigits(id: string, digits: readonly Digit[]): void;
  play(id: string, samples: Int16Array): void;
  /** Empties the playout queue. @returns samples played since the start */
  clearPlayout(id: string): number;
  pausePlayout(id: string): void;
  resumePlayout(id: string): void;
  setBackground(id: string, background: Background | null): void;
  /** @param otherId  undefined: to the listeners again */
  relayTo(id: string, otherId: string | undefined): void;
  setRingback(id: string, isOn: boolean): void;
  startRecording(id: string, options: { path: string }): void;
  stopRecording(id: string): Promise<RecordingResult>;
  statistics(id: string): Promise<MediaStatistics>;
  startHeaderCapture(id: string): void;
  capturedHeaders(id: string): Promise<CapturedRtpHeader[]>;
  /** What was recorded and counted can be asked for half a minute longer. */
  close(id: string): Promise<RtpCounters | undefined>;
}

export interface RtpThreadEvents {
  /** Every 20 ms for all legs together: one message a tick costs the same for sixty calls as for one. */
  tick(frames: TickFrames): void;
  digit(id: string, digit: Digit): void;
  lost(id: string, detail: string): void;
  failed(error: Error): void;
  /** about once a second while there are legs: how late the ticks came */
  lateness(p99Ms: number): void;
}

export interface TickFrames {
  ids: string[];
  /** one frame a leg, one after the other */
  heard: Int16Array;
  /** samples played since the start, a leg each */
  played: number[];
}
