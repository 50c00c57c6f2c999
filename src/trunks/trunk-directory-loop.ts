import { within, type Clock } from "../clock.ts";
import { toError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import type { InboundTrunks } from "../telephony/sip/admission.ts";
import { createWorkLoop } from "../work-loop.ts";
import { readTrunkAddress } from "./trunk-address.ts";
import { matchTrunks } from "./trunk-match.ts";
import type { Trunk } from "./trunk.ts";

/** All trunks of the installation in this process' memory, so that a scan costs no question to the database. */
export interface TrunkDirectory {
  /** Resolves when calls can be matched. @throws Error when the database cannot be read */
  load(): Promise<void>;
  /** Looks again and again from now on. */
  start(): void;
  stop(): Promise<void>;
  readonly inbound: InboundTrunks;
}

/** How soon a new trunk takes calls, and a deleted one no more. */
const LOOK_EVERY_MS = 2_000;
/** Providers move; and a change that the version does not show is found with it. */
const RESOLVE_EVERY_MS = 60_000;
/** Node has four threads for names, files and passwords together: trunks with slow names must leave some to others. */
const NAMES_AT_ONCE = 2;
/** While many names are looked up, those that are known count already. */
const MATCH_EVERY_MS = 500;
/** A start does not wait for names that nobody knows. */
const LOAD_WITHIN_MS = 3_000;

export interface TrunkDirectoryPorts {
  version(): Promise<string>;
  list(): Promise<Trunk[]>;
  /** @returns the ids of those that this process keeps */
  keep(): Promise<string[]>;
  /** told every time; what is the same as before changes nothing */
  onKept(trunks: readonly Trunk[]): void;
  /** @throws Error when the name means nothing */
  resolve(host: string): Promise<string[]>;
}

export function createTrunkDirectory(options: {
  ports: TrunkDirectoryPorts;
  clock: Clock;
  logger: Logger;
}): TrunkDirectory {
  const { ports, clock, logger } = options;
  let trunks: Trunk[] = [];
  let version: string | undefined;
  let resolvedAtMs = -Infinity;
  let inbound = matchTrunks([]);
  /** by host; kept when a name cannot be resolved for a while */
  const addresses = new Map<string, readonly string[]>();
  let matchedAtMs = -Infinity;
  let resolving: Promise<void> = Promise.resolve();
  const loop = createWorkLoop({
    look,
    lookEveryMs: LOOK_EVERY_MS,
    onFailure: (error) => logger.error({ err: toError(error) }, "the trunks could not be looked at"),
    clock,
  });

  async function look(): Promise<void> {
    const now = await ports.version();
    const isDue = clock.monotonicMs() - resolvedAtMs >= RESOLVE_EVERY_MS;
    if (now !== version || isDue) {
      trunks = await ports.list();
      version = now;
      match();
      if (isDue) resolvedAtMs = clock.monotonicMs();
      resolving = resolving.then(() => resolveNames(isDue));
    }
    const kept = new Set(await ports.keep());
    if (!loop.isStopped) ports.onKept(trunks.filter(({ id }) => kept.has(id)));
  }

  function match(): void {
    matchedAtMs = clock.monotonicMs();
    inbound = matchTrunks(trunks.map((trunk) => ({ trunk, addresses: addresses.get(hostOf(trunk)) ?? [] })));
  }

  /** @param all  not only those that are new */
  async function resolveNames(all: boolean): Promise<void> {
    const wanted = new Set(trunks.map(hostOf));
    wanted.delete("");
    for (const host of addresses.keys()) if (!wanted.has(host)) addresses.delete(host);
    const hosts = [...wanted].filter((host) => all || !addresses.has(host));
    const resolveSome = async () => {
      for (let host = hosts.shift(); host !== undefined && !loop.isStopped; host = hosts.shift()) {
        addresses.set(host, await resolve(host, addresses.get(host)));
        if (clock.monotonicMs() - matchedAtMs >= MATCH_EVERY_MS) match();
      }
    };
    await Promise.all(Array.from({ length: NAMES_AT_ONCE }, resolveSome));
    match();
  }

  async function resolve(host: string, before: readonly string[] = []): Promise<readonly string[]> {
    try {
      return await ports.resolve(host);
    } catch {
      // What it meant a minute ago is more than nothing: a name server that is away must not stop calls.
      return before;
    }
  }

  return {
    async load() {
      await look();
      await within(clock, LOAD_WITHIN_MS, resolving, () => undefined);
    },
    start: loop.start,
    // A name that is being looked up is nobody's business any more.
    stop: loop.stop,
    get inbound() {
      return inbound;
    },
  };
}

function hostOf(trunk: Trunk): string {
  return readTrunkAddress(trunk.address, trunk.transport)?.host ?? "";
}
