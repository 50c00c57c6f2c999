/**
 * Who is making a sound, or is about to: what every rule that waits for something to be over asks. Pure.
 *
 * `speaking`: the assistant is heard. `thinking`: the model is at work, so the assistant is about to speak.
 */
export interface FloorState {
  isCallerSpeaking: boolean;
  isAssistantSpeaking: boolean;
  isAssistantThinking: boolean;
  /** tool calls that have not answered yet */
  runningTools: number;
  /** somebody outside of the conversation has taken the call over for the moment: a transfer rings, a prompt is played */
  isHeld: boolean;
  /** on the caller's keypad, so far */
  keysPressed: number;
  /** by a caller with a keyboard, so far */
  turnsTyped: number;
}

/** Nobody makes a sound, and nobody but the caller is expected to. */
export function isQuiet(state: Readonly<FloorState>): boolean {
  return (
    !state.isCallerSpeaking &&
    !state.isAssistantSpeaking &&
    !state.isAssistantThinking &&
    state.runningTools === 0 &&
    !state.isHeld
  );
}

export interface Floor {
  readonly state: Readonly<FloorState>;
  readonly isQuiet: boolean;
  set(change: Partial<FloorState>): void;
  /** Counts a tool as running until its answer is there. */
  duringTool<T>(run: () => Promise<T>): Promise<T>;
  /** Called after each change, with what it was before. @returns a function that takes the listener away */
  onChange(listener: (state: Readonly<FloorState>, before: Readonly<FloorState>) => void): () => void;
}

export function createFloor(): Floor {
  let state: FloorState = {
    isCallerSpeaking: false,
    isAssistantSpeaking: false,
    isAssistantThinking: false,
    runningTools: 0,
    isHeld: false,
    keysPressed: 0,
    turnsTyped: 0,
  };
  const listeners = new Set<Parameters<Floor["onChange"]>[0]>();

  function set(change: Partial<FloorState>): void {
    const before = state;
    state = { ...state, ...change };
    for (const listener of listeners) listener(state, before);
  }

  return {
    get state() {
      return state;
    },
    get isQuiet() {
      return isQuiet(state);
    },
    set,
    async duringTool(run) {
      set({ runningTools: state.runningTools + 1 });
      try {
        return await run();
      } finally {
        set({ runningTools: state.runningTools - 1 });
      }
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
