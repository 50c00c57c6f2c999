import { newId } from "../ids.ts";
import type { Digit, LegMedia } from "../telephony/carrier.ts";
import type { MediaEngine, MediaPort } from "../telephony/media-engine.ts";
import type { PooledWorker, WorkerPool } from "./worker-pool.ts";
import type { WorkerProcess } from "./worker-process.ts";

/** A leg's audio in a worker process. */
export interface WorkerMedia extends LegMedia {
  readonly mediaId: string;
  readonly worker: PooledWorker;
  /** that of when it was opened: a later one knows nothing of it */
  readonly process: WorkerProcess;
}

const GONE = "the process that recorded it ended";

/** The audio of calls in the workers of a pool. */
export function createRemoteMedia(pool: Pick<WorkerPool, "hasRoom" | "choose">): MediaEngine<WorkerMedia> {
  return {
    hasRoom: () => pool.hasRoom(),
    async open({ near, onLost }) {
      const worker = near?.worker ?? pool.choose();
      const { process } = near ?? worker ?? {};
      if (!worker || !process) return undefined;
      const mediaId = newId();
      let onDigit: ((digit: Digit) => void) | undefined;
      // From now on: the leg counts, and it is told when the worker dies on the way.
      const forget = worker.watchMedia(mediaId, { lost: onLost, digit: (digit) => onDigit?.(digit) });
      const port = await process.functions.openMedia(mediaId).catch(() => undefined);
      if (port === undefined) {
        forget();
        return undefined;
      }
      const { functions } = process;
      const media: WorkerMedia = {
        mediaId,
        worker,
        process,
        onDigit: (listener) => (onDigit = listener),
        startRecording: (recording) => tell(functions.startRecording.asEvent(mediaId, recording)),
        stopRecording: () =>
          functions.stopRecording(mediaId).catch(() => ({ outcome: "failed", error: GONE })),
        statistics: () => functions.statistics(mediaId),
        startHeaderCapture: () => tell(functions.startHeaderCapture.asEvent(mediaId)),
        capturedHeaders: () => functions.capturedHeaders(mediaId),
        clearPlayout: () => tell(functions.clearPlayout.asEvent(mediaId)),
        setRingback: (isOn) => tell(functions.setRingback.asEvent(mediaId, isOn)),
        relayTo: (other) =>
          tell(functions.relayMedia.asEvent(mediaId, other && asWorkerMedia(other).mediaId)),
        sendDigits: (digits) => tell(functions.sendDigits.asEvent(mediaId, digits)),
      };
      return openPort(media, port, forget);
    },
  };
}

/** @throws when it is not one of ours */
export function asWorkerMedia(media: LegMedia): WorkerMedia {
  if (!("mediaId" in media)) throw new Error("this leg's audio is not in a worker");
  return media as WorkerMedia;
}

function openPort(media: WorkerMedia, port: number, forget: () => void): MediaPort<WorkerMedia> {
  const { mediaId } = media;
  const { functions } = media.process;
  let closing: ReturnType<MediaPort["close"]> | undefined;
  return {
    port,
    start(parameters) {
      tell(functions.startMedia.asEvent(mediaId, parameters));
      return media;
    },
    update: (parameters) => tell(functions.updateMedia.asEvent(mediaId, parameters)),
    injectDigit: (digit) => tell(functions.injectDigit.asEvent(mediaId, digit)),
    close() {
      closing ??= functions
        .closeMedia(mediaId)
        // The worker is gone, and the port with it.
        .catch(() => undefined)
        .finally(forget);
      return closing;
    },
  };
}

/** What is said to a worker that has ended is lost; its end is told by itself. */
function tell(sent: Promise<void>): void {
  sent.catch(() => undefined);
}
