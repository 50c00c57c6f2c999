/**
 * What brings calls in. The rest of the product sees a leg and its audio, never SIP or WebRTC: a browser carrier or a
 * LiveKit room stands behind the same contract.
 */

/** Telephone audio everywhere inside: 16-bit mono, 8,000 samples a second, frames of 20 ms (160 samples). */
export const SAMPLE_RATE_HZ = 8_000;
export const FRAME_MS = 20;
export const SAMPLES_PER_FRAME = (SAMPLE_RATE_HZ * FRAME_MS) / 1_000;
/** What is heard was said this long ago: three frames are held back to put late ones in their place. */
export const HEARD_AFTER_MS = 3 * FRAME_MS;

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

export type AnswerResult<M extends LegMedia = CallMedia> =
  | { outcome: "answered"; media: M }
  /** the caller was gone before the answer arrived; `ended` says why */
  | { outcome: "gone" };

/** What came of asking the far end to call somebody else. In both bad cases the call goes on with us. */
export type TransferResult =
  | { outcome: "transferred" }
  /** the far end does not do this: nobody was called, and another way may be tried */
  | { outcome: "refused"; detail: string }
  /** the new destination was called, and did not take it */
  | { outcome: "failed"; detail: string };

/** One side of a call, whoever began it. Every method may be called at any time; what comes too late does nothing. */
export interface Leg {
  /** Settles exactly once, and never rejects. */
  readonly ended: Promise<LegEnd>;
  /** Hangs up (SIP: BYE; CANCEL or a refusal before the answer). Resolves when the far end has confirmed or the protocol's timer has run out. */
  hangUp(): Promise<void>;
  /** Asks the far end to call somebody else instead of us (SIP: REFER). @param destination  E.164, or a SIP URI */
  transfer(destination: string): Promise<TransferResult>;
  /** Whether it is worth asking: false when the far end has said that it does not know REFER, or has refused one. */
  readonly takesTransfers: boolean;
  /** where the far end's signalling comes from, to call somebody else by the same way; undefined: there is none */
  readonly peer: CarrierTrunk | undefined;
}

/** Where calls go out to, and what was agreed with who is there. */
export interface CarrierTrunk {
  /** ours; undefined: no trunk of an organization's, such as the demo's server */
  id?: string | undefined;
  /** a name is resolved; over TLS the certificate has to be for it */
  address: string;
  port: number;
  protocol: "UDP" | "TCP" | "TLS";
  credentials?: { username: string; password: string } | undefined;
  /** how many calls may begin in a second, each way; undefined: as many as there are */
  callsPerSecond?: number | undefined;
  /** encrypted audio (SDES): never, where the far end has it, or not without. @default "off" */
  srtp?: "off" | "offer" | "require" | undefined;
  /** whether calls may be handed over by REFER. @default "auto" */
  refer?: "auto" | "never" | undefined;
}

/** A trunk of an organization's, as far as a call that comes by it is concerned. */
export interface InboundTrunk extends CarrierTrunk {
  id: string;
  organizationId: string;
}

/** Who an inbound call comes from: what its network address or its digest has shown, never what a header says. */
export interface CallSource {
  /** trunks that it may be, the likelier first; several where organizations share a provider, or a PBX has two instances */
  trunks: readonly InboundTrunk[];
  /** it may call every number (SIP_ALLOWED_SOURCES) */
  isAllowed: boolean;
}

/** A call that rings here and wants an answer. */
export interface InboundLeg<M extends LegMedia = CallMedia> extends Leg {
  readonly carrier: "sip";
  /** the carrier's own name for the call (SIP: Call-ID), for logs and the record */
  readonly carrierCallId: string;
  /** E.164 where the carrier's spelling can be read as such, else as it came; null when withheld */
  readonly callerNumber: string | null;
  /** E.164 where it can be read as such, else as it came */
  readonly calledNumber: string;
  readonly source: CallSource;
  /** Which of the source's trunks it is, once the called number has told; requests of ours then know its credentials. */
  setTrunk(trunk: InboundTrunk): void;
  /** Tells the caller that it rings (SIP: 180). */
  ring(): void;
  /** Picks up. Resolves when the caller has confirmed (SIP: ACK), so that nothing is spoken into a call that is not there. */
  answer(): Promise<AnswerResult<M>>;
  /**
   * Refuses an unanswered call.
   * @param statusCode  SIP status, 400-699
   * @param retryAfterSeconds  when the caller may try again
   */
  reject(statusCode: number, reason: string, retryAfterSeconds?: number): void;
}

export type PickUp<M extends LegMedia = CallMedia> =
  | { outcome: "answered"; media: M }
  /**
   * refused, or nobody there; as a SIP status: 408 no answer from the network, 503 no connection (RFC 3261, 8.1.3.1).
   * `detail` where more is known than the status says; `isSilent`: the status is our own, because nothing at all came back
   */
  | { outcome: "failed"; statusCode: number; detail?: string; isSilent?: boolean };

/** A call that we placed. */
export interface OutboundLeg<M extends LegMedia = CallMedia> extends Leg {
  readonly carrierCallId: string;
  /** Settles once, and never rejects. */
  readonly answered: Promise<PickUp<M>>;
}

/** A call to place. */
export interface OutboundCall {
  /** E.164, or a SIP URI, which the trunk is asked to route */
  to: string;
  /** E.164: the number of ours that is shown */
  from: string;
  trunk: CarrierTrunk;
  /** the leg that this one is to be joined with later: their audio has to be in one place */
  near?: LegMedia | undefined;
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

/** Scenes that are made, not recorded (`rtp/background-clips.ts`). */
export type BackgroundClip = "office" | "city" | "forest" | "crowded_room";

export interface Background {
  clip: BackgroundClip;
  /** 0 to 1, of a clip that is itself quieter than speech */
  volume: number;
}

/** The audio of one answered leg as the call commands it: wherever it lives, in this process or in another. */
export interface LegMedia {
  /** One listener. */
  onDigit(listener: (digit: Digit) => void): void;
  /** Sends digits (RFC 4733) one after the other; a call whose peer did not offer telephone-event ignores them. */
  sendDigits(digits: readonly Digit[]): void;
  /**
   * Plays what is heard from now on, digits included, to another leg of the same process, and no longer to the
   * listeners (see bridge.ts).
   */
  relayTo(other: LegMedia | undefined): void;
  /** Empties the playout queue at once. */
  clearPlayout(): void;
  /** The tone of a telephone that rings elsewhere, wherever nothing else is queued. */
  setRingback(isOn: boolean): void;
  /** Records both sides into a new WAV file, the far end left, ours right. Returns at once; one recording at a time. */
  startRecording(options: { path: string }): void;
  /** Ends the recording; it also ends with the leg. Resolves when the file is complete, and never rejects. */
  stopRecording(): Promise<RecordingResult>;
  /** So far; after the leg's end, of all of it. */
  statistics(): Promise<MediaStatistics>;
  /** From now on the headers of its packets are kept, in bounded memory. */
  startHeaderCapture(): void;
  /** What was kept so far, in order; after the leg's end, all of it. */
  capturedHeaders(): Promise<CapturedRtpHeader[]>;
}

/** The same as those have it who listen and speak, in the process that sends and receives it. */
export interface CallMedia extends LegMedia {
  /** Called with each 20 ms frame in order, after the jitter buffer, lost frames concealed; silence while on hold. One listener. */
  onAudio(listener: (frame: Int16Array) => void): void;
  /** Appends samples to the playout queue; any length. They leave in 20 ms frames on a steady clock. */
  play(samples: Int16Array): void;
  /** Empties the playout queue at once, and ends a pause. @returns the number of samples that will not be heard */
  clearPlayout(): number;
  /** Holds the playout queue where it is: silence is sent until it is resumed or cleared. */
  pausePlayout(): void;
  resumePlayout(): void;
  /** Sound under everything that is sent, the silence included, until it is changed; null: none. */
  setBackground(background: Background | null): void;
  /** Samples that are queued and not sent yet. */
  readonly queuedSamples: number;
  /** Called each time the queue runs empty after having played something. */
  onPlayoutDrained(listener: () => void): void;
}

export interface Carrier<M extends LegMedia = CallMedia> {
  /** Never rejects: what goes wrong is in the leg. */
  placeCall(call: OutboundCall): Promise<OutboundLeg<M>>;
  start(): Promise<void>;
  /** Stops taking calls and closes its sockets. Running legs are the caller's to end first. */
  stop(): Promise<void>;
}
