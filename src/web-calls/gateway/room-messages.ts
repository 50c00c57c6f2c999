import {
  AudioTrackFeature,
  type AddTrackRequest,
  Codec,
  ConnectionQuality,
  ConnectionQualityInfo,
  ConnectionQualityUpdate,
  DisconnectReason,
  JoinResponse,
  LeaveRequest,
  LeaveRequest_Action,
  ParticipantInfo,
  ParticipantInfo_Kind,
  ParticipantInfo_State,
  ParticipantPermission,
  ParticipantUpdate,
  Pong,
  ReconnectResponse,
  RequestResponse,
  RequestResponse_Reason,
  Room,
  ServerInfo,
  SessionDescription,
  SignalRequest,
  SignalResponse,
  SpeakerInfo,
  SpeakersChanged,
  TrackInfo,
  TrackPublishedResponse,
  TrackSource,
  TrackType,
} from "@livekit/protocol";
import type { Farewell } from "../gateway-contract.ts";

/** The messages of LiveKit's signalling that a room of one caller and one assistant needs. Pure. */
export type SignalMessage = SignalResponse["message"];
export type ClientMessage = SignalRequest["message"];

/** Who and what is in the room, by the ids that the client knows them by. */
export interface RoomState {
  roomSid: string;
  callId: string;
  createdAt: Date;
  caller: { sid: string; identity: string; microphone: TrackInfo | undefined };
  assistant: { sid: string; trackSid: string; isSpeaking: boolean };
}

export const ASSISTANT_IDENTITY = "assistant";
/** What clients take it for; older ones look at it to know what they may use. */
const SERVER_VERSION = "1.8.0";
const SERVER_PROTOCOL = 15;
export const PING_INTERVAL_SECONDS = 5;
export const PING_TIMEOUT_SECONDS = 15;

/** @returns undefined when it is none: who sends that is no client of LiveKit's */
export function readMessage(message: Uint8Array | string): ClientMessage | undefined {
  try {
    return typeof message === "string"
      ? SignalRequest.fromJsonString(message, { ignoreUnknownFields: true }).message
      : SignalRequest.fromBinary(message).message;
  } catch {
    return undefined;
  }
}

export function toBytes(message: SignalMessage): Uint8Array {
  return new SignalResponse({ message }).toBinary();
}

export function joined(state: RoomState): SignalMessage {
  const value = new JoinResponse({
    room: new Room({
      sid: state.roomSid,
      name: state.callId,
      numParticipants: 2,
      numPublishers: 1,
      maxParticipants: 2,
      creationTime: seconds(state.createdAt),
      creationTimeMs: BigInt(state.createdAt.getTime()),
      enabledCodecs: [new Codec({ mime: "audio/opus" })],
    }),
    participant: callerInfo(state),
    otherParticipants: [assistantInfo(state)],
    serverVersion: SERVER_VERSION,
    serverInfo: serverInfo(),
    subscriberPrimary: true,
    fastPublish: true,
    pingInterval: PING_INTERVAL_SECONDS,
    pingTimeout: PING_TIMEOUT_SECONDS,
    enabledPublishCodecs: [new Codec({ mime: "audio/opus" })],
  });
  return { case: "join", value };
}

export function resumed(lastMessageSeq: number): SignalMessage {
  return { case: "reconnect", value: new ReconnectResponse({ serverInfo: serverInfo(), lastMessageSeq }) };
}

export function participants(state: RoomState): SignalMessage {
  const value = new ParticipantUpdate({ participants: [callerInfo(state), assistantInfo(state)] });
  return { case: "update", value };
}

export function description(type: "offer" | "answer", sdp: string, id: number): SignalMessage {
  return { case: type, value: new SessionDescription({ type, sdp, id }) };
}

export function published(request: AddTrackRequest, track: TrackInfo): SignalMessage {
  return { case: "trackPublished", value: new TrackPublishedResponse({ cid: request.cid, track }) };
}

/** The one track that is taken of a caller. */
export function microphoneOf(request: AddTrackRequest, sid: string): TrackInfo {
  return new TrackInfo({
    sid,
    type: TrackType.AUDIO,
    name: request.name,
    muted: request.muted,
    source: TrackSource.MICROPHONE,
    mimeType: "audio/opus",
    disableRed: true,
    disableDtx: request.disableDtx,
    stream: request.stream,
    audioFeatures: request.disableDtx ? [AudioTrackFeature.TF_NO_DTX] : [],
  });
}

export function isMicrophone({ type, source }: AddTrackRequest): boolean {
  return type === TrackType.AUDIO && [TrackSource.MICROPHONE, TrackSource.UNKNOWN].includes(source);
}

/** That something is not done here. */
export function refused(
  request: RequestResponse["request"],
  requestId: number,
  message: string,
): SignalMessage {
  const value = new RequestResponse({
    request,
    requestId,
    message,
    reason: RequestResponse_Reason.NOT_ALLOWED,
  });
  return { case: "requestResponse", value };
}

export function pong(lastPingTimestamp: bigint, now: Date): SignalMessage {
  return { case: "pongResp", value: new Pong({ lastPingTimestamp, timestamp: BigInt(now.getTime()) }) };
}

const REASONS: Record<Farewell | "replaced", DisconnectReason> = {
  ended: DisconnectReason.ROOM_DELETED,
  refused: DisconnectReason.JOIN_FAILURE,
  shutdown: DisconnectReason.SERVER_SHUTDOWN,
  replaced: DisconnectReason.DUPLICATE_IDENTITY,
};

export function leave(why: Farewell | "replaced"): SignalMessage {
  const value = new LeaveRequest({ reason: REASONS[why], action: LeaveRequest_Action.DISCONNECT });
  return { case: "leave", value };
}

/** What cannot be resumed any more is begun anew. */
export function startOver(): SignalMessage {
  const value = new LeaveRequest({
    reason: DisconnectReason.STATE_MISMATCH,
    action: LeaveRequest_Action.RECONNECT,
    canReconnect: true,
  });
  return { case: "leave", value };
}

export function speakers(
  levels: readonly { sid: string; level: number; isActive: boolean }[],
): SignalMessage {
  const value = new SpeakersChanged({
    speakers: levels.map(({ sid, level, isActive }) => new SpeakerInfo({ sid, level, active: isActive })),
  });
  return { case: "speakersChanged", value };
}

/** @param lossOfCaller  0 to 1, of the packets of the last seconds */
export function quality(state: RoomState, lossOfCaller: number): SignalMessage {
  const ofCaller =
    lossOfCaller < 0.03
      ? ConnectionQuality.EXCELLENT
      : lossOfCaller < 0.1
        ? ConnectionQuality.GOOD
        : ConnectionQuality.POOR;
  const value = new ConnectionQualityUpdate({
    updates: [
      new ConnectionQualityInfo({
        participantSid: state.caller.sid,
        quality: ofCaller,
        score: 1 - lossOfCaller,
      }),
      new ConnectionQualityInfo({
        participantSid: state.assistant.sid,
        quality: ConnectionQuality.EXCELLENT,
        score: 1,
      }),
    ],
  });
  return { case: "connectionQuality", value };
}

function callerInfo({ caller, createdAt }: RoomState): ParticipantInfo {
  return new ParticipantInfo({
    sid: caller.sid,
    identity: caller.identity,
    state: ParticipantInfo_State.ACTIVE,
    tracks: caller.microphone ? [caller.microphone] : [],
    joinedAt: seconds(createdAt),
    joinedAtMs: BigInt(createdAt.getTime()),
    isPublisher: caller.microphone !== undefined,
    permission: new ParticipantPermission({
      canSubscribe: true,
      canPublish: true,
      canPublishData: true,
      // Clients look here first, and tell the page at once that a camera is not for this room.
      canPublishSources: [TrackSource.MICROPHONE],
    }),
  });
}

function assistantInfo({ assistant, createdAt }: RoomState): ParticipantInfo {
  return new ParticipantInfo({
    sid: assistant.sid,
    identity: ASSISTANT_IDENTITY,
    state: ParticipantInfo_State.ACTIVE,
    kind: ParticipantInfo_Kind.AGENT,
    joinedAt: seconds(createdAt),
    joinedAtMs: BigInt(createdAt.getTime()),
    isPublisher: true,
    attributes: { "lk.agent.state": assistant.isSpeaking ? "speaking" : "listening" },
    permission: new ParticipantPermission({
      canSubscribe: true,
      canPublish: true,
      canPublishData: true,
      agent: true,
    }),
    tracks: [
      new TrackInfo({
        sid: assistant.trackSid,
        type: TrackType.AUDIO,
        name: "voice",
        source: TrackSource.MICROPHONE,
        mimeType: "audio/opus",
        stream: "voice",
        disableRed: true,
      }),
    ],
  });
}

function serverInfo(): ServerInfo {
  return new ServerInfo({ version: SERVER_VERSION, protocol: SERVER_PROTOCOL, nodeId: "switchhook" });
}

function seconds(date: Date): bigint {
  return BigInt(Math.floor(date.getTime() / 1_000));
}
