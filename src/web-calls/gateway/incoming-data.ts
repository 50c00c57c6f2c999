import {
  DataPacket,
  DataStream_CompressionType,
  type DataStream_Header,
  RpcAck,
  RpcError,
  RpcResponse,
} from "@livekit/protocol";
import { z } from "zod";
import type { Digit } from "../../telephony/carrier.ts";
import type { WebData } from "../web-carrier.ts";
import { dispatch, type CaseHandlers } from "./oneof.ts";

/** What a page sends over its data channels, read: text, digits, and data of its own. */
export interface IncomingData {
  /** One message of a channel. What cannot be read is dropped: it is the page's, and harms nobody. */
  read(message: Uint8Array): void;
  /** of the page's reliable messages, the newest: after a break it repeats what came after */
  readonly lastSequence: number;
}

/** Typed text longer than this is no turn of a conversation. */
export const MOST_TEXT_BYTES = 32_768;
const MOST_STREAMS = 8;
const CHAT_TOPIC = "lk.chat";
/** of LiveKit's components before text streams */
const OLD_CHAT_TOPIC = "lk-chat-topic";
/** LiveKit's own: nothing of the page's may look like it */
const RESERVED_PREFIX = "lk.";
/** https://docs.livekit.io: "Method not supported at destination" */
const UNSUPPORTED_METHOD = 1_400;

const oldChatMessage = z.object({ message: z.string() });
const digits = z.enum(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "#", "A", "B", "C", "D"]);

interface Stream {
  topic: string;
  isText: boolean;
  chunks: Uint8Array[];
  bytes: number;
}

export function createIncomingData(on: {
  text: (text: string) => void;
  data: (data: WebData) => void;
  digit: (digit: Digit) => void;
  /** to the page, over the reliable channel */
  answer: (packet: DataPacket["value"]) => void;
}): IncomingData {
  const streams = new Map<string, Stream>();
  let lastSequence = 0;

  function takeText(bytes: Uint8Array): void {
    const text = new TextDecoder().decode(bytes).trim();
    if (text.length > 0) on.text(text);
  }

  function takeUser(topic: string, payload: Uint8Array): void {
    if (topic === OLD_CHAT_TOPIC) {
      const message = oldChatMessage.safeParse(parseJson(payload));
      if (message.success) takeText(new TextEncoder().encode(message.data.message));
      return;
    }
    if (!topic.startsWith(RESERVED_PREFIX)) on.data({ topic, payload });
  }

  function finish({ topic, isText, chunks }: Stream): void {
    const content = Buffer.concat(chunks);
    if (topic === CHAT_TOPIC) {
      if (isText) takeText(content);
    } else takeUser(topic, content);
  }

  function open(header: DataStream_Header): void {
    // Compressed ones are sent to those only who say that they take them.
    if (header.compression !== DataStream_CompressionType.NONE) return;
    const stream: Stream = {
      topic: header.topic,
      isText: header.contentHeader.case === "textHeader",
      chunks: [],
      bytes: 0,
    };
    if (header.inlineContent) {
      if (header.inlineContent.length > MOST_TEXT_BYTES) return;
      stream.chunks.push(header.inlineContent);
      finish(stream);
      return;
    }
    // One that was never finished makes room for the next.
    const [oldest] = streams.keys();
    if (streams.size >= MOST_STREAMS && oldest !== undefined) streams.delete(oldest);
    streams.set(header.streamId, stream);
  }

  function add(streamId: string, content: Uint8Array): void {
    const stream = streams.get(streamId);
    if (!stream) return;
    stream.bytes += content.length;
    if (stream.bytes > MOST_TEXT_BYTES) streams.delete(streamId);
    else stream.chunks.push(content);
  }

  const handlers: CaseHandlers<DataPacket["value"]> = {
    user: ({ topic, payload }) => takeUser(topic ?? "", payload),
    chatMessage: ({ message }) => takeText(new TextEncoder().encode(message)),
    sipDtmf(dtmf) {
      const digit = digits.safeParse(dtmf.digit.toUpperCase());
      if (digit.success) on.digit(digit.data);
    },
    streamHeader: open,
    streamChunk: ({ streamId, content }) => add(streamId, content),
    streamTrailer({ streamId, reason }) {
      const stream = streams.get(streamId);
      streams.delete(streamId);
      if (stream && reason === "") finish(stream);
    },
    rpcRequest({ id: requestId }) {
      // Acknowledged first: the caller would wait for that, and then give up with another error.
      on.answer({ case: "rpcAck", value: new RpcAck({ requestId }) });
      const error = new RpcError({
        code: UNSUPPORTED_METHOD,
        message: "Method not supported at destination",
      });
      const value = new RpcResponse({ requestId, value: { case: "error", value: error } });
      on.answer({ case: "rpcResponse", value });
    },
  };

  return {
    read(message) {
      let packet: DataPacket;
      try {
        packet = DataPacket.fromBinary(message);
      } catch {
        return;
      }
      if (packet.sequence > 0) {
        if (packet.sequence <= lastSequence) return;
        lastSequence = packet.sequence;
      }
      dispatch(packet.value, handlers);
    },
    get lastSequence() {
      return lastSequence;
    },
  };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
