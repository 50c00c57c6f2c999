import { DataPacket } from "@livekit/protocol";
import { describe, expect, it } from "vitest";
import { createIncomingData, MOST_TEXT_BYTES } from "./incoming-data.ts";

type Value = NonNullable<NonNullable<ConstructorParameters<typeof DataPacket>[0]>["value"]>;
const bytes = (text: string) => new TextEncoder().encode(text);

function read(...packets: (Value | { sequence: number; value: Value })[]) {
  const heard: unknown[] = [];
  const incoming = createIncomingData({
    text: (text) => heard.push({ text }),
    data: ({ topic, payload }) => heard.push({ topic, payload: Buffer.from(payload).toString() }),
    digit: (digit) => heard.push({ digit }),
    answer: ({ case: name }) => heard.push({ answer: name }),
  });
  for (const each of packets) {
    const packet = "sequence" in each ? each : { value: each };
    incoming.read(new DataPacket(packet).toBinary());
  }
  return { heard, lastSequence: incoming.lastSequence, incoming };
}

const header = (topic: string, more = {}, streamId = "s"): Value => ({
  case: "streamHeader",
  value: { streamId, topic, contentHeader: { case: "textHeader", value: {} }, ...more },
});
const chunk = (text: string, streamId = "s"): Value => ({
  case: "streamChunk",
  value: { streamId, content: bytes(text) },
});
const trailer = (reason = "", streamId = "s"): Value => ({
  case: "streamTrailer",
  value: { streamId, reason },
});
const user = (topic: string, payload: string): Value => ({
  case: "user",
  value: { topic, payload: bytes(payload) },
});
const dtmf = (digit: string): Value => ({ case: "sipDtmf", value: { digit } });

describe("what a page sends", () => {
  it.each<[string, Value[], unknown[]]>([
    ["a text stream", [header("lk.chat"), chunk("Hel"), chunk("lo"), trailer()], [{ text: "Hello" }]],
    ["a character cut in two", cutCharacter(), [{ text: "é" }]],
    ["text in the header itself", [header("lk.chat", { inlineContent: bytes("Hi") })], [{ text: "Hi" }]],
    ["a chat message", [{ case: "chatMessage", value: { message: "Hi" } }], [{ text: "Hi" }]],
    ["one of older components", [user("lk-chat-topic", `{"message":"Hi"}`)], [{ text: "Hi" }]],
    ["one that is none", [user("lk-chat-topic", `["Hi"]`), user("lk-chat-topic", "{")], []],
    ["nothing but spaces", [header("lk.chat"), chunk("  \n"), trailer()], []],
    ["a stream that was given up", [header("lk.chat"), chunk("Hi"), trailer("aborted")], []],
    ["a chunk of no stream", [chunk("Hi"), trailer()], []],
    ["compressed text", [header("lk.chat", { compression: 1 }), chunk("Hi"), trailer()], []],
    [
      "a stream of the page's own",
      [header("notes"), chunk("a"), trailer()],
      [{ topic: "notes", payload: "a" }],
    ],
    ["data of the page's own", [user("notes", "a")], [{ topic: "notes", payload: "a" }]],
    ["data that looks like LiveKit's", [user("lk.transcription", "a")], []],
    ["digits", [dtmf("5"), dtmf("#"), dtmf("d")], [{ digit: "5" }, { digit: "#" }, { digit: "D" }]],
    ["no digit", [dtmf("55"), dtmf(""), dtmf("x")], []],
    [
      "a call of a method",
      [{ case: "rpcRequest", value: { id: "1", method: "dance" } }],
      [{ answer: "rpcAck" }, { answer: "rpcResponse" }],
    ],
    ["what is for others", [{ case: "metrics", value: {} }, { case: undefined }], []],
    ["too long a text", [header("lk.chat"), ...tooLong(), trailer()], []],
    ["too long a header", [header("lk.chat", { inlineContent: new Uint8Array(MOST_TEXT_BYTES + 1) })], []],
  ])("%s", (_name, packets, expected) => {
    expect(read(...packets).heard).toEqual(expected);
  });

  it("is taken once, when a client repeats after a break what we may have missed", () => {
    const say = (sequence: number) => ({ sequence, value: user("n", String(sequence)) });
    const { heard, lastSequence } = read(say(1), say(2), say(2), say(1), say(3));
    expect(heard.map((each) => (each as { payload: string }).payload)).toEqual(["1", "2", "3"]);
    expect(lastSequence).toBe(3);
  });

  it("harms nobody when it cannot be read", () => {
    const { heard, incoming } = read();
    for (const message of ["", "\x0a\xff\xff\xff", "hello", "\x00\x01\x02"])
      incoming.read(Buffer.from(message, "latin1"));
    expect(heard).toEqual([]);
  });

  it("forgets the oldest of many unfinished streams", () => {
    const openings = Array.from({ length: 9 }, (_, index) => header("lk.chat", {}, `s${index}`));
    const { heard } = read(
      ...openings,
      chunk("old", "s0"),
      trailer("", "s0"),
      chunk("new", "s8"),
      trailer("", "s8"),
    );
    expect(heard).toEqual([{ text: "new" }]);
  });
});

function cutCharacter(): Value[] {
  const [first, second] = bytes("é");
  const part = (byte: number): Value => ({
    case: "streamChunk",
    value: { streamId: "s", content: new Uint8Array([byte]) },
  });
  return [header("lk.chat"), part(first!), part(second!), trailer()];
}

function tooLong(): Value[] {
  return Array.from({ length: 4 }, () => chunk("x".repeat(MOST_TEXT_BYTES / 3)));
}
