import type { WorkerLoad } from "./worker-contract.ts";

/** Whether one more call can be carried well, and by whom. Pure. */
export interface WorkerState {
  isReady: boolean;
  legs: number;
  /** undefined: it has reported nothing yet, or had no calls to report of */
  load: WorkerLoad | undefined;
}

/**
 * Beyond these a listener would notice: frames that leave a whole frame late make gaps at peers with small buffers, and
 * a conversation whose every step waits this long is slow to answer. Measured with bench:calls; well below, a worker
 * recovers by itself.
 */
const MOST_AUDIO_LATENESS_MS = 20;
const MOST_LOOP_DELAY_MS = 150;

export function isStrained({ load, legs }: WorkerState): boolean {
  // One that carries nothing reports nothing: what it said last is of calls that are over.
  return (
    legs > 0 &&
    load !== undefined &&
    (load.audioLatenessP99Ms > MOST_AUDIO_LATENESS_MS || load.loopDelayP99Ms > MOST_LOOP_DELAY_MS)
  );
}

/**
 * @param mostLegs  of all workers together, whatever is measured: whoever says how many knows the machine. 0: as many as
 *                  they carry well
 */
export function hasRoom(workers: readonly WorkerState[], mostLegs: number): boolean {
  const ready = workers.filter(({ isReady }) => isReady);
  if (mostLegs === 0) return ready.some((worker) => !isStrained(worker));
  return ready.length > 0 && workers.reduce((sum, { legs }) => sum + legs, 0) < mostLegs;
}

/** The worker for a new call: among those that can, the one with the fewest legs. @returns undefined: none is ready */
export function chooseWorker<W extends WorkerState>(workers: readonly W[]): W | undefined {
  return workers
    .filter(({ isReady }) => isReady)
    .toSorted((a, b) => Number(isStrained(a)) - Number(isStrained(b)) || a.legs - b.legs)
    .at(0);
}
