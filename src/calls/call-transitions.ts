import type { Database, Queryable } from "../db/database.ts";
import { isAnnounced, type EndReason, type FinalStatus } from "./call-state.ts";
import { findCall, markReported, moveCall, type CallChanges } from "./call-store.ts";
import type { Call } from "./call.ts";

/** What is told of a call; the envelope around it is made by the webhook side. */
export type CallEvent = { type: "status-update" } | { type: "end-of-call-report" };

/** Inserts the event in the same transaction as the change it reports. */
export type RecordCallEvent = (tx: Queryable, call: Call, event: CallEvent) => Promise<void>;

export interface CallTransitions {
  /** ringing → in-progress, with its status-update. @returns undefined when the call is not ringing any more */
  answer(callId: string, startedAt: Date): Promise<Call | undefined>;
  /** → a final status, with its status-update where that is announced. @returns undefined when it had ended already */
  finish(callId: string, end: CallEnd): Promise<Call | undefined>;
  /** Writes the end-of-call-report of a finished call. @returns false when it had been written already */
  report(callId: string, summary: string): Promise<boolean>;
  find(callId: string): Promise<Call | undefined>;
}

export interface CallEnd {
  status: FinalStatus;
  reason: EndReason;
  error?: string | undefined;
  endedAt: Date;
}

/**
 * The moves of a call together with the events they cause: one transaction each, so that there is never a change
 * without its event or an event without its change. A crash before the commit leaves neither.
 *
 * @param wakeDelivery  called after a commit that left something to deliver
 */
export function createCallTransitions(options: {
  db: Database;
  recordEvent: RecordCallEvent;
  wakeDelivery: () => void;
}): CallTransitions {
  async function move(callId: string, to: Call["status"], changes: CallChanges): Promise<Call | undefined> {
    const moved = await options.db.transaction().execute(async (tx) => {
      const call = await moveCall(tx, callId, to, changes);
      if (call && isAnnounced(call.status)) await options.recordEvent(tx, call, { type: "status-update" });
      return call;
    });
    if (moved) options.wakeDelivery();
    return moved;
  }

  return {
    answer: (callId, startedAt) => move(callId, "in-progress", { startedAt }),
    finish: (callId, end) =>
      move(callId, end.status, { endReason: end.reason, error: end.error ?? null, endedAt: end.endedAt }),
    async report(callId, summary) {
      const reported = await options.db.transaction().execute(async (tx) => {
        const call = await markReported(tx, callId, summary);
        if (call) await options.recordEvent(tx, call, { type: "end-of-call-report" });
        return call;
      });
      if (reported) options.wakeDelivery();
      return reported !== undefined;
    },
    find: (callId) => findCall(options.db, callId),
  };
}
