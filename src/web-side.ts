import type { ActiveCalls } from "./calls/active-calls.ts";
import type { CallPorts } from "./calls/call-context.ts";
import { createDecide, type DecisionPorts } from "./calls/call-decision.ts";
import type { WebCallRoutesOptions } from "./calls/web-call-routes.ts";
import { createWebCalls } from "./calls/web-calls.ts";
import type { Clock } from "./clock.ts";
import type { Config } from "./config.ts";
import type { SecretKeys } from "./data-directory.ts";
import { newId } from "./ids.ts";
import type { Logger } from "./logger.ts";
import { getMinutesBalance } from "./organizations/minutes-store.ts";
import type { SecretBox } from "./secret-box.ts";
import type { LegMedia } from "./telephony/carrier.ts";
import type { MediaEngine } from "./telephony/media-engine.ts";
import type { PublicAddress } from "./telephony/nat/public-address-loop.ts";
import { createGatewayCarrier } from "./web-calls/gateway-carrier.ts";
import { issueJoinToken, joinTokenKeys } from "./web-calls/join-token.ts";
import { serverUrlOf } from "./web-calls/server-url.ts";
import type { WebCarrier } from "./web-calls/web-carrier.ts";

/** Of the calls' half: how browsers come in. */
export interface WebSide {
  carrier: WebCarrier;
  routes: WebCallRoutesOptions;
}

export function joinWebCalls<M extends LegMedia>(options: {
  config: Config;
  clock: Clock;
  logger: Logger;
  secretBox: SecretBox;
  secretKeys: SecretKeys;
  callPorts: CallPorts;
  decisionPorts: DecisionPorts;
  activeCalls: ActiveCalls;
  mediaEngine: MediaEngine<M>;
  /** of the media engine's ports, and of WebRTC's */
  bindAddress: string;
  publicAddress: PublicAddress;
  /** where the server listens */
  listeningUrl: () => string;
}): WebSide {
  const { config, callPorts, decisionPorts, secretBox } = options;
  const tokenKeys = joinTokenKeys(options.secretKeys);
  const webCalls = createWebCalls({
    ports: {
      ...callPorts,
      openSecret: (sealed) => secretBox.open(sealed),
      decide: createDecide(decisionPorts),
    },
    activeCalls: options.activeCalls,
    hasRoom: () => carrier.hasRoom(),
    issueToken: (claims) => issueJoinToken(claims, tokenKeys),
    serverUrl: (requestedUrl) =>
      serverUrlOf({ publicUrl: config.publicUrl, listeningUrl: options.listeningUrl(), requestedUrl }),
  });
  const carrier = createGatewayCarrier({
    bindAddress: options.bindAddress,
    port: config.webRtcPort,
    publicAddress: options.publicAddress,
    mediaEngine: options.mediaEngine,
    tokenKeys,
    ports: webCalls.carrierPorts,
    newId,
    clock: options.clock,
    logger: options.logger,
  });
  return {
    carrier,
    routes: {
      ...decisionPorts,
      getMinutesBalance: (organizationId) => getMinutesBalance(callPorts.db, organizationId),
      openCall: webCalls.openCall,
    },
  };
}
