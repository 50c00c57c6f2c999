/** What a search text may mean; a call that fits one of them is found. None: nothing is found. */
export interface CallSearch {
  /** an id, or its beginning */
  idsFrom?: string;
  idsTo?: string;
  /** a part of a telephone number */
  digits?: string;
  /** as PostgreSQL's `to_tsquery` reads it */
  words?: string;
}

/** Fewer are in nearly every number. */
const LEAST_DIGITS = 3;
/** The first part of an id is its time: fewer characters are in nearly every one. */
const LEAST_ID_CHARACTERS = 8;
const MOST_WORDS = 10;

/** Reads what somebody types into the search of calls. Pure. */
export function readSearch(text: string): CallSearch {
  const search: CallSearch = {};
  const hex = text.trim().toLowerCase().replaceAll("-", "");
  if (/^[0-9a-f]{1,32}$/.test(hex) && hex.length >= LEAST_ID_CHARACTERS) {
    search.idsFrom = toUuid(hex.padEnd(32, "0"));
    search.idsTo = toUuid(hex.padEnd(32, "f"));
  }
  if (/^[\s+\d().\-/]+$/.test(text)) {
    // As it is dialled at home (06…) or abroad (0031…): numbers are kept as +31….
    const digits = text.replace("(0)", "").replaceAll(/\D/g, "").replace(/^0+/, "");
    if (digits.length >= LEAST_DIGITS) search.digits = digits;
  }
  // Letters and digits only: what is left cannot be anything of the query's language.
  const words = text.match(/[\p{L}\p{N}]+/gu)?.slice(0, MOST_WORDS);
  if (words && /\p{L}/u.test(text)) search.words = words.map((word) => `${word}:*`).join(" & ");
  return search;
}

function toUuid(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
