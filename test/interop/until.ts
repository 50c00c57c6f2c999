const LOOK_EVERY_MS = 50;

/**
 * Waits for what happens in another process. (vitest's own `expect.poll` is bound to one test, and here many run at once.)
 * @throws with what was last seen, when it has not become right in time
 */
export async function until<T>(
  look: () => Promise<T> | T,
  isRight: (seen: T) => boolean,
  withinMs: number,
  everyMs = LOOK_EVERY_MS,
): Promise<T> {
  const giveUpAt = performance.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (isRight(seen)) return seen;
    if (performance.now() > giveUpAt) {
      throw new Error(`not in ${withinMs} ms; last seen: ${JSON.stringify(seen)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
