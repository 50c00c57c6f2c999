import type { RemoteTrack } from "livekit-client";

export type MicrophoneState =
  | "off"
  | "on"
  | "muted"
  /** the reader or the browser said no */
  | "denied"
  /** there is none, or another program has it */
  | "missing"
  /** browsers give it to pages that came over TLS, or from this machine */
  | "insecure";

/** A piece of what is said; the same segment comes again, longer, until it is final. */
export interface Piece {
  segmentId: string;
  isCaller: boolean;
  text: string;
  isFinal: boolean;
}

export interface TalkEvents {
  onPiece: (piece: Piece) => void;
  onMicrophone: (state: MicrophoneState) => void;
  onConnection: (state: "connected" | "reconnecting" | "ended") => void;
}

/** One web call, as the page sees it. */
export interface Talk {
  send: (text: string) => Promise<void>;
  setMuted: (isMuted: boolean) => Promise<void>;
  /** asks for the microphone; may be tried again after it was refused */
  openMicrophone: () => Promise<void>;
  /** of the microphone now, from 0 to 1 */
  level: () => number;
  hangUp: () => Promise<void>;
}

/**
 * Joins the room of a web call, by the client of LiveKit, which is fetched now.
 *
 * @param wantsMicrophone  false: one types. A microphone that cannot be had does not end the call
 */
export async function startTalk(
  place: { serverUrl: string; token: string },
  wantsMicrophone: boolean,
  events: TalkEvents,
): Promise<Talk> {
  const { createAudioAnalyser, Room, RoomEvent, Track } = await import("livekit-client");
  const room = new Room({ audioCaptureDefaults: { echoCancellation: true, noiseSuppression: true } });
  const played: HTMLMediaElement[] = [];
  let meter: ReturnType<typeof createAudioAnalyser> | undefined;

  room.on(RoomEvent.TrackSubscribed, (track: RemoteTrack) => {
    if (track.kind !== Track.Kind.Audio) return;
    const element = track.attach();
    // Firefox plays only what is in the page.
    document.body.append(element);
    played.push(element);
  });
  room.on(RoomEvent.Reconnecting, () => events.onConnection("reconnecting"));
  room.on(RoomEvent.Reconnected, () => events.onConnection("connected"));
  room.on(RoomEvent.Disconnected, () => {
    for (const element of played) element.remove();
    void meter?.cleanup();
    meter = undefined;
    events.onConnection("ended");
  });
  room.registerTextStreamHandler("lk.transcription", (reader, { identity }) => {
    const { attributes = {}, id } = reader.info;
    const tell = (text: string) =>
      events.onPiece({
        segmentId: attributes["lk.segment_id"] ?? id,
        isCaller: identity === room.localParticipant.identity,
        text,
        isFinal: attributes["lk.transcription_final"] === "true",
      });
    // A piece that breaks off with the connection is told again by the next one.
    reader.readAll().then(tell, () => undefined);
  });

  async function openMicrophone(): Promise<void> {
    if (!("mediaDevices" in navigator)) return events.onMicrophone("insecure");
    try {
      const publication = await room.localParticipant.setMicrophoneEnabled(true);
      const track = publication?.audioTrack;
      if (track) meter ??= createAudioAnalyser(track, { cloneTrack: true, smoothingTimeConstant: 0.5 });
      events.onMicrophone("on");
    } catch (error) {
      // One can type: the call goes on.
      events.onMicrophone((error as Error).name === "NotAllowedError" ? "denied" : "missing");
    }
  }

  await room.connect(place.serverUrl, place.token);
  events.onConnection("connected");
  await room.startAudio();
  if (wantsMicrophone) await openMicrophone();

  return {
    openMicrophone,
    async send(text) {
      await room.localParticipant.sendText(text, { topic: "lk.chat" });
    },
    async setMuted(isMuted) {
      await room.localParticipant.setMicrophoneEnabled(!isMuted);
      events.onMicrophone(isMuted ? "muted" : "on");
    },
    level: () => meter?.calculateVolume() ?? 0,
    hangUp: () => room.disconnect(),
  };
}
