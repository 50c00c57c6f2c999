import type { Clock } from "../clock.ts";
import { toError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import { createRestartPause } from "../restart-pause.ts";
import type { GatewayEvents, GatewaySettings } from "./gateway-contract.ts";
import { startGatewayProcess, type GatewayProcess } from "./gateway-process.ts";

/**
 * Keeps a gateway process running. One that dies takes its rooms with it, and another takes its place:
 *
 *   starting ──ready──▶ ready ──process ends──▶ gone ──after a pause──▶ starting
 */
export interface GatewaySupervisor {
  /** @throws when it cannot be started: the port is taken */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** undefined: it does not run just now */
  readonly functions: GatewayProcess["functions"] | undefined;
  /** the UDP port; 0 before the start */
  readonly port: number;
}

export function superviseGateway(options: {
  settings: GatewaySettings;
  events: GatewayEvents;
  /** every room is gone */
  onDied: () => void;
  clock: Clock;
  logger: Logger;
}): GatewaySupervisor {
  const { clock, logger } = options;
  let gateway: GatewayProcess | undefined;
  let isReady = false;
  let isStopping = false;
  let port = 0;
  const pause = createRestartPause(clock);
  let cancelRestart: (() => void) | undefined;

  async function start(): Promise<void> {
    pause.started();
    // After a death the port stays what callers and firewalls know.
    const settings = port === 0 ? options.settings : { ...options.settings, port };
    const child = startGatewayProcess(settings, options.events, (detail) => ended(child, detail));
    gateway = child;
    try {
      port = await child.ready;
    } catch (error) {
      // It runs still, where all that it lacks is the port.
      await child.stop();
      throw error;
    }
    isReady = gateway === child;
  }

  function ended(child: GatewayProcess, detail: string): void {
    if (gateway !== child) return;
    const wasReady = isReady;
    gateway = undefined;
    isReady = false;
    // Who starts it first is told by the failed start itself.
    if (isStopping || !wasReady) return;
    logger.error({ detail }, "the web gateway ended, and the calls of browsers with it");
    options.onDied();
    restart();
  }

  function restart(): void {
    cancelRestart = clock.after(pause.afterDeathMs(), () => {
      start().catch((error: unknown) => {
        logger.error({ err: toError(error) }, "the web gateway could not be started");
        if (!isStopping) restart();
      });
    });
  }

  return {
    start,
    async stop() {
      isStopping = true;
      cancelRestart?.();
      await gateway?.stop();
    },
    get functions() {
      return isReady ? gateway?.functions : undefined;
    },
    get port() {
      return port;
    },
  };
}
