import { within, type Clock } from "../clock.ts";
import { toError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import type { CarrierTrunk } from "../telephony/carrier.ts";
import type { RegistrationDialog, TrunkRequests } from "../telephony/sip/trunk-requests.ts";
import { nextReachability, UNKNOWN, type Reachability } from "./reachability.ts";
import { nextRegistration, NOT_REGISTERED, type Registration } from "./registration.ts";
import { toCarrierTrunk, type Trunk } from "./trunk.ts";

/** Asks after the trunks that this process keeps, and registers at those that want it. */
export interface TrunkKeeper {
  /** These and no others, from now on. */
  keep(trunks: readonly Trunk[]): void;
  /** Takes back every registration, as far as registrars answer within `limitMs`. */
  stop(limitMs: number): Promise<void>;
}

export interface TrunkKeeperPorts {
  requests: TrunkRequests;
  saveReachability(trunkId: string, reachability: Reachability): Promise<void>;
  saveRegistration(trunkId: string, registration: Registration): Promise<void>;
  /** 0 to 1 */
  random: () => number;
}

interface KeptTrunk {
  updatedAt: Date;
  /** @returns when what had to be taken back was */
  stop(): Promise<void>;
}

/** After a start a thousand trunks are not asked in the same moment; the first few at once. */
const SPREAD_MS_A_TRUNK = 20;
const MOST_SPREAD_MS = 30_000;

export function createTrunkKeeper(options: {
  ports: TrunkKeeperPorts;
  clock: Clock;
  logger: Logger;
}): TrunkKeeper {
  const { ports, clock, logger } = options;
  const kept = new Map<string, KeptTrunk>();
  const stopping = new Set<Promise<void>>();

  function keepOne(trunk: Trunk, delayMs: number): KeptTrunk {
    const carried = toCarrierTrunk(trunk);
    const loops = carried
      ? [watch(carried, delayMs), ...(trunk.register ? [register(carried, delayMs)] : [])]
      : [];
    return {
      updatedAt: trunk.updatedAt,
      stop: async () => {
        await Promise.all(loops.map((loop) => loop.stop()));
      },
    };
  }

  function watch(trunk: CarrierTrunk & { id: string }, delayMs: number) {
    let reachability = UNKNOWN;
    return repeat(delayMs, async () => {
      const answer = await ports.requests.sendOptions(trunk);
      const next = nextReachability(reachability, answer, { now: clock.now(), random: ports.random() });
      if (next.reachability.state !== reachability.state) {
        const fields = {
          trunk_id: trunk.id,
          state: next.reachability.state,
          error: next.reachability.lastError,
        };
        if (next.reachability.state === "down") logger.warn(fields, "a trunk does not answer");
        else logger.info(fields, "a trunk answers");
      }
      ({ reachability } = next);
      await ports.saveReachability(trunk.id, reachability);
      return next.againInMs;
    });
  }

  function register(trunk: CarrierTrunk & { id: string }, delayMs: number) {
    const dialog: RegistrationDialog = { callId: undefined, cseq: 0 };
    let registration = NOT_REGISTERED;
    const loop = repeat(delayMs, async () => {
      const answer = await ports.requests.sendRegister(trunk, dialog, registration.askSeconds);
      const next = nextRegistration(registration, answer, { now: clock.now(), random: ports.random() });
      if (next.registration.state === "failed" && registration.state !== "failed" && next.againInMs > 0) {
        const error = next.registration.lastError;
        logger.warn(
          { trunk_id: trunk.id, error },
          "a trunk did not register us; GET /sip-trunks has the state",
        );
      }
      ({ registration } = next);
      await ports.saveRegistration(trunk.id, registration);
      return next.againInMs;
    });
    return {
      async stop() {
        await loop.stop();
        if (registration.state === "registered") await ports.requests.sendRegister(trunk, dialog, 0);
      },
    };
  }

  /** Does something again and again, each time when it says. What it throws is the database's. */
  function repeat(firstMs: number, act: () => Promise<number>): { stop(): Promise<void> } {
    let isStopped = false;
    let running: Promise<void> = Promise.resolve();
    let cancel: () => void;
    const schedule = (delayMs: number) => {
      cancel = clock.after(delayMs, () => {
        running = act()
          .catch((error: unknown) => {
            // A shutdown does not wait for trunks that are slow, and closes the database.
            if (!isStopped) logger.error({ err: toError(error) }, "a trunk's state could not be written");
            return 5_000;
          })
          .then((againInMs) => {
            if (!isStopped) schedule(againInMs);
          });
      });
    };
    schedule(firstMs);
    return {
      async stop() {
        isStopped = true;
        cancel();
        await running;
      },
    };
  }

  function drop(id: string, trunk: KeptTrunk): void {
    kept.delete(id);
    const stopped = trunk.stop().finally(() => stopping.delete(stopped));
    stopping.add(stopped);
  }

  return {
    keep(trunks) {
      const wanted = new Map(trunks.map((trunk) => [trunk.id, trunk]));
      for (const [id, trunk] of kept) {
        if (wanted.get(id)?.updatedAt.getTime() !== trunk.updatedAt.getTime()) drop(id, trunk);
      }
      for (const trunk of trunks) {
        if (kept.has(trunk.id)) continue;
        const spreadMs = Math.min(trunks.length * SPREAD_MS_A_TRUNK, MOST_SPREAD_MS);
        kept.set(trunk.id, keepOne(trunk, spreadMs * ports.random()));
      }
    },
    async stop(limitMs) {
      for (const [id, trunk] of kept) drop(id, trunk);
      await within(clock, limitMs, Promise.all(stopping), () => undefined);
    },
  };
}
