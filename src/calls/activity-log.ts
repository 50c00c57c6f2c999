import { activityOf, MOST_ACTIVITIES, type Activity } from "./call-activity.ts";
import type { TimelineEntry } from "./call-timeline.ts";

export type NumberedActivity = Activity & { sequence: number };

/**
 * Keeps what happens in one call, as it happens. Nothing of the call waits for it.
 *
 * @param write  queues a write among the call's others; `take`, called when its turn has come, gives what it is to write
 */
export function createActivityLog(
  write: (take: () => NumberedActivity[]) => Promise<void>,
): (entry: TimelineEntry) => void {
  let added = 0;
  let waiting: NumberedActivity[] = [];
  let isQueued = false;

  return (entry) => {
    if (added >= MOST_ACTIVITIES) return;
    waiting.push({ sequence: ++added, ...activityOf(entry) });
    // One write for however many moments came while the last one was on its way.
    if (isQueued) return;
    isQueued = true;
    write(() => {
      isQueued = false;
      const taken = waiting;
      waiting = [];
      return taken;
    }).catch(() => undefined);
  };
}
