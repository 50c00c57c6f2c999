import type { UdpAddress } from "./ice-check.ts";

/**
 * Whom a datagram of the one port belongs to: a check names its peer, everything else comes from an address that a check
 * of the peer has come from before. Pure.
 */
export interface Demultiplexer<P> {
  /** A peer is found by this name from now on; it may have several, while ICE restarts. */
  name(ufrag: string, peer: P): void;
  unname(ufrag: string): void;
  byName(ufrag: string): P | undefined;
  /** A check of the peer's, signed, came from there. */
  bind(from: UdpAddress, peer: P): void;
  byAddress(from: UdpAddress): P | undefined;
  /** Everything of the peer's. */
  forget(peer: P): void;
  readonly addresses: number;
}

/** A browser tries each of its networks; more are those of a restart, and the oldest are of no use any more. */
const MOST_ADDRESSES_OF_A_PEER = 16;

export function createDemultiplexer<P>(): Demultiplexer<P> {
  const names = new Map<string, P>();
  const addresses = new Map<string, P>();
  const ofPeer = new Map<P, Set<string>>();

  function unbind(key: string): void {
    const owner = addresses.get(key);
    addresses.delete(key);
    if (owner !== undefined) ofPeer.get(owner)?.delete(key);
  }

  return {
    name: (ufrag, peer) => void names.set(ufrag, peer),
    unname: (ufrag) => void names.delete(ufrag),
    byName: (ufrag) => names.get(ufrag),
    bind(from, peer) {
      const key = keyOf(from);
      if (addresses.get(key) === peer) return;
      // The port of a browser that has gone is another's after a while.
      unbind(key);
      const known = ofPeer.get(peer) ?? new Set();
      const [oldest] = known;
      if (known.size >= MOST_ADDRESSES_OF_A_PEER && oldest !== undefined) unbind(oldest);
      ofPeer.set(peer, known.add(key));
      addresses.set(key, peer);
    },
    byAddress: (from) => addresses.get(keyOf(from)),
    forget(peer) {
      for (const key of ofPeer.get(peer) ?? []) addresses.delete(key);
      ofPeer.delete(peer);
      for (const [ufrag, owner] of names) if (owner === peer) names.delete(ufrag);
    },
    get addresses() {
      return addresses.size;
    },
  };
}

function keyOf({ address, port }: UdpAddress): string {
  return `${address} ${port}`;
}
