import type { Database, Queryable } from "../db/database.ts";
import { isAnnounced, type EndReason, type FinalStatus } from "./call-state.ts";
import { findCall, markReported, moveCall, type CallChanges } from "./call-store.ts";
import type { Call } from "./call.ts";

/** What is told of a call; the envelope around it is made by the webhook side. */
export type CallEvent = { type: "status-update" } | { type: "end-of-call-report" };

/** Inserts the event in the same transaction as the change it reports. @returns the endpoint that has it to deliver */
export type RecordCallEvent = (tx: Queryable, call: Call, event: CallEvent) => Promise<string | undefined>;

export interface CallTransitions {
  /** connecting → ringing: the far end has heard of an outbound call. Nothing is announced */
  ring(callId: string, carrierCallId: string): Promise<Call | undefined>;
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
 * @param wakeDelivery  called after a commit that left something to deliver at this endpoint
 */
export function createCallTransitions(options: {
  db: Database;
  recordEvent: RecordCallEvent;
  /** takes a call's minutes from its organization's balance */
  takeMinutes: (tx: Queryable, organizationId: string, minutes: number) => Promise<void>;
  wakeDelivery: (endpointId: string) => void;
}): CallTransitions {
  async function move(callId: string, to: Call["status"], changes: CallChanges): Promise<Call | undefined> {
    const { call, endpointId } = await options.db.transaction().execute(async (tx) => {
      const moved = await moveCall(tx, callId, to, changes);
      if (moved?.startedAt && moved.endedAt) {
        const minutes = Math.max(0, moved.endedAt.getTime() - moved.startedAt.getTime()) / 60_000;
        await options.takeMinutes(tx, moved.organizationId, minutes);
      }
      if (!moved || !isAnnounced(moved.status)) return { call: moved, endpointId: undefined };
      return { call: moved, endpointId: await options.recordEvent(tx, moved, { type: "status-update" }) };
    });
    if (endpointId) options.wakeDelivery(endpointId);
    return call;
  }

  return {
    ring: (callId, carrierCallId) => move(callId, "ringing", { carrierCallId }),
    answer: (callId, startedAt) => move(callId, "in-progress", { startedAt }),
    finish: (callId, end) =>
      move(callId, end.status, { endReason: end.reason, error: end.error ?? null, endedAt: end.endedAt }),
    async report(callId, summary) {
      const { call, endpointId } = await options.db.transaction().execute(async (tx) => {
        const reported = await markReported(tx, callId, summary);
        if (!reported) return { call: undefined, endpointId: undefined };
        return {
          call: reported,
          endpointId: await options.recordEvent(tx, reported, { type: "end-of-call-report" }),
        };
      });
      if (endpointId) options.wakeDelivery(endpointId);
      return call !== undefined;
    },
    find: (callId) => findCall(options.db, callId),
  };
}
