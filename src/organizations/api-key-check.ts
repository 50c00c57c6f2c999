import type { Clock } from "../clock.ts";
import { hashApiKey } from "../crypto.ts";
import type { ApiKeyCheck } from "../http/auth.ts";

/** A key that another process has revoked works here for this much longer. */
const REMEMBERED_MS = 1_000;
const MOST_REMEMBERED = 1_000;
const TOUCH_EVERY_MS = 60_000;

export interface ApiKeyChecks {
  check(apiKey: string): Promise<ApiKeyCheck>;
  /** A key was revoked by this process: from now on. */
  forget(): void;
}

/** The key check with a memory of a second: a client that sends many requests does not cost a query for each. */
export function createApiKeyChecks(options: {
  find: (apiKey: string) => Promise<ApiKeyCheck>;
  /** notes that the key is used; not awaited */
  touch: (apiKeyId: string) => Promise<void>;
  clock: Clock;
}): ApiKeyChecks {
  const { clock } = options;
  const known = new Map<string, { check: ApiKeyCheck; untilMs: number }>();
  const touchedMs = new Map<string, number>();

  function touch(apiKeyId: string): void {
    const nowMs = clock.monotonicMs();
    if (nowMs - (touchedMs.get(apiKeyId) ?? -Infinity) < TOUCH_EVERY_MS) return;
    if (touchedMs.size >= MOST_REMEMBERED) touchedMs.clear();
    touchedMs.set(apiKeyId, nowMs);
    // The request goes on without: a lost stamp harms nobody, and a broken database shows itself elsewhere.
    options.touch(apiKeyId).catch(() => touchedMs.delete(apiKeyId));
  }

  return {
    async check(apiKey) {
      // By its hash, so that no key stands in memory longer than its request.
      const hash = hashApiKey(apiKey).toString("latin1");
      const remembered = known.get(hash);
      if (remembered && remembered.untilMs > clock.monotonicMs()) return remembered.check;
      const check = await options.find(apiKey);
      if (check.outcome === "known") {
        if (known.size >= MOST_REMEMBERED) known.clear();
        known.set(hash, { check, untilMs: clock.monotonicMs() + REMEMBERED_MS });
        touch(check.apiKeyId);
      } else known.delete(hash);
      return check;
    },
    forget: () => known.clear(),
  };
}
