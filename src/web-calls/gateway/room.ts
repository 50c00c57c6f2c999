import type { TrackInfo } from "@livekit/protocol";
import type { Clock } from "../../clock.ts";
import type { LegEnd } from "../../telephony/carrier.ts";
import type { Farewell, SignalConnection } from "../gateway-contract.ts";
import type { WebData, WebTranscription } from "../web-carrier.ts";
import type { CallerMedia } from "./caller-media.ts";
import type { IncomingData } from "./incoming-data.ts";
import { dispatch, type CaseHandlers } from "./oneof.ts";
import { packetOf, transcriptionPackets, userPacket, type Sender } from "./outgoing-data.ts";
import { AWAY_AT_MOST_MS, nextPresence, NOT_YET, type PresenceInput } from "./presence.ts";
import * as messages from "./room-messages.ts";

/**
 * One caller and one assistant, as LiveKit's clients see it: what is said over the caller's WebSocket, and what follows
 * from it for the two peer connections. Whether the caller is there at all is `presence.ts`'s to say.
 */
export interface Room {
  connect(connection: SignalConnection): void;
  receive(connectionId: string, message: Uint8Array | string): void;
  disconnect(connectionId: string): void;
  /** The caller can be heard and spoken to. */
  audioStands(): void;
  /** One of the peer connections cannot go on as it is. */
  mediaClosed(): void;
  sendTranscription(piece: WebTranscription): void;
  sendData(data: WebData): void;
  /** A packet of the page's over a data channel. */
  answerData(value: Parameters<typeof packetOf>[1]): void;
  /** Sends the caller away. Resolves when it has been told. */
  close(why: Farewell): Promise<void>;
}

export interface RoomPorts {
  clock: Clock;
  newSid: (prefix: "RM" | "PA" | "TR" | "ST") => string;
  /** fresh peer connections; those of before are closed */
  openMedia: (trackSid: string, streamId: string) => CallerMedia;
  incoming: () => IncomingData;
  send: (connectionId: string, message: Uint8Array) => void;
  close: (connectionId: string, code: number, reason: string) => void;
  ended: (end: LegEnd) => void;
}

/** A client that has said nothing for this long is not there: it pings every five seconds. */
const QUIET_AT_MOST_MS = (messages.PING_TIMEOUT_SECONDS + messages.PING_INTERVAL_SECONDS) * 1_000;
const LAST_WORDS_MS = 200;
const LOOK_EVERY_MS = 400;
const QUALITY_EVERY_LOOKS = 12;
/** About -40 dBov: quieter is a room, not somebody who speaks. */
const SPEAKING_FROM = 0.01;
/** A frame of Opus at our rate has about 60 bytes of speech, and a handful of silence; with header and tag. */
const SPEECH_FROM_BYTES = 50;

/** WebSocket close codes (RFC 6455, 7.4.1). */
const NORMAL = 1_000;
const POLICY = 1_008;

export function createRoom(options: { callId: string; identity: string; ports: RoomPorts }): Room {
  const { ports } = options;
  const { clock } = ports;
  const assistant = { sid: ports.newSid("PA"), trackSid: ports.newSid("TR"), isSpeaking: false };
  const state: messages.RoomState = {
    roomSid: ports.newSid("RM"),
    callId: options.callId,
    createdAt: clock.now(),
    caller: { sid: ports.newSid("PA"), identity: options.identity, microphone: undefined },
    assistant,
  };
  const assistantSender: Sender = { sid: assistant.sid, identity: messages.ASSISTANT_IDENTITY };
  let presence = NOT_YET;
  let connectionId: string | undefined;
  let media: CallerMedia | undefined;
  let offerId = 0;
  let heardAtMs = 0;
  let looks = 0;
  let isCallerSpeaking = false;
  // Who was let in and is not there a moment later does not come: its WebSocket broke as it was opened.
  let cancelTimer: (() => void) | undefined = clock.after(AWAY_AT_MOST_MS, () => move({ type: "timer" }));
  let cancelLook: (() => void) | undefined;

  function move(input: PresenceInput): void {
    const step = nextPresence(presence, input);
    presence = step.presence;
    if (step.timerMs !== undefined) {
      cancelTimer?.();
      cancelTimer =
        step.timerMs === null ? undefined : clock.after(step.timerMs, () => move({ type: "timer" }));
    }
    if (step.end) finish(step.end);
  }

  function finish(end: LegEnd): void {
    shut("ended");
    ports.ended(end);
  }

  function shut(why: Farewell): void {
    cancelTimer?.();
    cancelLook?.();
    dismiss(why);
    media?.close();
    media = undefined;
  }

  function say(message: messages.SignalMessage): void {
    if (connectionId !== undefined) ports.send(connectionId, messages.toBytes(message));
  }

  /** The caller's WebSocket is told why, and closed. */
  function dismiss(why: Farewell | "replaced"): void {
    const id = connectionId;
    if (id === undefined) return;
    say(messages.leave(why));
    connectionId = undefined;
    ports.close(id, NORMAL, why);
  }

  function sendOffer(): void {
    if (media) say(messages.description("offer", media.offer(), ++offerId));
  }

  function look(): void {
    cancelLook = clock.after(LOOK_EVERY_MS, look);
    if (connectionId !== undefined && clock.monotonicMs() - heardAtMs > QUIET_AT_MOST_MS) {
      const id = connectionId;
      ports.close(id, POLICY, "nothing was heard of it");
      gone(id);
    }
    if (!media) return;
    const ofCaller = media.caller.take();
    const ofAssistant = media.assistant.take();
    tellSpeakers(ofCaller.loudest, ofAssistant.mostBytes >= SPEECH_FROM_BYTES);
    if (++looks % QUALITY_EVERY_LOOKS !== 0) return;
    const { packets, lost } = ofCaller;
    say(messages.quality(state, packets + lost === 0 ? 0 : lost / (packets + lost)));
  }

  function tellSpeakers(loudest: number, doesAssistantSpeak: boolean): void {
    const doesCallerSpeak = loudest >= SPEAKING_FROM;
    if (doesCallerSpeak === isCallerSpeaking && doesAssistantSpeak === assistant.isSpeaking) return;
    const hasTurned = doesAssistantSpeak !== assistant.isSpeaking;
    isCallerSpeaking = doesCallerSpeak;
    assistant.isSpeaking = doesAssistantSpeak;
    say(
      messages.speakers([
        { sid: state.caller.sid, level: doesCallerSpeak ? loudest : 0, isActive: doesCallerSpeak },
        { sid: assistant.sid, level: doesAssistantSpeak ? 0.5 : 0, isActive: doesAssistantSpeak },
      ]),
    );
    if (hasTurned) say(messages.participants(state));
  }

  function gone(id: string): void {
    if (id !== connectionId) return;
    connectionId = undefined;
    move({ type: "signalling-gone" });
  }

  // Candidates are not needed (ice-agent.ts); subscriptions, layers and settings are those of rooms with a choice.
  const handlers: CaseHandlers<messages.ClientMessage> = {
    offer({ sdp, id }) {
      const answer = media?.answer(sdp);
      if (answer !== undefined) say(messages.description("answer", answer, id));
      else if (media) refuseConnection("the offer cannot be used");
    },
    answer({ sdp }) {
      const problem = media?.takeAnswer(sdp);
      if (problem !== undefined) refuseConnection(`the answer cannot be used: ${problem}`);
    },
    addTrack(request) {
      if (!messages.isMicrophone(request)) {
        say(messages.refused({ case: "addTrack", value: request }, 0, "only a microphone can be published"));
        return;
      }
      state.caller.microphone = messages.microphoneOf(request, ports.newSid("TR"));
      say(messages.published(request, state.caller.microphone));
    },
    mute({ sid, muted }) {
      if (state.caller.microphone?.sid === sid) mute(state.caller.microphone, muted);
    },
    updateMetadata(value) {
      const what = { case: "updateMetadata", value } as const;
      say(messages.refused(what, value.requestId, "a caller has no metadata here"));
    },
    publishDataTrackRequest: (value) =>
      say(messages.refused({ case: "publishDataTrack", value }, 0, "there are no data tracks")),
    ping: () => say({ case: "pong", value: BigInt(clock.now().getTime()) }),
    pingReq: ({ timestamp }) => say(messages.pong(timestamp, clock.now())),
    leave: () => move({ type: "left" }),
  };

  function mute(microphone: TrackInfo, isMuted: boolean): void {
    microphone.muted = isMuted;
    say(messages.participants(state));
  }

  /** What speaks no LiveKit, or no WebRTC that we have, is not the caller. */
  function refuseConnection(reason: string): void {
    const id = connectionId;
    if (id === undefined) return;
    ports.close(id, POLICY, reason);
    gone(id);
  }

  function join(): void {
    media?.close();
    // Another session of the same caller: clients tell them apart by this id.
    state.caller.sid = ports.newSid("PA");
    state.caller.microphone = undefined;
    say(messages.joined(state));
    media = ports.openMedia(assistant.trackSid, `${assistant.sid}|${assistant.trackSid}`);
    sendOffer();
  }

  return {
    connect(connection) {
      // The same caller in another tab, or after its network has changed without our noticing: the last one has it.
      dismiss("replaced");
      ({ connectionId } = connection);
      heardAtMs = clock.monotonicMs();
      const isResume = connection.isResume && media !== undefined;
      if (connection.isResume && !isResume) {
        say(messages.startOver());
        ports.close(connection.connectionId, NORMAL, "there is nothing to resume");
        connectionId = undefined;
        return;
      }
      move({ type: "signalling-open", isResume });
      if (isResume) {
        say(messages.resumed(ports.incoming().lastSequence));
        media?.restartIce();
        sendOffer();
        say(messages.participants(state));
      } else join();
      say({ case: "refreshToken", value: connection.nextToken });
      cancelLook ??= clock.after(LOOK_EVERY_MS, look);
    },
    receive(id, bytes) {
      if (id !== connectionId) return;
      heardAtMs = clock.monotonicMs();
      const message = messages.readMessage(bytes);
      if (message) dispatch(message, handlers);
      else refuseConnection("that is no message of LiveKit's");
    },
    disconnect: gone,
    audioStands: () => move({ type: "audio-stands" }),
    mediaClosed() {
      if (!media) return;
      media.close();
      media = undefined;
      move({ type: "audio-gone" });
      if (presence.state === "joining") say(messages.startOver());
    },
    sendTranscription(piece) {
      const { caller } = state;
      const isCaller = piece.speaker === "caller";
      const packets = transcriptionPackets({
        piece,
        sender: isCaller ? { sid: caller.sid, identity: caller.identity } : assistantSender,
        trackSid: isCaller ? caller.microphone?.sid : assistant.trackSid,
        streamId: ports.newSid("ST"),
        now: clock.now(),
      });
      for (const packet of packets) media?.sendData("_reliable", packet);
    },
    sendData: (data) => media?.sendData("_reliable", userPacket(assistantSender, data)),
    answerData: (value) => media?.sendData("_reliable", packetOf(assistantSender, value)),
    async close(why) {
      presence = { ...presence, state: "ended" };
      // What was said last goes by another way than the goodbye, and would arrive behind it, where clients drop it.
      if (why === "ended" && media) await new Promise<void>((resolve) => clock.after(LAST_WORDS_MS, resolve));
      shut(why);
    },
  };
}
