/** What a caller types beside speaking, before it becomes a turn of the conversation. Pure but for the time it is told. */
export type TypedOutcome =
  | "taken"
  | "too-long"
  | "too-many"
  /** somebody else has the caller's ear */
  | "nobody-reads";

/** A page of text: whoever needs more to say something sends a file. */
export const MOST_CHARACTERS = 4_000;
/** A fast typist sends one in two seconds; each costs a reply of the model's. */
const MOST_TEXTS = 10;
const WITHIN_MS = 20_000;

export type TypedText = { outcome: "taken"; text: string } | { outcome: "too-long" | "too-many" | "empty" };

export interface TypedTexts {
  read(typed: string, nowMs: number): TypedText;
}

/** Reads the texts of one call: bounded in length and in rate, because anybody with a browser may send them. */
export function createTypedTexts(): TypedTexts {
  let taken: number[] = [];
  return {
    read(typed, nowMs) {
      // Characters that are no text (NUL, escape sequences) have no business in a prompt or a database.
      // eslint-disable-next-line no-control-regex
      const text = typed.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, "").trim();
      if (text === "") return { outcome: "empty" };
      if (text.length > MOST_CHARACTERS) return { outcome: "too-long" };
      taken = taken.filter((at) => nowMs - at < WITHIN_MS);
      if (taken.length >= MOST_TEXTS) return { outcome: "too-many" };
      taken.push(nowMs);
      return { outcome: "taken", text };
    },
  };
}
