import type { PortRange } from "../config.ts";
import type { Clock } from "../clock.ts";
import { toError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import { createRestartPause } from "../restart-pause.ts";
import type { Digit } from "../telephony/carrier.ts";
import { hasRoom, chooseWorker, type WorkerState } from "./capacity.ts";
import { shareOfPorts } from "./port-shares.ts";
import type { WorkerSettings } from "./worker-contract.ts";
import { startWorkerProcess, type WorkerProcess } from "./worker-process.ts";

/**
 * The worker processes of this server. A worker that dies takes its calls with it, and no others: their legs are told,
 * the calls end with a report, and another worker takes its place.
 *
 *   starting ──ready──▶ ready ──process ends──▶ gone ──after a pause──▶ starting
 */
export interface WorkerPool {
  /** Settles when the first can take calls. @throws when none can be started */
  start(): Promise<void>;
  stop(): Promise<void>;
  hasRoom(): boolean;
  /** The worker for a new call. */
  choose(): PooledWorker | undefined;
  readonly workers: readonly WorkerState[];
}

export interface PooledWorker extends WorkerState {
  /** the process of now; another one after it died */
  readonly process: WorkerProcess | undefined;
  /** What the pool tells of a leg's audio, from now until it is closed or its worker is gone. @returns ends that */
  watchMedia(mediaId: string, watcher: MediaWatcher): () => void;
}

export interface MediaWatcher {
  lost(detail: string): void;
  digit(digit: Digit): void;
}

export function createWorkerPool(options: {
  count: number;
  /** of all workers together; 0: as many as they carry well */
  mostLegs: number;
  bindAddress: string;
  rtpPorts: PortRange;
  mediaTimeoutMs?: number | undefined;
  clock: Clock;
  logger: Logger;
}): WorkerPool {
  const { clock, logger } = options;
  let isStopping = false;
  const workers = shareOfPorts(options.rtpPorts, options.count).map((ports) =>
    createWorker({
      rtp: { bindAddress: options.bindAddress, ports, mediaTimeoutMs: options.mediaTimeoutMs },
      logLevel: logger.level,
    }),
  );

  function createWorker(settings: WorkerSettings) {
    const watchers = new Map<string, MediaWatcher>();
    const pause = createRestartPause(clock);
    let cancelRestart: (() => void) | undefined;
    let hasEnded = false;

    const worker: PooledWorker & {
      process: WorkerProcess | undefined;
      start(): Promise<void>;
      stop(): Promise<void>;
    } = {
      isReady: false,
      load: undefined,
      process: undefined,
      get legs() {
        return watchers.size;
      },
      watchMedia(mediaId, watcher) {
        watchers.set(mediaId, watcher);
        return () => void watchers.delete(mediaId);
      },
      async start() {
        pause.started();
        hasEnded = false;
        const child = startWorkerProcess(settings, {
          mediaLost: (mediaId, detail) => watchers.get(mediaId)?.lost(detail),
          digitPressed: (mediaId, digit) => watchers.get(mediaId)?.digit(digit),
          load: (load) => (worker.load = load),
          ended,
        });
        worker.process = child;
        await child.ready;
        worker.isReady = !hasEnded;
      },
      async stop() {
        cancelRestart?.();
        worker.isReady = false;
        await worker.process?.stop();
      },
    };

    function ended(detail: string): void {
      if (hasEnded) return;
      hasEnded = true;
      worker.isReady = false;
      worker.load = undefined;
      worker.process = undefined;
      const lost = [...watchers.values()];
      watchers.clear();
      if (isStopping) return;
      logger.error({ detail, legs: lost.length }, "a worker process ended, and its calls with it");
      for (const watcher of lost) watcher.lost("the process that carried it ended");
      cancelRestart = clock.after(pause.afterDeathMs(), () => {
        // A start that fails ends here again, and is tried once more later.
        worker.start().catch((error: unknown) => {
          logger.error({ err: toError(error) }, "a worker process could not be started");
        });
      });
    }
    return worker;
  }

  return {
    async start() {
      // The others may take a moment longer: calls can come as soon as there is one.
      await Promise.any(workers.map((worker) => worker.start()));
    },
    async stop() {
      isStopping = true;
      await Promise.all(workers.map((worker) => worker.stop()));
    },
    hasRoom: () => hasRoom(workers, options.mostLegs),
    choose: () => chooseWorker(workers),
    workers,
  };
}
