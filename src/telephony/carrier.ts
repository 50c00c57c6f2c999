/**
 * What brings calls in. The rest of the product sees a leg and its audio, never SIP or WebRTC: a browser carrier or a
 * LiveKit room stands behind the same contract.
 */

/** Telephone audio everywhere inside: 16-bit mono, 8,000 samples a second, frames of 20 ms (160 samples). */
export const SAMPLE_RATE_HZ = 8_000;
export const FRAME_MS = 20;
export const SAMPLES_PER_FRAME = (SAMPLE_RATE_HZ * FRAME_MS) / 1_000;

export type Digit =
  | "0"
  | "1"
  | "2"
  | "3"
  | "4"
  | "5"
  | "6"
  | "7"
  | "8"
  | "9"
  | "*"
  | "#"
  | "A"
  | "B"
  | "C"
  | "D";

/** Why a leg is over. `local`: we hung up or rejected it. */
export type LegEnd =
  /** the far end sent BYE after the answer */
  | { cause: "remote-hangup" }
  /** the far end sent CANCEL (or gave up) before the answer */
  | { cause: "cancelled" }
  | { cause: "local" }
  /** the path to the far end is gone: no ACK, no RTP, transport closed */
  | { cause: "lost"; detail: string };

export type AnswerResult =
  | { outcome: "answered"; media: CallMedia }
  /** the caller was gone before the answer arrived; `ended` says why */
  | { outcome: "gone" };

/** What came of handing a call over to somebody else. */
export type TransferResult =
  | { outcome: "transferred" }
  /** the far end will not, or the new destination did not answer; the call goes on with us */
  | { outcome: "failed"; detail: string };

/** One side of a call, whoever began it. Every method may be called at any time; what comes too late does nothing. */
export interface Leg {
  /** Settles exactly once, and never rejects. */
  readonly ended: Promise<LegEnd>;
  /** Hangs up (SIP: BYE; CANCEL or a refusal before the answer). Resolves when the far end has confirmed or the protocol's timer has run out. */
  hangUp(): Promise<void>;
  /** Asks the far end to call somebody else instead of us (SIP: REFER). @param destination  E.164, or a SIP URI */
  transfer(destination: string): Promise<TransferResult>;
}

/** A call that rings here and wants an answer. */
export interface InboundLeg extends Leg {
  readonly carrier: "sip";
  /** the carrier's own name for the call (SIP: Call-ID), for logs and the record */
  readonly carrierCallId: string;
  /** E.164 where the carrier's spelling can be read as such, else as it came; null when withheld */
  readonly callerNumber: string | null;
  /** E.164 where it can be read as such, else as it came */
  readonly calledNumber: string;
  /** Tells the caller that it rings (SIP: 180). */
  ring(): void;
  /** Picks up. Resolves when the caller has confirmed (SIP: ACK), so that nothing is spoken into a call that is not there. */
  answer(): Promise<AnswerResult>;
  /** Refuses an unanswered call. @param statusCode SIP status, 400-699 */
  reject(statusCode: number, reason: string): void;
}

export type PickUp =
  | { outcome: "answered"; media: CallMedia }
  /** refused, or nobody there; as a SIP status: 408 no answer from the network, 503 no connection (RFC 3261, 8.1.3.1) */
  | { outcome: "failed"; statusCode: number };

/** A call that we placed. */
export interface OutboundLeg extends Leg {
  readonly carrierCallId: string;
  /** Settles once, and never rejects. */
  readonly answered: Promise<PickUp>;
}

/** A call to place. */
export interface OutboundCall {
  /** E.164 */
  to: string;
  /** E.164: the number of ours that is shown */
  from: string;
  /** where calls go out; a name is resolved */
  trunk: {
    address: string;
    port: number;
    protocol: "UDP" | "TCP";
    credentials?: { username: string; password: string } | undefined;
  };
  /** the far end says that it rings, or that something else goes on */
  onRinging?: () => void;
}

/** What became of a recording. */
export type RecordingResult =
  | { outcome: "recorded"; durationMs: number; sizeBytes: number }
  /** it was never started, or not a frame came */
  | { outcome: "nothing" }
  | { outcome: "failed"; error: string };

/** What was counted of a leg's audio (RFC 3550, 6.4). */
export interface MediaStatistics {
  /** by its RTP name */
  codec: string;
  sentPackets: number;
  receivedPackets: number;
  lostPackets: number;
  /** came when their moment was over */
  latePackets: number;
  jitterMs: number;
  /** what our own buffer adds to the way */
  bufferMs: number;
}

/** A packet of a leg, without what it carried. */
export interface CapturedRtpHeader {
  /** Unix milliseconds */
  at: number;
  direction: "in" | "out";
  localPort: number;
  remote: { address: string; port: number };
  /** 12 bytes (RFC 3550, 5.1) */
  headerHex: string;
  /** of the whole packet */
  sizeBytes: number;
}

/** The audio of one answered leg. */
export interface CallMedia {
  /** Called with each 20 ms frame in order, after the jitter buffer, lost frames concealed; silence while on hold. One listener. */
  onAudio(listener: (frame: Int16Array) => void): void;
  onDigit(listener: (digit: Digit) => void): void;
  /** Appends samples to the playout queue; any length. They leave in 20 ms frames on a steady clock. */
  play(samples: Int16Array): void;
  /** Empties the playout queue at once. @returns the number of samples that will not be heard */
  clearPlayout(): number;
  /** Samples that are queued and not sent yet. */
  readonly queuedSamples: number;
  /** Called each time the queue runs empty after having played something. */
  onPlayoutDrained(listener: () => void): void;
  /** Sends digits (RFC 4733) one after the other; a call whose peer did not offer telephone-event ignores them. */
  sendDigits(digits: readonly Digit[]): void;
  /** Records both sides into a new WAV file, the far end left, ours right. Returns at once; one recording at a time. */
  startRecording(options: { path: string }): void;
  /** Ends the recording; it also ends with the leg. Resolves when the file is complete, and never rejects. */
  stopRecording(): Promise<RecordingResult>;
  /** So far; after the leg's end, of all of it. Never rejects. */
  statistics(): Promise<MediaStatistics>;
  /** From now on the headers of its packets are kept, in bounded memory. */
  startHeaderCapture(): void;
  /** What was kept so far, in order; after the leg's end, all of it. Never rejects. */
  capturedHeaders(): Promise<CapturedRtpHeader[]>;
}

export interface Carrier {
  /** Never rejects: what goes wrong is in the leg. */
  placeCall(call: OutboundCall): Promise<OutboundLeg>;
  start(): Promise<void>;
  /** Stops taking calls and closes its sockets. Running legs are the caller's to end first. */
  stop(): Promise<void>;
}
