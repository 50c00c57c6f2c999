import { systemClock } from "../../src/clock.ts";
import { createLogger } from "../../src/logger.ts";
import type { CallMedia, OutboundLeg } from "../../src/telephony/carrier.ts";
import { createSipCaller, type SipCaller } from "../../src/telephony/sip/sip-caller.ts";

/** Somebody with a telephone: calls servers on this machine. */
export async function startCaller(rtpPorts: { first: number; last: number }): Promise<SipCaller> {
  const caller = createSipCaller({
    host: "127.0.0.1",
    rtpPorts,
    clock: systemClock,
    logger: createLogger({ level: "silent" }),
  });
  await caller.start();
  return caller;
}

/** @param sipPort  of the server, over UDP */
export function placeCall(
  caller: SipCaller,
  sipPort: number,
  { to, from = "+31612345678" }: { to: string; from?: string },
): Promise<OutboundLeg> {
  return caller.placeCall({ to, from, trunk: { address: "127.0.0.1", port: sipPort, protocol: "UDP" } });
}

/** @throws Error when it is refused */
export async function placeAnsweredCall(
  ...call: Parameters<typeof placeCall>
): Promise<{ leg: OutboundLeg; media: CallMedia }> {
  const leg = await placeCall(...call);
  const answered = await leg.answered;
  if (answered.outcome === "failed") throw new Error(`refused with ${answered.statusCode}`);
  return { leg, media: answered.media };
}
