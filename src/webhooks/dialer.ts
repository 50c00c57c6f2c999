import type { Socket } from "node:net";
import { Agent, type buildConnector } from "undici";
import { systemClock, type Clock } from "../clock.ts";
import type { AllowedRange } from "../config.ts";
import { toError } from "../errors.ts";
import { traceSocket } from "./connection-trace.ts";
import { dial } from "./dial.ts";
import { cacheNames, resolveName, type Resolve } from "./name-cache.ts";
import { checkUrl } from "./url-guard.ts";

/**
 * The one way out. Every outgoing webhook connects through `dial`, which vets addresses. A lookup hook of undici's would
 * not do: it is never called for addresses written as literals.
 */
export interface Dialer {
  /** for requests that a caller waits for; shares neither sockets nor queue nor names with the other one */
  readonly sync: Agent;
  /** for notifications */
  readonly notifications: Agent;
  /**
   * Opens a connection ahead, for a synchronous request that is likely to come: it then finds TCP and TLS done. Does
   * nothing where one is open already. Never rejects: what is wrong is found out by the request.
   */
  prepare(url: string): Promise<void>;
  close(): Promise<void>;
}

/** A server closes a connection that says nothing after a while; many do so after a minute. */
const PREPARED_FOR_MS = 50_000;
const MOST_ORIGINS = 512;

export function createDialer(options: {
  allowed: readonly AllowedRange[];
  resolve?: Resolve;
  clock?: Clock;
}): Dialer {
  const { allowed, clock = systemClock } = options;
  const resolve = options.resolve ?? resolveName;
  const syncNames = cacheNames(resolve, clock);
  const notificationNames = cacheNames(resolve, clock);
  const prepared = new Map<string, { socket: Promise<Socket | undefined>; cancel: () => void }>();

  function connector(names: Resolve): buildConnector.connector {
    return (target, callback) => {
      const origin = new URL(`${target.protocol}//${target.hostname}${target.port ? `:${target.port}` : ""}`);
      open(origin, names).then(
        (socket) => callback(null, socket),
        (error: unknown) => callback(toError(error), null),
      );
    };
  }

  async function open(origin: URL, names: Resolve): Promise<Socket> {
    const ready = names === syncNames ? await takePrepared(origin.origin) : undefined;
    if (ready) return ready;
    const { socket, timings } = await dial(origin, { resolve: names, allowed, clock });
    traceSocket(socket, timings, false);
    return socket;
  }

  async function takePrepared(origin: string): Promise<Socket | undefined> {
    const entry = prepared.get(origin);
    if (!entry) return undefined;
    prepared.delete(origin);
    entry.cancel();
    const socket = await entry.socket;
    if (!socket?.writable || !socket.readable) return undefined;
    socket.removeAllListeners("error");
    socket.removeAllListeners("close");
    return socket;
  }

  function forget(origin: string): void {
    const entry = prepared.get(origin);
    prepared.delete(origin);
    entry?.cancel();
    void entry?.socket.then((socket) => socket?.destroy());
  }

  // HTTP/2 off: idle HTTP/2 sessions are not reaped. One request a connection at a time: a POST may not be pipelined.
  const common = {
    allowH2: false,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    maxOrigins: MOST_ORIGINS,
  } as const;
  const sync = new Agent({
    ...common,
    connections: 64,
    connect: connector(syncNames),
    keepAliveTimeout: 55_000,
  });
  const notifications = new Agent({
    ...common,
    // How many are useful is the health's to say; many endpoints of one origin share these.
    connections: 256,
    connect: connector(notificationNames),
    keepAliveTimeout: 4_000,
  });

  return {
    sync,
    notifications,
    async prepare(url) {
      const check = checkUrl(url, allowed);
      if (check.outcome === "refused") return;
      const { origin } = check.url;
      const { free = 0 } = (sync.stats as Record<string, { free?: number } | undefined>)[origin] ?? {};
      if (free > 0 || prepared.has(origin) || prepared.size >= MOST_ORIGINS) return;
      const socket = dial(check.url, { resolve: syncNames, allowed, clock }).then(
        (opened) => {
          traceSocket(opened.socket, opened.timings, true);
          opened.socket.once("error", () => forget(origin));
          opened.socket.once("close", () => forget(origin));
          return opened.socket;
        },
        () => undefined,
      );
      prepared.set(origin, { socket, cancel: clock.after(PREPARED_FOR_MS, () => forget(origin)) });
      if (!(await socket)) forget(origin);
    },
    close: async () => {
      for (const origin of prepared.keys()) forget(origin);
      await Promise.all([sync.destroy(), notifications.destroy()]);
    },
  };
}
