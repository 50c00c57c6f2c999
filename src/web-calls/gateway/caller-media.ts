import { randomBytes, randomInt } from "node:crypto";
import type { RtpParameters } from "../../telephony/rtp/rtp-session.ts";
import { keyBytesOf, SALT_BYTES } from "../../telephony/rtp/srtp-suite.ts";
import type { Certificate } from "./certificate.ts";
import type { ChannelLabel } from "./data-channels.ts";
import { openPeerConnection, type PeerConnection } from "./peer-connection.ts";
import {
  OFFERED_PAYLOAD_TYPE,
  readDescription,
  writeAnswer,
  writeOffer,
  type LocalCandidate,
  type OfferedTrack,
  type RemoteAudio,
} from "./room-sdp.ts";
import type { RtpRelay } from "./rtp-relay.ts";
import { SUITE } from "./secure-transport.ts";
import { createStreamWatch, type StreamWatch } from "./stream-watch.ts";
import type { UdpPort } from "./udp-port.ts";

/**
 * What a caller and we send each other: the peer connection with the assistant's voice, which we offer (LiveKit's
 * subscriber), and the one with the caller's, which the browser offers (its publisher).
 */
export interface CallerMedia {
  offer(): string;
  /** @returns what is wrong with it, if anything is */
  takeAnswer(sdp: string): string | undefined;
  /** The answer to an offer of the browser's. @returns undefined when nothing in it can be used */
  answer(sdp: string): string | undefined;
  /** The way to the caller has changed: the next descriptions have new credentials. */
  restartIce(): void;
  /** A packet of the assistant's voice. */
  sendVoice(packet: Buffer): void;
  sendData(label: ChannelLabel, message: Uint8Array): void;
  readonly caller: StreamWatch;
  readonly assistant: StreamWatch;
  close(): void;
}

export function openCallerMedia(options: {
  udp: UdpPort;
  certificate: Certificate;
  relay: RtpRelay;
  candidates: () => LocalCandidate[];
  track: OfferedTrack;
  /** how the media engine reaches the caller, at first and again when that has changed */
  onParameters: (parameters: RtpParameters) => void;
  onMessage: (message: Buffer) => void;
  /** one of the two was closed, or could not be made */
  onClosed: (detail: string) => void;
}): CallerMedia {
  const { udp, certificate, relay } = options;
  // Nobody has a key that opens this; until the caller's is known there is nothing to open.
  const placeholderKey = randomBytes(keyBytesOf(SUITE) + SALT_BYTES).toString("base64");
  const caller = createStreamWatch();
  const assistant = createStreamWatch();
  const versions = new Map<PeerConnection, { sessionId: number; version: number }>();
  let microphone: RemoteAudio | undefined;
  let publisherUfrag: string | undefined;
  let sent = "";

  const subscriber = openPeerConnection({
    udp,
    certificate,
    labels: ["_reliable", "_lossy"],
    onConnected: tell,
    onRtp: () => undefined,
    onMessage: (_label, message) => options.onMessage(message),
    onClosed: options.onClosed,
  });
  const publisher = openPeerConnection({
    udp,
    certificate,
    labels: [],
    onConnected: tell,
    onRtp(packet) {
      if (!isOf(packet, microphone)) return;
      caller.see(packet, microphone!.levelExtensionId);
      relay.send(packet);
    },
    onMessage: (_label, message) => options.onMessage(message),
    onClosed: options.onClosed,
  });

  function tell(): void {
    if (!subscriber.keys) return;
    const parameters: RtpParameters = {
      remote: relay.local,
      codec: "opus",
      payloadType: OFFERED_PAYLOAD_TYPE,
      receivePayloadType: microphone?.payloadType ?? OFFERED_PAYLOAD_TYPE,
      telephoneEventPayloadType: undefined,
      srtp: {
        suite: SUITE,
        sendKey: subscriber.keys.ours,
        receiveKey: publisher.keys?.theirs ?? placeholderKey,
      },
      ssrc: options.track.ssrc,
      isBehindGateway: true,
      maySend: true,
      mayReceive: true,
    };
    const now = JSON.stringify(parameters);
    if (now === sent) return;
    sent = now;
    options.onParameters(parameters);
  }

  function localOf(peer: PeerConnection) {
    const next = versions.get(peer) ?? { sessionId: randomInt(2 ** 47), version: 0 };
    next.version++;
    versions.set(peer, next);
    const { fingerprint } = certificate;
    return { ...peer.credentials, ...next, fingerprint, candidates: options.candidates() };
  }

  return {
    offer: () => writeOffer(options.track, localOf(subscriber)),
    takeAnswer(sdp) {
      const read = readDescription(sdp);
      if (read.outcome === "unusable") return read.problem;
      subscriber.setRemoteFingerprints(read.description.fingerprints);
      return undefined;
    },
    answer(sdp) {
      const read = readDescription(sdp);
      if (read.outcome === "unusable") return undefined;
      const { description } = read;
      // New credentials of the browser's are a restart, and want new ones of ours (RFC 8839, 4.4.1.1.1).
      if (description.ufrag !== publisherUfrag && publisherUfrag !== undefined) publisher.restartIce();
      publisherUfrag = description.ufrag;
      publisher.setRemoteFingerprints(description.fingerprints);
      microphone = description.microphone;
      tell();
      return writeAnswer(description, localOf(publisher));
    },
    restartIce: () => subscriber.restartIce(),
    sendVoice(packet) {
      assistant.see(packet, undefined);
      subscriber.sendRtp(packet);
    },
    sendData: (label, message) => subscriber.channels.send(label, message),
    caller,
    assistant,
    close() {
      subscriber.close();
      publisher.close();
    },
  };
}

function isOf(packet: Buffer, microphone: RemoteAudio | undefined): boolean {
  if (!microphone || packet.length < 12) return false;
  const isOpus = (packet[1]! & 0x7f) === microphone.payloadType;
  return isOpus && (microphone.ssrcs.length === 0 || microphone.ssrcs.includes(packet.readUInt32BE(8)));
}
