/**
 * Which packets of one stream were seen already (RFC 3711, 3.3.2): the last 128 indices, as a ring of bits. What is older
 * than the window counts as seen. Pure.
 */
export interface ReplayWindow {
  isSeen(index: number): boolean;
  /** Only for packets that are authentic: a forged one must not move the window. */
  mark(index: number): void;
}

/** RFC 3711 asks for at least 64; jitter of 2.5 s is kept apart from repeats by this. */
const WINDOW = 128;

export function createReplayWindow(): ReplayWindow {
  const seen = new Uint8Array(WINDOW);
  let highest = -1;
  return {
    isSeen(index) {
      if (index > highest) return false;
      return index <= highest - WINDOW || seen[index % WINDOW] === 1;
    },
    mark(index) {
      // What lies between was not seen yet; a jump over the whole window empties it.
      for (let at = Math.max(highest + 1, index - WINDOW + 1); at < index; at++) seen[at % WINDOW] = 0;
      seen[index % WINDOW] = 1;
      if (index > highest) highest = index;
    },
  };
}
