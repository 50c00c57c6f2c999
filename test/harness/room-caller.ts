import {
  AudioFrame,
  AudioSource,
  AudioStream,
  LocalAudioTrack,
  Room,
  RoomEvent,
  TrackKind,
  TrackPublishOptions,
  TrackSource,
} from "@livekit/rtc-node";

/** LiveKit's own audio rate. */
const SAMPLE_RATE_HZ = 48_000;
const LOUD = 300;

/** A caller with LiveKit's own client, as it is: no browser, but the same protocol, codecs and network. */
export interface RoomCaller {
  room: Room;
  /** seconds in which something loud was heard */
  loudSeconds(): number;
  /** Resolves once something was heard, and then nothing for this long. */
  untilQuiet(silenceMs: number): Promise<void>;
  /** Says it. @param samples  at 8 kHz */
  speak(samples: Int16Array): Promise<void>;
  type(text: string): Promise<unknown>;
  /** final pieces of what was shown, "caller: …" or "assistant: …" */
  readonly shown: string[];
  /** resolves with why the room is over */
  readonly disconnected: Promise<unknown>;
  leave(): Promise<void>;
}

/** Joins, publishes a microphone, and listens. @throws when it is not let in */
export async function joinRoom(serverUrl: string, token: string): Promise<RoomCaller> {
  const room = new Room();
  const shown: string[] = [];
  let loudSamples = 0;
  let lastLoudAtMs: number | undefined;
  const { promise: disconnected, resolve: onDisconnected } = Promise.withResolvers<unknown>();
  const readers: Promise<void>[] = [];

  room.on(RoomEvent.Disconnected, (reason) => onDisconnected(reason));
  room.on(RoomEvent.TrackSubscribed, (track) => {
    if (track.kind !== TrackKind.KIND_AUDIO) return;
    readers.push(listen(new AudioStream(track, { sampleRate: SAMPLE_RATE_HZ, numChannels: 1 })));
  });
  room.registerTextStreamHandler("lk.transcription", (reader, participant) => {
    const show = (text: string) => {
      const isFinal = reader.info.attributes?.["lk.transcription_final"] === "true";
      const isOwn = participant.identity === room.localParticipant?.identity;
      if (isFinal) shown.push(`${isOwn ? "caller" : "assistant"}: ${text}`);
    };
    // One that was on its way when the room was left is nothing to show.
    void reader.readAll().then(show, () => undefined);
  });

  async function listen(stream: AudioStream): Promise<void> {
    const reader = stream.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      if (!value.data.some((sample) => Math.abs(sample) > LOUD)) continue;
      loudSamples += value.samplesPerChannel;
      lastLoudAtMs = performance.now();
    }
  }

  const source = new AudioSource(SAMPLE_RATE_HZ, 1);
  await room.connect(serverUrl, token, { autoSubscribe: true, dynacast: false });
  const microphone = LocalAudioTrack.createAudioTrack("microphone", source);
  const options = new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE });
  await room.localParticipant!.publishTrack(microphone, options);

  return {
    room,
    shown,
    disconnected,
    loudSeconds: () => loudSamples / SAMPLE_RATE_HZ,
    async untilQuiet(silenceMs) {
      while (lastLoudAtMs === undefined || performance.now() - lastLoudAtMs < silenceMs) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async speak(samples) {
      const wide = new Int16Array(samples.length * 6);
      for (let at = 0; at < wide.length; at++) wide[at] = samples[Math.floor(at / 6)]!;
      await source.captureFrame(new AudioFrame(wide, SAMPLE_RATE_HZ, 1, wide.length));
      await source.waitForPlayout();
    },
    type: (text) => room.localParticipant!.sendText(text, { topic: "lk.chat" }),
    async leave() {
      await room.disconnect();
      await Promise.race([Promise.all(readers), new Promise((resolve) => setTimeout(resolve, 500))]);
      await source.close();
    },
  };
}
