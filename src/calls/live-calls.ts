import type { CallCommand, CommandAnswer } from "./call-command.ts";

/** What somebody outside can do with a call that is in progress (facts 2.3). Commands are taken, not waited for. */
export interface LiveCall {
  /** Carries it out, unless it cannot be now. */
  command(command: CallCommand): CommandAnswer;
  /** Why it could not be carried out now, for the API; undefined: it could. */
  refusalOf(command: CallCommand): string | undefined;
}

/** The calls in progress that this process carries. */
export interface LiveCalls {
  /** @returns takes it out again */
  add(callId: string, call: LiveCall): () => void;
  find(callId: string): LiveCall | undefined;
  readonly count: number;
}

export function createLiveCalls(): LiveCalls {
  const calls = new Map<string, LiveCall>();
  return {
    add(callId, call) {
      calls.set(callId, call);
      return () => calls.delete(callId);
    },
    find: (callId) => calls.get(callId),
    get count() {
      return calls.size;
    },
  };
}
