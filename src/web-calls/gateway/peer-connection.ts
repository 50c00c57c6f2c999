import type { Certificate, Fingerprint } from "./certificate.ts";
import { openDataChannels, type ChannelLabel, type DataChannels } from "./data-channels.ts";
import { createIceAgent, type IceCredentials } from "./ice-agent.ts";
import { openSecureTransport, type MediaKeys } from "./secure-transport.ts";
import type { UdpPort } from "./udp-port.ts";

/**
 * One of the two peer connections of a browser: ICE, DTLS and the data channels; SRTP passes through it as it came, for it
 * is opened where the audio is (`call-workers/`).
 */
export interface PeerConnection {
  readonly credentials: IceCredentials;
  /** undefined: DTLS is not done */
  readonly keys: MediaKeys | undefined;
  /** of what the browser described last */
  setRemoteFingerprints(fingerprints: readonly Fingerprint[]): void;
  restartIce(): void;
  sendRtp(packet: Buffer): void;
  readonly channels: DataChannels;
  close(): void;
}

export function openPeerConnection(options: {
  udp: UdpPort;
  certificate: Certificate;
  /** data channels that we open */
  labels: readonly ChannelLabel[];
  onConnected: (keys: MediaKeys) => void;
  onRtp: (packet: Buffer) => void;
  onMessage: (label: string, message: Buffer) => void;
  onClosed: (detail: string) => void;
}): PeerConnection {
  let fingerprints: readonly Fingerprint[] = [];
  let keys: MediaKeys | undefined;
  const ice = createIceAgent({
    udp: options.udp,
    onDtls(datagram) {
      // Until it is known whose certificate to expect, nobody's is taken; the browser repeats its hello.
      if (fingerprints.length === 0 || (keys && wouldUndoHandshake(datagram))) return;
      secure.receive(datagram);
    },
    onRtp(packet) {
      if (keys && !isRtcp(packet)) options.onRtp(packet);
    },
  });
  const secure = openSecureTransport({
    certificate: options.certificate,
    fingerprints: () => fingerprints,
    send: ice.send,
    onKeys(agreed) {
      keys = agreed;
      channels.start();
      options.onConnected(agreed);
    },
    onData: (data) => channels.receive(data),
    onClosed: options.onClosed,
  });
  const channels = openDataChannels({
    transport: () => secure,
    labels: options.labels,
    onMessage: options.onMessage,
  });

  return {
    get credentials() {
      return ice.credentials;
    },
    get keys() {
      return keys;
    },
    setRemoteFingerprints(next) {
      // A connection that stands keeps the certificate it was made with.
      if (!keys) fingerprints = next;
    },
    restartIce: ice.restart,
    sendRtp: ice.send,
    channels,
    close() {
      channels.close();
      secure.close();
      ice.close();
    },
  };
}

/**
 * On a connection that stands, an alert in clear is nobody's that has the keys, and a hello is a late copy of the first one
 * or forged: either would end what stands (records of epoch 0; RFC 6347, 4.1).
 */
function wouldUndoHandshake(datagram: Buffer): boolean {
  const isInClear = datagram.length > RECORD_HEADER_BYTES && datagram.readUInt16BE(3) === 0;
  if (!isInClear) return false;
  return (
    datagram[0] === ALERT || (datagram[0] === HANDSHAKE && datagram[RECORD_HEADER_BYTES] === CLIENT_HELLO)
  );
}

const RECORD_HEADER_BYTES = 13;
const [ALERT, HANDSHAKE, CLIENT_HELLO] = [21, 22, 1];

/** By its second byte (RFC 5761, 4). */
function isRtcp(packet: Buffer): boolean {
  return packet.length > 1 && packet[1]! >= 192 && packet[1]! <= 223;
}
