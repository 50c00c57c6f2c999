import { isRtcpPacket } from "../../telephony/rtp/rtcp-packet.ts";
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
    onDtls: (datagram) => secure.receive(datagram),
    onRtp(packet) {
      if (keys && !isRtcpPacket(packet)) options.onRtp(packet);
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
