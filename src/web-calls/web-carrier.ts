import type { AnswerResult, Leg, LegMedia } from "../telephony/carrier.ts";
import type { JoinClaims } from "./join-token.ts";

/**
 * What brings browsers in: rooms that a caller joins with a token. The rest of the product sees a leg, its audio, and what
 * a browser has besides; a LiveKit server could stand behind the same contract.
 */
export interface WebCarrier {
  start(): Promise<void>;
  /** Takes no callers any more and closes its sockets. Running legs are the caller's to end first. */
  stop(): Promise<void>;
  /** Whether one more caller can be taken: the audio workers have room, and the gateway runs. */
  hasRoom(): boolean;
  /** where WebRTC goes over UDP; known once started, WEB_RTC_PORT may be 0 */
  readonly port: number;
  /** callers that are in their room, or may come back to it */
  readonly legs: number;
  /** Somebody with a token wants to talk: the WebSocket's routes ask here before they open it. */
  join(request: JoinRequest): Promise<JoinResult>;
  /** Whether a token would be taken, and if it was refused just now, why: clients ask when a WebSocket could not be opened. */
  validate(token: string | undefined): Promise<JoinRefusal | { outcome: "valid" }>;
}

export interface JoinRequest {
  token: string | undefined;
  /** LiveKit's `reconnect=1` */
  isResume: boolean;
}

export type JoinResult =
  | JoinRefusal
  | { outcome: "accepted"; open: (socket: SignalSocket) => SignalReceiver };

export interface JoinRefusal {
  outcome: "refused";
  statusCode: 401 | 403 | 404 | 409 | 410 | 429 | 503;
  message: string;
}

/** A caller's WebSocket, as the room speaks to it. */
export interface SignalSocket {
  send(message: Uint8Array): void;
  close(code: number, reason: string): void;
}

export interface SignalReceiver {
  receive(message: Uint8Array | string): void;
  closed(): void;
}

/** Whether the caller of a valid token may come in now. */
export type JoinAdmission =
  | { outcome: "admitted" }
  /** `message` is shown to the developer of the page: what is wrong, in a sentence */
  | JoinRefusal;

export interface WebCallPorts<M extends LegMedia = LegMedia> {
  /**
   * Asked once a caller, before the room is opened; not for one who comes back to a call that goes on here. May write:
   * each call that was admitted gets its leg by `onLeg`, once, whatever became of the caller meanwhile.
   */
  admit(claims: JoinClaims): Promise<JoinAdmission>;
  onLeg(leg: WebLeg<M>, claims: JoinClaims): void;
}

/** Data of the page's own, besides audio and text. */
export interface WebData {
  topic: string;
  payload: Uint8Array;
}

/** A piece of what was said, as the page shows it while it is said. */
export interface WebTranscription {
  /** the same for all pieces of one utterance; a later one replaces an earlier one of the same id */
  segmentId: string;
  text: string;
  isFinal: boolean;
  speaker: "caller" | "assistant";
}

/**
 * A caller in a browser. It is there from the moment its token was taken; `answer()` waits until audio can flow both ways.
 * A short loss of the network is not the leg's end: the caller has some seconds to come back, and the call goes on.
 *
 * `ended`: `remote-hangup` when the page leaves, `lost` when it does not come back, `cancelled` when it leaves before the
 * answer. `transfer` is refused: a browser cannot be sent elsewhere.
 */
export interface WebLeg<M extends LegMedia = LegMedia> extends Leg {
  readonly carrier: "web";
  /** the room's id (`RM_…`) */
  readonly carrierCallId: string;
  /** Resolves when the caller can be heard and spoken to; `gone` when it has left before. */
  answer(): Promise<AnswerResult<M>>;
  /** Turns an unanswered caller away, with words for the page. */
  reject(message: string): void;
  /** What the caller typed (LiveKit: text stream `lk.chat`, or a chat message). One listener. */
  onText(listener: (text: string) => void): void;
  /** Data packets that are neither text nor LiveKit's own. One listener. */
  onData(listener: (data: WebData) => void): void;
  /** Shows what was said (LiveKit: text stream `lk.transcription`, and the transcription packet of older clients). */
  sendTranscription(piece: WebTranscription): void;
  /** @param topic  the page's own; `lk.` is LiveKit's */
  sendData(data: WebData): void;
}
