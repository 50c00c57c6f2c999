import type { Clock } from "../clock.ts";
import type { FeedCall } from "./call-feed-store.ts";

export interface FeedChange {
  change: "created" | "changed";
  call: FeedCall;
}

/** The running calls of an organization, whichever process carries them. */
export interface CallFeed {
  /**
   * Tells every change until `stop` is called; `running()` are the calls of that moment. What lasts less than the time
   * between two looks is told with what came after it.
   */
  watch(
    organizationId: string,
    onChange: (change: FeedChange) => void,
  ): Promise<{ running: () => FeedCall[]; stop: () => void }>;
}

const LOOK_EVERY_MS = 250;

type Look = (
  organizationId: string,
  known: readonly string[],
) => Promise<(FeedCall & { is_recent: boolean })[]>;

/**
 * Looks at the running calls while somebody watches, once for all who watch the same organization. A look costs a
 * millisecond; a notification at each change would cost every call something, also while nobody watches.
 */
export function createCallFeed(options: { look: Look; clock: Clock }): CallFeed {
  const { look, clock } = options;
  const watched = new Map<string, Watched>();

  interface Watched {
    watchers: Set<(change: FeedChange) => void>;
    known: Map<string, { call: FeedCall; text: string }>;
    /** settles when the first look is over */
    ready: Promise<void>;
    cancelLook: () => void;
  }

  async function lookAt(organizationId: string, { known, watchers }: Watched): Promise<void> {
    const rows = await look(organizationId, [...known.keys()]);
    for (const { is_recent: isRecent, ...call } of rows) {
      const text = JSON.stringify(call);
      const before = known.get(call.id);
      if (before?.text !== text) {
        known.set(call.id, { call, text });
        for (const tell of watchers) tell({ change: before ? "changed" : "created", call });
      }
      if (call.is_reported && !isRecent) known.delete(call.id);
    }
  }

  function begin(organizationId: string): Watched {
    const begun: Watched = {
      watchers: new Set(),
      known: new Map(),
      ready: Promise.resolve(),
      cancelLook: () => undefined,
    };
    watched.set(organizationId, begun);
    begun.ready = lookAt(organizationId, begun).then(
      () => schedule(organizationId, begun),
      (error: unknown) => {
        watched.delete(organizationId);
        throw error;
      },
    );
    return begun;
  }

  function schedule(organizationId: string, those: Watched): void {
    those.cancelLook = clock.after(LOOK_EVERY_MS, () => {
      void lookAt(organizationId, those)
        // While the database is away nothing happens that could be told.
        .catch(() => undefined)
        .then(() => watched.get(organizationId) === those && schedule(organizationId, those));
    });
  }

  return {
    async watch(organizationId, onChange) {
      const those = watched.get(organizationId) ?? begin(organizationId);
      await those.ready;
      those.watchers.add(onChange);
      return {
        running: () => [...those.known.values()].map(({ call }) => call).filter((call) => !call.is_reported),
        stop() {
          those.watchers.delete(onChange);
          if (those.watchers.size > 0 || watched.get(organizationId) !== those) return;
          watched.delete(organizationId);
          those.cancelLook();
        },
      };
    },
  };
}
