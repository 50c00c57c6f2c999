import {
  ConnectionError,
  createAudioAnalyser,
  createLocalAudioTrack,
  DisconnectReason,
  Room,
  RoomEvent,
  type LocalAudioTrack,
  type LocalTrack,
  type RemoteAudioTrack,
  type RemoteTrack,
  Track,
} from "livekit-client";
import { withPiece, type TranscriptLine } from "./transcript.ts";

/** What `POST /v1/web-calls` answers, or as much of it as a page needs. */
export interface WebCallToken {
  server_url: string;
  token: string;
}

export type WebCallOptions =
  /** asks your backend; called once for each start, because a token is good for one call */
  { getToken: () => Promise<WebCallToken> } | { serverUrl: string; token: string };

/**
 *   idle ──start()──▶ connecting ──▶ live ⇄ reconnecting
 *    ▲                    │            │         │
 *    │                    ▼            └────┬────┘
 *    └── (start again) ◀─ failed          ended ──▶ (start again)
 */
export type WebCallState = "idle" | "connecting" | "live" | "reconnecting" | "ended" | "failed";

export interface WebCall {
  readonly state: WebCallState;
  /** why it is `failed`, in the words of whoever refused it */
  readonly error: Error | undefined;
  readonly isMuted: boolean;
  /** false: there is none, or it was not allowed; the caller can listen and type */
  readonly hasMicrophone: boolean;
  /** the browser plays nothing until somebody has clicked: call `playSound` from a click */
  readonly isSilenced: boolean;
  readonly transcript: readonly TranscriptLine[];
  /** Asks for the microphone, then for a token, and joins. Call it from a click. Never rejects: see `state`. */
  start(): Promise<void>;
  end(): Promise<void>;
  mute(isMuted: boolean): Promise<void>;
  /** A turn that is typed: it interrupts, and is answered aloud. */
  send(text: string): Promise<void>;
  /** A key of the telephone's keypad. */
  press(digit: string): Promise<void>;
  playSound(): Promise<void>;
  /** How loud it is just now, 0 to 1. */
  level(speaker: TranscriptLine["speaker"]): number;
  /** @param listener  called after each change of what is above, but levels. @returns takes it away again */
  subscribe(listener: () => void): () => void;
}

/** LiveKit's names. */
const CHAT_TOPIC = "lk.chat";
const TRANSCRIPTION_TOPIC = "lk.transcription";
const IS_FINAL = "lk.transcription_final";
const SEGMENT = "lk.segment_id";
const DIGITS = "0123456789*#ABCD";

type Analyser = ReturnType<typeof createAudioAnalyser>;

/** A call of a page with an assistant. Nothing happens before `start`. */
export function createWebCall(options: WebCallOptions): WebCall {
  const listeners = new Set<() => void>();
  let room: Room | undefined;
  let microphone: LocalAudioTrack | undefined;
  let sound: HTMLMediaElement | undefined;
  let typed = 0;
  const analysers: Partial<Record<TranscriptLine["speaker"], Analyser>> = {};
  const now = {
    state: "idle" as WebCallState,
    error: undefined as Error | undefined,
    isMuted: false,
    hasMicrophone: false,
    isSilenced: false,
    transcript: [] as readonly TranscriptLine[],
  };

  function change(what: Partial<typeof now>): void {
    Object.assign(now, what);
    for (const listener of listeners) listener();
  }

  const add = (line: TranscriptLine) => change({ transcript: withPiece(now.transcript, line) });

  async function start(): Promise<void> {
    if (now.state === "connecting" || now.state === "live" || now.state === "reconnecting") return;
    change({ state: "connecting", error: undefined, transcript: [], isMuted: false, isSilenced: false });
    const joining = new Room({ disconnectOnPageLeave: true });
    room = joining;
    follow(joining);
    try {
      // Before the token is asked for: who thinks about it for a while would use up its ten minutes.
      const track = await openMicrophone();
      if (room !== joining) return track?.stop();
      microphone = track;
      const { server_url: serverUrl, token } = await tokenOf(options);
      if (room !== joining) return;
      await joining.connect(serverUrl, token);
      if (track)
        await joining.localParticipant.publishTrack(track as LocalTrack, { source: Track.Source.Microphone });
      if (room !== joining) return;
      if (track) analysers.caller = createAudioAnalyser(track, { cloneTrack: true });
      change({ state: "live", hasMicrophone: track !== undefined });
    } catch (error) {
      if (room !== joining) return;
      await leave(joining);
      change({ state: "failed", error: explain(error) });
    }
  }

  function follow(joining: Room): void {
    const ifCurrent = (run: () => void) => () => void (room === joining && run());
    joining
      .on(RoomEvent.TrackSubscribed, (track) => listen(track))
      .on(
        RoomEvent.Reconnecting,
        ifCurrent(() => change({ state: "reconnecting" })),
      )
      .on(
        RoomEvent.Reconnected,
        ifCurrent(() => change({ state: "live" })),
      )
      .on(
        RoomEvent.AudioPlaybackStatusChanged,
        ifCurrent(() => change({ isSilenced: !joining.canPlaybackAudio })),
      )
      .on(RoomEvent.Disconnected, (reason) => {
        // Refused before it began: `start` tells why.
        if (room !== joining || now.state === "connecting") return;
        void leave(joining).then(() => {
          const isOver = reason === undefined || ENDS.has(reason);
          if (isOver) change({ state: "ended" });
          else change({ state: "failed", error: new Error("The connection to the call was lost.") });
        });
      });
    joining.registerTextStreamHandler(TRANSCRIPTION_TOPIC, (reader, { identity }) => {
      const { id, attributes } = reader.info;
      void reader.readAll().then((text) => {
        if (room !== joining) return;
        add({
          id: attributes?.[SEGMENT] ?? id,
          speaker: identity === joining.localParticipant.identity ? "caller" : "assistant",
          text,
          isFinal: attributes?.[IS_FINAL] === "true",
        });
      });
    });
  }

  function listen(track: RemoteTrack): void {
    if (track.kind !== Track.Kind.Audio) return;
    sound = track.attach();
    sound.hidden = true;
    document.body.append(sound);
    analysers.assistant = createAudioAnalyser(track as RemoteAudioTrack);
  }

  async function leave(leaving: Room): Promise<void> {
    room = undefined;
    for (const speaker of ["caller", "assistant"] as const) {
      void analysers[speaker]?.cleanup();
      delete analysers[speaker];
    }
    sound?.remove();
    microphone?.stop();
    microphone = undefined;
    await leaving.disconnect();
  }

  return {
    get state() {
      return now.state;
    },
    get error() {
      return now.error;
    },
    get isMuted() {
      return now.isMuted;
    },
    get hasMicrophone() {
      return now.hasMicrophone;
    },
    get isSilenced() {
      return now.isSilenced;
    },
    get transcript() {
      return now.transcript;
    },
    start,
    async end() {
      if (!room) return;
      await leave(room);
      change({ state: "ended" });
    },
    async mute(isMuted) {
      if (isMuted) await microphone?.mute();
      else await microphone?.unmute();
      change({ isMuted });
    },
    async send(text) {
      const trimmed = text.trim();
      if (!room || trimmed === "") return;
      await room.localParticipant.sendText(trimmed, { topic: CHAT_TOPIC });
      add({ id: `typed-${++typed}`, speaker: "caller", text: trimmed, isFinal: true });
    },
    async press(digit) {
      const code = DIGITS.indexOf(digit.toUpperCase());
      if (digit.length !== 1 || code === -1) throw new RangeError(`a key is one of ${DIGITS}`);
      await room?.localParticipant.publishDtmf(code, digit.toUpperCase());
    },
    async playSound() {
      await room?.startAudio();
    },
    level: (speaker) =>
      speaker === "caller" && now.isMuted ? 0 : Math.min(1, analysers[speaker]?.calculateVolume() ?? 0),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The call was over, or somebody ended it; with others the way to it was lost. */
const ENDS = new Set([
  DisconnectReason.CLIENT_INITIATED,
  DisconnectReason.PARTICIPANT_REMOVED,
  DisconnectReason.ROOM_DELETED,
  DisconnectReason.ROOM_CLOSED,
  DisconnectReason.SERVER_SHUTDOWN,
]);

/** Whoever has none, or does not allow it, can listen and type all the same. */
async function openMicrophone(): Promise<LocalAudioTrack | undefined> {
  try {
    return await createLocalAudioTrack({
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
    });
  } catch {
    return undefined;
  }
}

async function tokenOf(options: WebCallOptions): Promise<WebCallToken> {
  if ("token" in options) return { server_url: options.serverUrl, token: options.token };
  const answer = await options.getToken();
  if (typeof answer.server_url !== "string" || typeof answer.token !== "string") {
    throw new Error("Your backend did not answer with server_url and token.");
  }
  return answer;
}

function explain(error: unknown): Error {
  if (error instanceof ConnectionError) return new Error(`The call could not be joined: ${error.message}`);
  return error instanceof Error ? error : new Error(String(error));
}
