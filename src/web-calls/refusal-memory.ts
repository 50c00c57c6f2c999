import { createHash } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { JoinRefusal } from "./web-carrier.ts";

/**
 * Why tokens were refused in the last seconds. A browser's WebSocket tells its page nothing of a refused upgrade: LiveKit's
 * clients ask `/rtc/validate` for the reason right after it.
 */
export interface RefusalMemory {
  add(token: string, refusal: JoinRefusal): void;
  of(token: string): JoinRefusal | undefined;
}

const KEPT_MS = 10_000;
const MOST_KEPT = 1_000;

export function createRefusalMemory(clock: Clock): RefusalMemory {
  const kept = new Map<string, { refusal: JoinRefusal; untilMs: number }>();
  return {
    add(token, refusal) {
      const [oldest] = kept.keys();
      if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
      const key = keyOf(token);
      kept.delete(key);
      kept.set(key, { refusal, untilMs: clock.monotonicMs() + KEPT_MS });
    },
    of(token) {
      const found = kept.get(keyOf(token));
      return found && found.untilMs > clock.monotonicMs() ? found.refusal : undefined;
    },
  };
}

/** A token is not kept: whoever could read memory could join. */
function keyOf(token: string): string {
  return createHash("sha256").update(token).digest("base64");
}
