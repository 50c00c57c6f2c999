import type { Database, Queryable } from "../db/database.ts";
import { isAnnounced, type EndReason, type FinalStatus } from "./call-state.ts";
import { findCall, markReported, moveCall, type CallChanges } from "./call-store.ts";
import type { Call, CallConclusions } from "./call.ts";
import { saveWords } from "./call-words-store.ts";

/** What is told of a call; the envelope around it is made by the webhook side. */
export type CallEvent = { type: "status-update" } | { type: "end-of-call-report" };

/** Inserts the event in the same transaction as the change it reports. @returns the endpoint that has it to deliver */
export type RecordCallEvent = (tx: Queryable, call: Call, event: CallEvent) => Promise<string | undefined>;

/** Inserts the e-mail of a reported call, where it is to have one, in the same transaction as its report. */
export type RecordCallEmail = (tx: Queryable, call: Call) => Promise<{ isDue: boolean }>;

export interface CallTransitions {
  /** connecting → ringing: the far end has heard of an outbound call. Nothing is announced */
  ring(callId: string, carrierCallId: string): Promise<Call | undefined>;
  /** ringing → in-progress, with its status-update. @returns undefined when the call is not ringing any more */
  answer(callId: string, startedAt: Date): Promise<Call | undefined>;
  /** → a final status, with its status-update where that is announced. @returns undefined when it had ended already */
  finish(callId: string, end: CallEnd): Promise<Call | undefined>;
  /**
   * Writes the end-of-call-report of a finished call; a call in GDPR mode is reported without summary and analysis,
   * whatever is given. @returns false when it had been written already
   */
  report(callId: string, conclusions: CallConclusions): Promise<boolean>;
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
 * @param email         undefined: nobody is told by e-mail; `wake` is called after a commit that left one to send
 */
export function createCallTransitions(options: {
  db: Database;
  recordEvent: RecordCallEvent;
  /** takes a call's minutes from its organization's balance */
  takeMinutes: (tx: Queryable, organizationId: string, minutes: number) => Promise<void>;
  wakeDelivery: (endpointId: string) => void;
  email?: { record: RecordCallEmail; wake: () => void } | undefined;
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
    async report(callId, conclusions) {
      const written = await options.db.transaction().execute(async (tx) => {
        const reported = await markReported(tx, callId, conclusions);
        if (!reported) return undefined;
        await saveWords(tx, reported);
        const endpointId = await options.recordEvent(tx, reported, { type: "end-of-call-report" });
        const email = await options.email?.record(tx, reported);
        return { endpointId, hasEmail: email?.isDue ?? false };
      });
      if (written?.endpointId) options.wakeDelivery(written.endpointId);
      if (written?.hasEmail) options.email?.wake();
      return written !== undefined;
    },
    find: (callId) => findCall(options.db, callId),
  };
}
