/**
 * Keys that belong together, gathered: people press in a row, and an assistant that answered to the first of four would
 * interrupt them. Pure.
 */
export const KEYPAD = {
  /** from key to key; what telephone systems have used for decades */
  pauseMs: 2_000,
  /** ends the input at once, and is passed on with it */
  endKey: "#",
  /** longer than any number that people type; what comes after begins anew */
  longest: 32,
} as const;

export interface KeypadState {
  digits: string;
  lastAtMs: number;
}

export const NO_KEYS: KeypadState = { digits: "", lastAtMs: 0 };

/** @returns `complete` undefined: more may come, until `untilMs` */
export function pressed(
  state: KeypadState,
  digit: string,
  nowMs: number,
): { state: KeypadState; complete: string | undefined; untilMs: number } {
  const digits = state.digits + digit;
  const isComplete = digit === KEYPAD.endKey || digits.length >= KEYPAD.longest;
  return {
    state: isComplete ? NO_KEYS : { digits, lastAtMs: nowMs },
    complete: isComplete ? digits : undefined,
    untilMs: nowMs + KEYPAD.pauseMs,
  };
}

/** The pause is over. @returns what was gathered; undefined when it was taken already, or a key came meanwhile */
export function paused(state: KeypadState, nowMs: number): string | undefined {
  const isOver = state.digits !== "" && nowMs - state.lastAtMs >= KEYPAD.pauseMs;
  return isOver ? state.digits : undefined;
}
