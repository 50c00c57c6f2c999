/** `speech_config.pronunciation` (facts 4.4): literal replacements in what is sent to the voice. Pure. */
export interface Replacement {
  from: string;
  to: string;
}

/**
 * Replaces in a text that comes in parts, wherever the parts are cut. At one place the longest `from` wins, and what
 * was put in is not looked at again.
 */
export interface Pronouncer {
  /** @returns as much as is certain by now */
  push(part: string): string;
  /** @returns the rest: no more comes */
  end(): string;
}

export function createPronouncer(replacements: readonly Replacement[]): Pronouncer {
  const longestFirst = replacements
    .filter(({ from }) => from !== "")
    .toSorted((a, b) => b.from.length - a.from.length);
  let waiting = "";

  function take(isEnd: boolean): string {
    let done = "";
    let at = 0;
    while (at < waiting.length) {
      const rest = waiting.slice(at);
      // What may still become a longer match has to wait for the next part.
      if (!isEnd && longestFirst.some(({ from }) => from.length > rest.length && from.startsWith(rest)))
        break;
      const found = longestFirst.find(({ from }) => rest.startsWith(from));
      done += found ? found.to : rest[0];
      at += found ? found.from.length : 1;
    }
    waiting = waiting.slice(at);
    return done;
  }

  return {
    push(part) {
      if (longestFirst.length === 0) return part;
      waiting += part;
      return take(false);
    },
    end: () => take(true),
  };
}

export function replacementsOf(speechConfig: Record<string, unknown> | null | undefined): Replacement[] {
  const given = speechConfig?.["pronunciation"];
  if (!Array.isArray(given)) return [];
  return given.filter(
    (entry): entry is Replacement =>
      typeof (entry as Replacement | null)?.from === "string" &&
      typeof (entry as Replacement).to === "string",
  );
}
