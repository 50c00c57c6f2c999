/** Numbers from 0 to 1 that a seed repeats (mulberry32): the demo is the same every time. */
export function createRandom(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    between: (least: number, most: number) => least + (most - least) * next(),
    whole: (least: number, most: number) => least + Math.floor(next() * (most - least + 1)),
    isChance: (share: number) => next() < share,
    pick: <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)]!,
    /** A UUIDv7 of that time. */
    idAt(at: Date): string {
      const hex = (digits: number) =>
        Array.from({ length: digits }, () => Math.floor(next() * 16).toString(16)).join("");
      const time = at.getTime().toString(16).padStart(12, "0");
      return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-8${hex(3)}-${hex(12)}`;
    },
  };
}

export type Random = ReturnType<typeof createRandom>;
