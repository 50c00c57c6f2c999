import type { PortRange } from "../../config.ts";
import type { Clock } from "../../clock.ts";
import { toError } from "../../errors.ts";
import type { Logger } from "../../logger.ts";
import type { Carrier } from "../carrier.ts";
import { createLocalMedia } from "../rtp/local-media.ts";
import { createCallPlacer } from "./place-call.ts";
import { createSipEndpoint, type TraceSip } from "./sip-endpoint.ts";

export type SipCaller = Carrier;

/** How long `stop` waits for the far ends; then their calls are left to their own timers. */
const STOP_WAIT_MS = 2_000;

/** A phone that only calls, on the same transports and media as the carrier; the demo's caller is one. */
export function createSipCaller(options: {
  host: string;
  rtpPorts: PortRange;
  mediaTimeoutMs?: number | undefined;
  clock: Clock;
  logger: Logger;
  trace?: TraceSip | undefined;
}): SipCaller {
  const { clock, logger } = options;
  const mediaEngine = createLocalMedia({
    bindAddress: options.host,
    ports: options.rtpPorts,
    mediaTimeoutMs: options.mediaTimeoutMs,
    clock,
    onError: (error) => logger.error({ err: toError(error) }, "a call's audio tick failed"),
  });
  const endpoint = createSipEndpoint({
    host: options.host,
    port: 0,
    clock,
    logger,
    trace: options.trace,
    onInvite: (request) => request.reject({ statusCode: 486 }),
  });
  const calls = createCallPlacer({ endpoint, mediaEngine, clock, logger });
  return {
    start: () => endpoint.start(),
    async stop() {
      await calls.stop(STOP_WAIT_MS);
      await endpoint.stop();
    },
    placeCall: calls.placeCall,
  };
}
