import type { PortRange } from "../../src/config.ts";
import type { CallMedia } from "../../src/telephony/carrier.ts";
import { createLocalMedia } from "../../src/telephony/rtp/local-media.ts";
import { createSipCarrier, type SipCarrier } from "../../src/telephony/sip/sip-carrier.ts";

type CarrierOptions = Parameters<typeof createSipCarrier<CallMedia>>[0];

/** A carrier whose audio is in this process, where a test can listen and speak. */
export function createLocalCarrier(
  options: Omit<CarrierOptions, "mediaEngine"> & { rtpPorts: PortRange; mediaTimeoutMs?: number | undefined },
): SipCarrier {
  const { rtpPorts, mediaTimeoutMs, ...rest } = options;
  const mediaEngine = createLocalMedia({
    bindAddress: rest.host,
    ports: rtpPorts,
    mediaTimeoutMs,
    clock: rest.clock,
    onError: (error) => {
      throw error;
    },
  });
  return createSipCarrier({ ...rest, mediaEngine });
}
