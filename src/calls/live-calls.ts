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
  /** It is answered; whoever wants to command it can wait for its conversation from now on. */
  begin(callId: string): LiveCallPlace;
  find(callId: string): LiveCall | undefined;
  /** undefined: there is no such call; the promise: its conversation is being started, and may not come about */
  starting(callId: string): Promise<LiveCall | undefined> | undefined;
  /** those that are being started included */
  readonly count: number;
}

export interface LiveCallPlace {
  /** The conversation stands. */
  take(call: LiveCall): void;
  /** The call is over; calling it again does nothing. */
  clear(): void;
}

export function createLiveCalls(): LiveCalls {
  const calls = new Map<string, { live: LiveCall | undefined; started: Promise<LiveCall | undefined> }>();
  return {
    begin(callId) {
      const { promise, resolve } = Promise.withResolvers<LiveCall | undefined>();
      const place: { live: LiveCall | undefined; started: Promise<LiveCall | undefined> } = {
        live: undefined,
        started: promise,
      };
      calls.set(callId, place);
      return {
        take(call) {
          place.live = call;
          resolve(call);
        },
        clear() {
          calls.delete(callId);
          resolve(undefined);
        },
      };
    },
    find: (callId) => calls.get(callId)?.live,
    starting(callId) {
      const place = calls.get(callId);
      return place && !place.live ? place.started : undefined;
    },
    get count() {
      return calls.size;
    },
  };
}
