/** What somebody outside can do with a call that is in progress (facts 2.3). Commands are taken, not waited for. */
export interface LiveCall {
  /** adds to the model's context; `triggerResponse`: the assistant answers to it at once */
  injectContext(content: string, triggerResponse: boolean): void;
  say(content: string, endAfter: boolean): void;
  end(message: string | undefined): void;
  /** @param destination  E.164, or a SIP URI */
  transfer(destination: string, message: string | undefined): void;
}

/** The calls in progress that this process carries. */
export interface LiveCalls {
  /** @returns takes it out again */
  add(callId: string, call: LiveCall): () => void;
  find(callId: string): LiveCall | undefined;
}

export function createLiveCalls(): LiveCalls {
  const calls = new Map<string, LiveCall>();
  return {
    add(callId, call) {
      calls.set(callId, call);
      return () => calls.delete(callId);
    },
    find: (callId) => calls.get(callId),
  };
}
