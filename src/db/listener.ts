import pg from "pg";
import type { Clock } from "../clock.ts";

/**
 * Hears NOTIFY on a connection of its own, which is opened again when it breaks. What is notified meanwhile is lost, and
 * behind a pooler that shares connections by the transaction everything is: a notification is a hint to look now, and
 * who needs to know looks by itself as well.
 */
export interface Listener {
  /** One payload at a time; `undefined`: the connection is new, and something may have been missed. */
  listen(channel: string, onHint: (payload: string | undefined) => void): void;
  stop(): Promise<void>;
}

const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 10_000;
const CONNECT_WITHIN_MS = 5_000;

/** @param onError  told each time that the connection breaks or cannot be made */
export function createListener(options: {
  connectionString: string;
  clock: Clock;
  onError: (error: Error) => void;
}): Listener {
  const channels = new Map<string, (payload: string | undefined) => void>();
  let client: pg.Client | undefined;
  let retryMs = FIRST_RETRY_MS;
  let cancelRetry: () => void = () => undefined;
  let isStopped = false;
  let connecting: Promise<void> | undefined;

  function connect(): void {
    connecting ??= open().finally(() => (connecting = undefined));
  }

  async function open(): Promise<void> {
    const next = new pg.Client({
      connectionString: options.connectionString,
      connectionTimeoutMillis: CONNECT_WITHIN_MS,
      application_name: "switchhook listen",
      // A path that has gone without a word is noticed; TCP alone would wait for ever.
      keepAlive: true,
    });
    next.on("error", (error) => lose(next, error));
    next.on("end", () => lose(next, new Error("the connection was closed")));
    next.on("notification", ({ channel, payload }) => channels.get(channel)?.(payload ?? ""));
    try {
      await next.connect();
      for (const channel of channels.keys()) await next.query(`listen ${pg.escapeIdentifier(channel)}`);
    } catch (error) {
      lose(next, error as Error);
      await next.end().catch(() => undefined);
      return;
    }
    if (isStopped) {
      await next.end().catch(() => undefined);
      return;
    }
    client = next;
    retryMs = FIRST_RETRY_MS;
    for (const onHint of channels.values()) onHint(undefined);
  }

  /** Once for each connection, whatever it says on its way out. */
  const lost = new WeakSet<pg.Client>();
  function lose(which: pg.Client, error: Error): void {
    if (isStopped || lost.has(which)) return;
    lost.add(which);
    if (client === which) client = undefined;
    options.onError(error);
    cancelRetry();
    cancelRetry = options.clock.after(retryMs, connect);
    retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
  }

  return {
    listen(channel, onHint) {
      channels.set(channel, onHint);
      if (client) void client.query(`listen ${pg.escapeIdentifier(channel)}`).catch(() => undefined);
      else connect();
    },
    async stop() {
      isStopped = true;
      cancelRetry();
      await connecting;
      await client?.end().catch(() => undefined);
    },
  };
}
