import { createBirpc, type BirpcReturn } from "birpc";
import { Worker } from "node:worker_threads";
import { SAMPLES_PER_FRAME, type CallMedia, type Digit, type LegMedia } from "../carrier.ts";
import type { MediaEngine, MediaPort } from "../media-engine.ts";
import type {
  RtpThreadEvents,
  RtpThreadFunctions,
  RtpThreadSettings,
  TickFrames,
} from "./rtp-thread-contract.ts";

/** Audio in a thread of its own, for those who listen and speak in this one. */
export interface ThreadedMedia {
  engine: MediaEngine<CallMedia>;
  /** Settles when calls can come. */
  ready: Promise<void>;
  stop(): Promise<void>;
}

/** The listening and speaking half of one leg, and what the ticks tell of it. */
interface ThreadLeg {
  media: CallMedia;
  tick(frame: Int16Array, playedSamples: number): void;
  digit(digit: Digit): void;
  onLost(detail: string): void;
}

export function startThreadedMedia(
  settings: RtpThreadSettings,
  on: {
    /** the thread is gone and with it all audio */
    died(error: Error): void;
    /** one call's audio threw */
    failed(error: Error): void;
    lateness(p99Ms: number): void;
  },
): ThreadedMedia {
  const worker = new Worker(new URL("./rtp-thread.ts", import.meta.url), { workerData: settings });
  const legs = new Map<string, ThreadLeg>();
  let lastId = 0;
  let isStopping = false;

  const events: RtpThreadEvents = {
    tick({ ids, heard, played }: TickFrames) {
      for (const [index, id] of ids.entries()) {
        const at = index * SAMPLES_PER_FRAME;
        // A view: all frames of a tick share one buffer that nobody writes to any more.
        legs.get(id)?.tick(heard.subarray(at, at + SAMPLES_PER_FRAME), played[index]!);
      }
    },
    digit: (id, digit) => legs.get(id)?.digit(digit),
    lost: (id, detail) => legs.get(id)?.onLost(detail),
    failed: (error) => on.failed(error),
    lateness: (p99Ms) => on.lateness(p99Ms),
  };
  const thread = createBirpc<RtpThreadFunctions, RtpThreadEvents>(events, {
    post: (message) => worker.postMessage(message),
    on: (listener) => void worker.on("message", listener),
    timeout: -1,
  });
  worker.once("error", (error) => on.died(error));
  worker.once("exit", (code) => {
    thread.$close(new Error("the audio thread has ended"));
    if (!isStopping) on.died(new Error(`the audio thread ended with ${code}`));
  });

  function openPort(id: string, portNumber: number, onLost: (detail: string) => void): MediaPort<CallMedia> {
    let closing: ReturnType<typeof thread.close> | undefined;
    return {
      port: portNumber,
      start(parameters) {
        tell(thread.start.asEvent(id, parameters));
        const leg = createThreadLeg(id, thread, onLost);
        legs.set(id, leg);
        return leg.media;
      },
      update: (parameters) => tell(thread.update.asEvent(id, parameters)),
      injectDigit: (digit) => tell(thread.injectDigit.asEvent(id, digit)),
      close() {
        legs.delete(id);
        closing ??= thread.close(id).catch(() => undefined);
        return closing;
      },
    };
  }

  return {
    ready: thread.ready(),
    engine: {
      hasRoom: () => !isStopping,
      async open({ onLost }) {
        const id = String(++lastId);
        const port = await thread.open(id);
        return port === undefined ? undefined : openPort(id, port, onLost);
      },
    },
    async stop() {
      isStopping = true;
      await worker.terminate();
    },
  };
}

/**
 * What is queued is known without asking: what was given, less what the last tick says was played. It may be 20 ms old,
 * which is the most that a count of unheard samples can be wrong by.
 */
function createThreadLeg(
  id: string,
  thread: BirpcReturn<RtpThreadFunctions, RtpThreadEvents>,
  onLost: (detail: string) => void,
): ThreadLeg {
  let onAudio: ((frame: Int16Array) => void) | undefined;
  let onDigit: ((digit: Digit) => void) | undefined;
  let onDrained: (() => void) | undefined;
  let addedSamples = 0;
  let playedSamples = 0;
  let isPlaying = false;
  /** clears that the thread has not confirmed yet: until then its counts are of before */
  let openClears = 0;
  let addedSinceClear = 0;

  const queued = () => Math.max(0, addedSamples - playedSamples);

  const media: CallMedia = {
    onAudio: (listener) => (onAudio = listener),
    onDigit: (listener) => (onDigit = listener),
    onPlayoutDrained: (listener) => (onDrained = listener),
    play(samples) {
      if (samples.length === 0) return;
      tell(thread.play.asEvent(id, samples));
      addedSamples += samples.length;
      addedSinceClear += samples.length;
      isPlaying = true;
    },
    clearPlayout() {
      const dropped = queued();
      addedSamples = playedSamples;
      addedSinceClear = 0;
      isPlaying = false;
      openClears++;
      void thread.clearPlayout(id).then(
        (playedThen) => {
          if (--openClears > 0) return;
          playedSamples = playedThen;
          addedSamples = playedThen + addedSinceClear;
        },
        () => undefined,
      );
      return dropped;
    },
    pausePlayout: () => tell(thread.pausePlayout.asEvent(id)),
    resumePlayout: () => tell(thread.resumePlayout.asEvent(id)),
    startRecording: (recording) => tell(thread.startRecording.asEvent(id, recording)),
    stopRecording: () => thread.stopRecording(id).catch(() => ({ outcome: "failed", error: GONE })),
    statistics: () => thread.statistics(id),
    startHeaderCapture: () => tell(thread.startHeaderCapture.asEvent(id)),
    capturedHeaders: () => thread.capturedHeaders(id),
    relayTo: (other) => tell(thread.relayTo.asEvent(id, other && idOf(other))),
    setRingback: (isOn) => tell(thread.setRingback.asEvent(id, isOn)),
    setBackground: (background) => tell(thread.setBackground.asEvent(id, background)),
    get queuedSamples() {
      return queued();
    },
    sendDigits: (digits) => tell(thread.sendDigits.asEvent(id, digits)),
  };
  ids.set(media, id);
  return {
    media,
    tick(frame, played) {
      if (openClears === 0) playedSamples = played;
      onAudio?.(frame);
      if (!isPlaying || openClears > 0 || queued() > 0) return;
      isPlaying = false;
      onDrained?.();
    },
    digit: (digit) => onDigit?.(digit),
    onLost,
  };
}

const GONE = "the process that recorded it ended";

/** By what name the thread knows a leg. */
const ids = new WeakMap<LegMedia, string>();

function idOf(media: LegMedia): string {
  const id = ids.get(media);
  if (id === undefined) throw new Error("the other leg's audio is not in this process");
  return id;
}

/** What is said to a thread that has ended is lost; its end is told by itself. */
function tell(sent: Promise<void>): void {
  sent.catch(() => undefined);
}
