import type { Clock } from "../clock.ts";
import type { Database } from "../db/database.ts";
import { toError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import { isKnownDead, isWorn, newHealth, observe, placesOf } from "./endpoint-health.ts";
import type { EndpointHealth, Observation } from "./endpoint-health.ts";
import { disableReceiver, findEndpoints, saveHealth, type Endpoint } from "./endpoint-store.ts";

/** One URL of one organization: what several endpoints may share, and what a breaker is about. */
export interface Receiver {
  organizationId: string;
  url: string;
}

/**
 * The health of all receivers that this process has to do with, shared by notifications and synchronous requests: what
 * one finds out spares the other a wait. In memory, and written to the database when a breaker or the failure clock
 * changes. Health fails open: what cannot be read or written counts as healthy, and costs a request at most.
 */
export interface Receivers {
  /** Loads what is not known yet. */
  load(endpointIds: readonly string[]): Promise<void>;
  find(endpointId: string): Endpoint | undefined;
  /** how many more requests may be in flight to it */
  placesLeft(receiver: Receiver): number;
  /** a request begins; `ended` has to follow */
  began(receiver: Receiver): void;
  ended(receiver: Receiver, observation: Observation | undefined): void;
  isKnownDead(receiver: Receiver): boolean;
  /** Nothing is sent to it any more. */
  disable(receiver: Receiver, reason: string): Promise<void>;
  /** Somebody has changed an endpoint: what we know of it is read again. */
  forget(endpointId: string): void;
  snapshot(): { receiver: Receiver; health: EndpointHealth; inFlight: number }[];
}

interface Entry {
  receiver: Receiver;
  health: EndpointHealth;
  inFlight: number;
}

export function createReceivers(options: {
  db: Database;
  clock: Clock;
  random: () => number;
  logger: Logger;
}): Receivers {
  const { db, clock, logger } = options;
  const endpoints = new Map<string, Endpoint>();
  const entries = new Map<string, Entry>();

  function entryOf({ organizationId, url }: Receiver, health = newHealth()): Entry {
    const key = `${organizationId} ${url}`;
    let entry = entries.get(key);
    if (!entry) {
      entry = { receiver: { organizationId, url }, health, inFlight: 0 };
      entries.set(key, entry);
    }
    return entry;
  }

  function save({ receiver, health }: Entry): void {
    saveHealth(db, receiver, health).catch((error: unknown) =>
      logger.debug({ err: toError(error) }, "the health of an endpoint could not be written"),
    );
  }

  async function disable(receiver: Receiver, reason: string): Promise<void> {
    await disableReceiver(db, receiver, reason);
    for (const endpoint of endpoints.values()) {
      if (endpoint.organizationId === receiver.organizationId && endpoint.url === receiver.url)
        endpoint.isDisabled = true;
    }
    logger.warn({ organization_id: receiver.organizationId, reason }, "a webhook endpoint was disabled");
  }

  return {
    async load(endpointIds) {
      const unknown = endpointIds.filter((id) => !endpoints.has(id));
      for (const endpoint of await findEndpoints(db, unknown)) {
        endpoints.set(endpoint.id, endpoint);
        entryOf(endpoint, endpoint.health);
      }
    },
    find: (endpointId) => endpoints.get(endpointId),
    placesLeft(receiver) {
      const { health, inFlight } = entryOf(receiver);
      return placesOf(health, clock.now()) - inFlight;
    },
    began(receiver) {
      const entry = entryOf(receiver);
      entry.inFlight++;
      // What begins while it is open is the probe.
      if (entry.health.breaker !== "open") return;
      entry.health = { ...entry.health, breaker: "half-open" };
      save(entry);
    },
    ended(receiver, observation) {
      const entry = entryOf(receiver);
      entry.inFlight--;
      if (!observation) return;
      const before = entry.health;
      const now = clock.now();
      entry.health = observe(before, observation, now, options.random());
      const { breaker, openUntil, failingSince } = entry.health;
      if (
        breaker !== before.breaker ||
        openUntil !== before.openUntil ||
        (failingSince === undefined) !== (before.failingSince === undefined)
      ) {
        save(entry);
      }
      if (isWorn(entry.health, now)) {
        void disable(receiver, "nothing could be delivered for 5 days").catch((error: unknown) =>
          logger.error({ err: toError(error) }, "an endpoint could not be disabled"),
        );
      }
    },
    isKnownDead: (receiver) => isKnownDead(entryOf(receiver).health, clock.now()),
    disable,
    forget(endpointId) {
      const endpoint = endpoints.get(endpointId);
      if (!endpoint) return;
      endpoints.delete(endpointId);
      const { health, inFlight } = entryOf(endpoint);
      // A re-enabled endpoint begins anew; what is in flight is counted on.
      if (health.breaker !== "closed" || endpoint.isDisabled) entryOf(endpoint).health = newHealth();
      if (inFlight === 0) entries.delete(`${endpoint.organizationId} ${endpoint.url}`);
    },
    snapshot: () => [...entries.values()].map((entry) => ({ ...entry })),
  };
}
