import type { Digit, LegEnd } from "../telephony/carrier.ts";
import type { RtpParameters } from "../telephony/rtp/rtp-session.ts";
import type { WebData, WebTranscription } from "./web-carrier.ts";

/** What the main process and the gateway process say to each other. */
export interface GatewaySettings {
  /** where WebRTC is bound */
  bindAddress: string;
  /** 0: any */
  port: number;
  logLevel: string;
}

/** Called by the main process. Rooms and connections are named by ids that it chooses. */
export interface GatewayFunctions {
  /** once, before anything else. @returns the UDP port. @throws when it cannot be bound */
  start(settings: GatewaySettings): Promise<number>;
  /** Ends the process. */
  stop(): Promise<void>;

  /** Resolves when the room can be joined. */
  openRoom(room: RoomDescription): Promise<void>;
  closeRoom(roomId: string, farewell: Farewell): void;
  /** A WebSocket of the caller's is open. */
  connect(roomId: string, connection: SignalConnection): void;
  /** What it sent. */
  receive(roomId: string, connectionId: string, message: Uint8Array | string): void;
  /** It is closed, by whomever. */
  disconnect(roomId: string, connectionId: string): void;

  sendTranscription(roomId: string, piece: WebTranscription): void;
  sendData(roomId: string, data: WebData): void;
}

/** Called by the gateway process. */
export interface GatewayEvents {
  /** To the caller's WebSocket. */
  send(connectionId: string, message: Uint8Array): void;
  /** @param code  a WebSocket's close code */
  close(connectionId: string, code: number, reason: string): void;
  /** How the media engine reaches the caller: at first, and again when that has changed. */
  media(roomId: string, parameters: RtpParameters): void;
  text(roomId: string, text: string): void;
  data(roomId: string, data: WebData): void;
  digit(roomId: string, digit: Digit): void;
  /** The caller is gone for good; once, and not after `closeRoom`. */
  ended(roomId: string, end: LegEnd): void;
}

export interface RoomDescription {
  roomId: string;
  callId: string;
  identity: string;
  /** where the media engine has its port for the leg, on this machine */
  media: { address: string; port: number };
  /** addresses by which the caller may reach us, best first; none: those of this machine */
  publicAddresses: readonly string[];
}

export interface SignalConnection {
  connectionId: string;
  /** LiveKit's `reconnect=1`: the peer connections of before are to go on */
  isResume: boolean;
  /** with which the page may come back later than the first one allows */
  nextToken: string;
}

/** What a caller is told who has to go. */
export type Farewell =
  /** the call is over */
  | "ended"
  /** it was never taken */
  | "refused"
  | "shutdown";
