import {
  Event,
  RTCDataChannel,
  RTCDataChannelParameters,
  RTCSctpTransport,
  type RTCDtlsTransport,
} from "werift";
import type { SecureTransport } from "./secure-transport.ts";

/** The data channels of one peer connection: SCTP over DTLS (RFC 8831). */
export interface DataChannels {
  receive(data: Buffer): void;
  /** The transport under it stands. */
  start(): void;
  /** Until the channel is open it waits; beyond `MOST_WAITING` the oldest are dropped. */
  send(label: ChannelLabel, message: Uint8Array): void;
  close(): void;
}

/** LiveKit's: what must arrive, and what may be lost. */
export type ChannelLabel = "_reliable" | "_lossy";

export const SCTP_PORT = 5_000;
export const MOST_MESSAGE_BYTES = 65_536;
const MOST_WAITING = 200;
const MOST_CHANNELS = 8;

export function openDataChannels(options: {
  transport: () => SecureTransport;
  /** those that we open; the browser opens its own */
  labels: readonly ChannelLabel[];
  onMessage: (label: string, message: Buffer) => void;
}): DataChannels {
  const sctp = new RTCSctpTransport(SCTP_PORT, MOST_MESSAGE_BYTES);
  let receive: (data: Buffer) => void = () => undefined;
  let isClosed = false;
  // As much of werift's DTLS transport as its SCTP looks at.
  const transport = {
    id: "browser",
    // It derives from the role who numbers channels how: the DTLS server, as we always are, has the odd ones (RFC 8832, 6).
    iceTransport: { role: "controlling" },
    onStateChange: new Event<[string]>(),
    set dataReceiver(listener: (data: Buffer) => void) {
      receive = listener;
    },
    sendData(data: Buffer) {
      if (!isClosed) options.transport().send(data);
      return Promise.resolve();
    },
  };
  sctp.setDtlsTransport(transport as unknown as RTCDtlsTransport);
  sctp.onDataChannel.subscribe((channel) => {
    if (Object.keys(sctp.dataChannels).length > MOST_CHANNELS) {
      channel.close();
      return;
    }
    listen(channel);
  });
  const ours = new Map<string, RTCDataChannel>();
  const waiting: { label: string; message: Buffer }[] = [];

  function listen(channel: RTCDataChannel): void {
    channel.onMessage.subscribe((message) => {
      if (!isClosed && typeof message !== "string") options.onMessage(channel.label, message);
    });
  }

  function sendNow(label: string, message: Buffer): boolean {
    const channel = ours.get(label);
    if (channel?.readyState !== "open") return false;
    channel.send(message);
    return true;
  }

  return {
    receive: (data) => receive(data),
    start() {
      for (const label of options.labels) {
        const channel = new RTCDataChannel(
          sctp,
          new RTCDataChannelParameters(
            label === "_lossy" ? { label, ordered: false, maxRetransmits: 0 } : { label, ordered: true },
          ),
        );
        ours.set(label, channel);
        listen(channel);
        channel.stateChanged.subscribe((state) => {
          if (state !== "open") return;
          for (const each of waiting.splice(0)) if (!sendNow(each.label, each.message)) waiting.push(each);
        });
      }
      void sctp.start(SCTP_PORT).catch(() => undefined);
    },
    send(label, message) {
      const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
      if (sendNow(label, bytes)) return;
      if (waiting.length >= MOST_WAITING) waiting.shift();
      waiting.push({ label, message: bytes });
    },
    close() {
      if (isClosed) return;
      // Its timers end with it; what it would say about that reaches nobody any more.
      isClosed = true;
      waiting.length = 0;
      void sctp.stop().catch(() => undefined);
    },
  };
}
