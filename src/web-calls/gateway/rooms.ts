import { randomBytes, randomInt } from "node:crypto";
import { networkInterfaces } from "node:os";
import type { Clock } from "../../clock.ts";
import type { GatewayEvents, RoomDescription } from "../gateway-contract.ts";
import { openCallerMedia, type CallerMedia } from "./caller-media.ts";
import type { Certificate } from "./certificate.ts";
import { createIncomingData } from "./incoming-data.ts";
import { localCandidates } from "./local-candidates.ts";
import { createRoom, type Room } from "./room.ts";
import { openRtpRelay } from "./rtp-relay.ts";
import type { UdpPort } from "./udp-port.ts";

/** A room with everything that it needs: its relay to the media engine, its peer connections, what the page sends. */
export async function openRoom(
  description: RoomDescription,
  options: {
    udp: UdpPort;
    bindAddress: string;
    certificate: Certificate;
    clock: Clock;
    events: GatewayEvents;
    onClosed: () => void;
  },
): Promise<Room & { release(): void }> {
  const { udp, events } = options;
  const { roomId } = description;
  let media: CallerMedia | undefined;
  const relay = await openRtpRelay({
    media: description.media,
    onPacket: (packet) => media?.sendVoice(packet),
  });
  const openIncoming = () =>
    createIncomingData({
      text: (text) => events.text(roomId, text),
      data: (data) => events.data(roomId, data),
      digit: (digit) => events.digit(roomId, digit),
      answer: (value) => room.answerData(value),
    });
  let incoming = openIncoming();
  // One stream for the leg's life: the media engine sends it, whichever peer connection it goes by.
  const ssrc = randomInt(1, 2 ** 32);

  const room = createRoom({
    callId: description.callId,
    identity: description.identity,
    ports: {
      clock: options.clock,
      newSid,
      incoming: () => incoming,
      send: events.send,
      close: events.close,
      ended(end) {
        release();
        events.ended(roomId, end);
        options.onClosed();
      },
      openMedia(trackSid, streamId) {
        incoming = openIncoming();
        media = openCallerMedia({
          udp,
          certificate: options.certificate,
          relay,
          candidates: () =>
            localCandidates({
              bindAddress: options.bindAddress,
              port: udp.port,
              publicAddresses: description.publicAddresses,
              interfaces: networkInterfaces(),
            }),
          track: { trackSid, streamId, ssrc },
          onParameters(parameters) {
            events.media(roomId, parameters);
            room.audioStands();
          },
          onMessage: (message) => incoming.read(message),
          onClosed: () => room.mediaClosed(),
        });
        return media;
      },
    },
  });

  function release(): void {
    relay.close();
  }
  return { ...room, release };
}

/** As LiveKit's servers write them. */
function newSid(prefix: string): string {
  return `${prefix}_${randomBytes(9).toString("base64url").replaceAll(/[-_]/g, "x")}`;
}
