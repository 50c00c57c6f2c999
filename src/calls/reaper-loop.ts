import type { Clock } from "../clock.ts";
import type { Database } from "../db/database.ts";
import { toError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import { findOrphans } from "./call-store.ts";
import { claimUnjoined, JOIN_WITHIN_MS } from "./web-call-store.ts";
import type { CallTransitions } from "./call-transitions.ts";
import type { Call } from "./call.ts";
import { beatNode } from "./node-store.ts";

/**
 * Every call that got an id gets its end and its report, also when the process that carried it was killed: each
 * process shows a heartbeat, and closes the calls of processes whose heartbeat has stopped.
 *
 * It also closes the web calls that no browser joined in time, whichever process made their token.
 *
 * Several reapers may meet at one call: the moves are conditional, so one of them writes and the others find nothing
 * to do. A process that was only taken for dead loses the same way when it comes back.
 */
export interface Reaper {
  /** Closes what dead processes left, and keeps looking. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

const HEARTBEAT_EVERY_MS = 3_000;
/** Five missed beats: a process that is only busy, or whose database was away for a moment, is not dead. */
const DEAD_AFTER_MS = 15_000;
const BATCH = 100;
/** A browser that comes in the last second still gets its call: clocks of one installation agree only so far. */
const JOIN_GRACE_MS = 15_000;

export function createReaper(options: {
  db: Database;
  nodeId: string;
  transitions: CallTransitions;
  summarizeOrphan: (call: Call) => string;
  /** makes what was recorded playable, so that the report can name it; never rejects */
  repairRecording: (callId: string) => Promise<void>;
  clock: Clock;
  logger: Logger;
}): Reaper {
  const { db, transitions, logger } = options;
  let cancelNext: () => void = () => undefined;
  let isStopped = false;
  let running: Promise<void> = Promise.resolve();

  async function closeOrphans(): Promise<void> {
    for (;;) {
      const orphans = await findOrphans(db, { limit: BATCH, silentForMs: DEAD_AFTER_MS });
      for (const { call, lastSeenAt } of orphans) {
        await transitions.finish(call.id, {
          status: "ended-with-error",
          reason: "server_lost",
          error: "The server that carried the call stopped",
          // Nobody saw the end. The last heartbeat is the last moment at which the call can be shown to have been alive.
          endedAt: lastSeenAt > call.createdAt ? lastSeenAt : call.createdAt,
        });
        await options.repairRecording(call.id);
        await transitions.report(call.id, { summary: options.summarizeOrphan(call) });
        logger.warn({ call_id: call.id, node_id: call.nodeId }, "closed the call of a dead process");
      }
      if (orphans.length < BATCH) return;
    }
  }

  async function closeUnjoined(): Promise<void> {
    for (;;) {
      const unjoined = await claimUnjoined(db, {
        nodeId: options.nodeId,
        olderThanMs: JOIN_WITHIN_MS + JOIN_GRACE_MS,
        limit: BATCH,
      });
      for (const call of unjoined) {
        await transitions.finish(call.id, {
          status: "failed",
          reason: "not_joined",
          error: `Nobody joined within ${JOIN_WITHIN_MS / 60_000} minutes`,
          endedAt: options.clock.now(),
        });
        await transitions.report(call.id, { summary: options.summarizeOrphan(call) });
      }
      if (unjoined.length < BATCH) return;
    }
  }

  function schedule(): void {
    if (isStopped) return;
    cancelNext = options.clock.after(HEARTBEAT_EVERY_MS, () => {
      running = beatNode(db, options.nodeId)
        .then(closeOrphans)
        .then(closeUnjoined)
        // The next beat tries again; a database that is away says so often enough elsewhere.
        .catch((error: unknown) => logger.debug({ err: toError(error) }, "heartbeat failed"))
        .then(schedule);
    });
  }

  return {
    async start() {
      await closeOrphans();
      await closeUnjoined();
      schedule();
    },
    async stop() {
      isStopped = true;
      cancelNext();
      await running;
    },
  };
}
