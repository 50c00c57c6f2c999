import {
  AddTrackRequest,
  LeaveRequest,
  SessionDescription,
  SignalRequest,
  SignalResponse,
  TrackSource,
} from "@livekit/protocol";
import { createOpusCodec } from "../../src/telephony/codec/opus.ts";
import { writeRtp } from "../../src/telephony/rtp/rtp-packet.ts";
import { createSrtpReceiver, createSrtpSender } from "../../src/telephony/rtp/srtp-stream.ts";
import { openBrowserPeer, type BrowserPeer } from "./browser-peer.ts";
import type { CallWire } from "./call-wire.ts";

/** A caller in a browser, as much of it as costs the server something: LiveKit's signalling, two peer connections, Opus. */
export interface WebCaller {
  wire: CallWire;
  readonly isOver: boolean;
  leave(): void;
}

export interface WebCallToJoin {
  serverUrl: string;
  token: string;
}

const SUITE = "AES_CM_128_HMAC_SHA1_80";
const PAYLOAD_TYPE = 111;
const TICKS_PER_FRAME = 960;
const TICKS_PER_SAMPLE = 6;
/** Louder than any line noise, softer than any voice. */
const LOUD = 600;

export async function joinAsBrowser(
  call: WebCallToJoin,
  ssrc: number,
  onJoined: () => void,
): Promise<WebCaller> {
  const [subscriber, publisher] = await Promise.all([openBrowserPeer(), openBrowserPeer()]);
  const socket = new WebSocket(
    `${call.serverUrl}/rtc?access_token=${call.token}&auto_subscribe=1&protocol=15`,
  );
  socket.binaryType = "arraybuffer";
  let isOver = false;
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => undefined);
  const say = (message: SignalRequest["message"]) => socket.send(new SignalRequest({ message }).toBinary());
  const describe = (type: "offer" | "answer", sdp: string, id: number) =>
    say({ case: type, value: new SessionDescription({ type, sdp, id }) });

  socket.addEventListener("close", ({ code, reason }) => {
    isOver = true;
    failed.reject(new Error(`the WebSocket was closed: ${code} ${reason}`));
  });
  socket.addEventListener("message", ({ data }) => {
    const { message } = SignalResponse.fromBinary(new Uint8Array(data as ArrayBuffer));
    if (message.case === "join") {
      onJoined();
      say({
        case: "addTrack",
        value: new AddTrackRequest({ cid: "microphone", source: TrackSource.MICROPHONE }),
      });
      describe("offer", sdpOf(publisher, "sendonly", "actpass", [`a=ssrc:${ssrc} cname:bench`]), 1);
    }
    if (message.case === "offer") {
      describe("answer", sdpOf(subscriber, "recvonly", "active", []), message.value.id);
      subscriber.start(message.value.sdp);
    }
    if (message.case === "answer") publisher.start(message.value.sdp);
    if (message.case === "leave") isOver = true;
  });
  const pings = setInterval(() => say({ case: "ping", value: BigInt(Date.now()) }), 5_000);

  const [heard, spoken] = await Promise.race([
    Promise.all([subscriber.keys, publisher.keys]),
    failed.promise,
  ]);
  return {
    wire: wireOf({ subscriber, publisher, ssrc, receiveKey: heard.theirs, sendKey: spoken.ours }),
    get isOver() {
      return isOver;
    },
    leave() {
      clearInterval(pings);
      if (socket.readyState === WebSocket.OPEN) say({ case: "leave", value: new LeaveRequest() });
      socket.close();
    },
  };
}

function wireOf(options: {
  subscriber: BrowserPeer;
  publisher: BrowserPeer;
  ssrc: number;
  sendKey: string;
  receiveKey: string;
}): CallWire {
  const { subscriber, publisher } = options;
  const sender = createSrtpSender(SUITE, options.sendKey);
  const receiver = createSrtpReceiver(SUITE, options.receiveKey);
  const codec = createOpusCodec();
  let first: number | undefined;
  return {
    ticksPerFrame: TICKS_PER_FRAME,
    send(payload, { sequence, timestamp }) {
      const { ssrc } = options;
      const header = { payloadType: PAYLOAD_TYPE, sequence, timestamp, ssrc, isMarked: false };
      const packet = writeRtp(header, payload, sender.tagBytes);
      sender.protect(packet);
      publisher.sendRtp(packet);
    },
    onFrame(listener) {
      subscriber.onRtp((packet) => {
        const opened = receiver.open(packet);
        if (typeof opened === "string" || (opened[1]! & 0x7f) !== PAYLOAD_TYPE) return;
        const timestamp = opened.readUInt32BE(4);
        first ??= timestamp;
        const samples = codec.decode(opened.subarray(12));
        listener(
          ((timestamp - first) | 0) / TICKS_PER_SAMPLE,
          samples?.some((each) => Math.abs(each) > LOUD) ?? false,
        );
      });
    },
    close() {
      codec.close();
      subscriber.close();
      publisher.close();
    },
  };
}

/** Samples at 8,000 a second as Opus frames of 20 ms. */
export async function opusFramesOf(samples: Int16Array): Promise<Uint8Array[]> {
  const codec = createOpusCodec();
  const into = new Uint8Array(codec.mostFrameBytes);
  const silence = new Int16Array(160);
  // It is made in a promise's time.
  while (codec.encode(silence, into) === 0) await new Promise((resolve) => setImmediate(resolve));
  const frames = Array.from({ length: Math.floor(samples.length / 160) }, (_, index) => {
    const bytes = codec.encode(samples.slice(index * 160, (index + 1) * 160), into);
    return into.slice(0, bytes);
  });
  codec.close();
  return frames;
}

export function sdpOf(peer: BrowserPeer, direction: string, setup: string, more: readonly string[]): string {
  const lines = [
    "v=0",
    "o=- 1 1 IN IP4 127.0.0.1",
    "s=-",
    "t=0 0",
    "a=group:BUNDLE 0",
    `m=audio 9 UDP/TLS/RTP/SAVPF ${PAYLOAD_TYPE}`,
    "c=IN IP4 0.0.0.0",
    ...peer.lines,
    `a=setup:${setup}`,
    "a=mid:0",
    `a=${direction}`,
    "a=rtcp-mux",
    `a=rtpmap:${PAYLOAD_TYPE} opus/48000/2`,
    ...more,
    "",
  ];
  return lines.join("\r\n");
}
