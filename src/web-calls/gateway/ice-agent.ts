import { randomBytes } from "node:crypto";
import { writeIceAnswer, type IceCheck, type UdpAddress } from "./ice-check.ts";
import type { UdpPeer, UdpPort } from "./udp-port.ts";

/**
 * The ICE side of one peer connection (RFC 8445, as a lite agent): it answers checks and never makes any, because every
 * browser reaches the server's address, and the server would reach none behind a NAT. The browser decides by which of its
 * networks the two talk, and may change its mind at any time.
 */
export interface IceAgent {
  readonly credentials: IceCredentials;
  /** New credentials; the old path is used until a check comes under the new ones. */
  restart(): void;
  /** To where the browser is heard from; nowhere before that. */
  send(datagram: Buffer): void;
  close(): void;
}

export interface IceCredentials {
  ufrag: string;
  password: string;
}

export function createIceAgent(options: {
  udp: UdpPort;
  onDtls: (datagram: Buffer) => void;
  onRtp: (datagram: Buffer) => void;
}): IceAgent {
  const { udp } = options;
  let current = newCredentials();
  let previous: IceCredentials | undefined;
  let selected: UdpAddress | undefined;
  let isNominated = false;

  const peer: UdpPeer = {
    check(check: IceCheck, from: UdpAddress) {
      const credentials = check.localUfrag === current.ufrag ? current : previous;
      if (credentials?.ufrag !== check.localUfrag || !check.isSignedWith(credentials.password)) return false;
      udp.send(writeIceAnswer(check, credentials.password, from), from);
      if (credentials === current && previous) {
        udp.peers.unname(previous.ufrag);
        previous = undefined;
        isNominated = false;
      }
      if (check.isNominating || !isNominated) selected = from;
      isNominated ||= check.isNominating;
      return true;
    },
    dtls: options.onDtls,
    rtp: options.onRtp,
  };
  udp.peers.name(current.ufrag, peer);

  return {
    get credentials() {
      return current;
    },
    restart() {
      if (previous) udp.peers.unname(previous.ufrag);
      previous = current;
      current = newCredentials();
      udp.peers.name(current.ufrag, peer);
    },
    send(datagram) {
      if (selected) udp.send(datagram, selected);
    },
    close() {
      udp.peers.forget(peer);
      selected = undefined;
    },
  };
}

/** More than RFC 8445 (5.3) asks for: 24 and 128 bits. The base64 alphabet is that of `ice-char`. */
function newCredentials(): IceCredentials {
  const text = (bytes: number) => randomBytes(bytes).toString("base64").replaceAll("=", "");
  return { ufrag: text(9), password: text(24) };
}
