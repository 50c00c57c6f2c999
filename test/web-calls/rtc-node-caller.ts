import {
  AudioFrame,
  AudioSource,
  AudioStream,
  LocalAudioTrack,
  Room,
  RoomEvent,
  TrackPublishOptions,
  TrackSource,
  type RemoteTrack,
} from "@livekit/rtc-node";
import { shareAt } from "../harness/tone.ts";

/** A caller with LiveKit's own client for servers: an implementation of WebRTC that is not ours. */
export interface RtcNodeCaller {
  room: Room;
  /** Publishes a microphone that hums. @returns stops it */
  hum(frequencyHz: number): Promise<() => void>;
  /** Resolves when this tone makes up most of what was heard in the last 200 ms. */
  untilTone(frequencyHz: number): Promise<void>;
  untilDisconnected(): Promise<unknown>;
  leave(): Promise<void>;
}

const RATE_HZ = 8_000;
const FRAME_SAMPLES = RATE_HZ / 100;
const WINDOW_SAMPLES = RATE_HZ / 5;
const LOUD = 500;

export async function joinWithRtcNode(url: string, token: string): Promise<RtcNodeCaller> {
  const room = new Room();
  const checks = new Set<(window: Int16Array) => void>();
  // Who has left before it could listen hears nothing.
  room.on(
    RoomEvent.TrackSubscribed,
    (track: RemoteTrack) => void listen(track, checks).catch(() => undefined),
  );
  const disconnected = new Promise<unknown>((resolve) => room.once(RoomEvent.Disconnected, resolve));
  await room.connect(url, token, { autoSubscribe: true, dynacast: false });
  return {
    room,
    async hum(frequencyHz) {
      const source = new AudioSource(RATE_HZ, 1);
      const track = LocalAudioTrack.createAudioTrack("microphone", source);
      const options = new TrackPublishOptions();
      options.source = TrackSource.SOURCE_MICROPHONE;
      await room.localParticipant!.publishTrack(track, options);
      let isHumming = true;
      const hums = (async () => {
        for (let at = 0; isHumming; at += FRAME_SAMPLES) {
          const samples = Int16Array.from(
            { length: FRAME_SAMPLES },
            (_, index) => 8_000 * Math.sin((2 * Math.PI * frequencyHz * (at + index)) / RATE_HZ),
          );
          await source.captureFrame(new AudioFrame(samples, RATE_HZ, 1, FRAME_SAMPLES));
        }
        await track.close();
      })();
      hums.catch(() => undefined);
      return () => (isHumming = false);
    },
    untilTone: (frequencyHz) =>
      new Promise((resolve) => {
        const check = (window: Int16Array) => {
          if (shareAt(frequencyHz, window) < 0.8) return;
          checks.delete(check);
          resolve();
        };
        checks.add(check);
      }),
    untilDisconnected: () => disconnected,
    leave: () => room.disconnect(),
  };
}

async function listen(track: RemoteTrack, checks: Set<(window: Int16Array) => void>): Promise<void> {
  let heard = new Int16Array();
  for await (const frame of new AudioStream(track, RATE_HZ, 1)) {
    heard = Int16Array.from([...heard, ...frame.data]).slice(-WINDOW_SAMPLES);
    const isLoud = Math.sqrt(heard.reduce((sum, sample) => sum + sample ** 2, 0) / heard.length) > LOUD;
    if (heard.length === WINDOW_SAMPLES && isLoud) for (const check of checks) check(heard);
  }
}
