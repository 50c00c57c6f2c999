import type { Clock } from "../../clock.ts";
import type { Logger } from "../../logger.ts";
import { createNetworkCheck, PRIVATE_NETWORKS, type Network } from "./local-networks.ts";
import { askStunOnce, type StunResult, type StunServer } from "./stun-client.ts";

/**
 * The address that peers outside our own networks are told: in Contact, Via and SDP. Fixed, or found by STUN and asked for
 * again every few minutes, because a provider may change it overnight.
 */
export interface PublicAddress {
  /** @returns undefined: the address of ours that the peer reaches anyway */
  towards(peerAddress: string): string | undefined;
  /** undefined: there is none, or it is not known (yet) */
  readonly address: string | undefined;
  /** Resolves when the address is known or nobody has answered; the process starts either way. */
  start(): Promise<void>;
  stop(): void;
}

export interface NatSettings {
  /** `auto`: by STUN; undefined: we are reached where we are */
  publicAddress: string | undefined;
  stunServers: readonly StunServer[];
  /** undefined: all private networks */
  localNetworks: readonly Network[] | undefined;
}

const REFRESH_MS = 5 * 60_000;
/** While there is no address every outside call is told a private one, which is silence. */
const RETRY_MS = 15_000;

export function createPublicAddress(options: {
  settings: NatSettings;
  clock: Clock;
  logger: Logger;
  ask?: (server: StunServer) => Promise<StunResult>;
}): PublicAddress {
  const { settings, clock, logger } = options;
  const ask = options.ask ?? ((server) => askStunOnce(server, clock));
  const isLocal = createNetworkCheck([
    ...(settings.localNetworks ?? PRIVATE_NETWORKS),
    // Loopback is this machine whatever else is local.
    ...PRIVATE_NETWORKS.filter(({ address }) => address === "127.0.0.0" || address === "::1"),
  ]);
  const isAuto = settings.publicAddress === "auto";
  let address = isAuto ? undefined : settings.publicAddress;
  let cancelNext: (() => void) | undefined;
  let isStopped = false;

  async function refresh(): Promise<void> {
    const found = await firstAnswer();
    if (isStopped) return;
    // Nobody answers: what was found last is likelier right than nothing.
    if (found !== undefined && found !== address) {
      logger.info({ address: found, before: address }, "the public address is known by STUN");
      address = found;
    }
    cancelNext = clock.after(found === undefined ? RETRY_MS : REFRESH_MS, () => void refresh());
  }

  async function firstAnswer(): Promise<string | undefined> {
    for (const server of settings.stunServers) {
      const result = await ask(server);
      if (result.outcome === "mapped") return result.mapped.address;
      logger.warn({ stun_server: server.host, detail: result.detail }, "a STUN server gave no address");
    }
    return undefined;
  }

  return {
    towards: (peerAddress) => (address === undefined || isLocal(peerAddress) ? undefined : address),
    get address() {
      return address;
    },
    async start() {
      if (isAuto) await refresh();
    },
    stop() {
      isStopped = true;
      cancelNext?.();
    },
  };
}
