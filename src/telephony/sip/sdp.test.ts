import { describe, expect, test } from "vitest";
import { readSdp, writeAnswer, writeOffer } from "./sdp.ts";

const offer = (media: string, session = "c=IN IP4 192.0.2.5") =>
  `v=0\r\no=- 1 1 IN IP4 192.0.2.5\r\ns=-\r\n${session ? `${session}\r\n` : ""}t=0 0\r\n${media.trim().replace(/\n\s*/g, "\r\n")}\r\n`;

describe("readSdp", () => {
  test.each([
    [
      "static types without rtpmap",
      "m=audio 4000 RTP/AVP 0 8",
      { codec: "PCMU", payloadType: 0, telephoneEventPayloadType: undefined },
    ],
    ["the offerer's order", "m=audio 4000 RTP/AVP 8 0", { codec: "PCMA", payloadType: 8 }],
    ["past codecs that we lack", "m=audio 4000 RTP/AVP 9 18 8\na=rtpmap:18 G729/8000", { codec: "PCMA" }],
    [
      "Opus, with the digits of its clock",
      "m=audio 4000 RTP/AVP 96 8 101 102\na=rtpmap:96 OPUS/48000/2\na=rtpmap:101 telephone-event/8000\na=rtpmap:102 telephone-event/48000",
      { codec: "opus", payloadType: 96, telephoneEventPayloadType: 102, telephoneEventClockRateHz: 48_000 },
    ],
    [
      "Opus with the digits of old",
      "m=audio 4000 RTP/AVP 96 101\na=rtpmap:96 opus/48000/2\na=rtpmap:101 telephone-event/8000",
      { codec: "opus", telephoneEventPayloadType: 101, telephoneEventClockRateHz: 8_000 },
    ],
    ["a dynamic type", "m=audio 4000 RTP/AVP 97\na=rtpmap:97 PCMA/8000", { codec: "PCMA", payloadType: 97 }],
    [
      "telephone-event",
      "m=audio 4000 RTP/AVP 0 96\na=rtpmap:96 telephone-event/8000",
      { telephoneEventPayloadType: 96 },
    ],
    ["sendonly as hold", "m=audio 4000 RTP/AVP 0\na=sendonly", { maySend: false, mayReceive: true }],
    ["recvonly", "m=audio 4000 RTP/AVP 0\na=recvonly", { maySend: true, mayReceive: false }],
    ["inactive", "m=audio 4000 RTP/AVP 0\na=inactive", { maySend: false, mayReceive: false }],
    [
      "the media's own address",
      "m=audio 4000 RTP/AVP 0\nc=IN IP4 192.0.2.9",
      { remote: { address: "192.0.2.9", port: 4000 } },
    ],
    ["zeros as hold", "m=audio 4000 RTP/AVP 0\nc=IN IP4 0.0.0.0", { maySend: false }],
    [
      "audio behind video",
      "m=video 5000 RTP/AVP 96\nm=audio 4000 RTP/AVP 0",
      { codec: "PCMU", remote: { port: 4000 } },
    ],
  ])("reads %s", (_sentence, media, parameters) => {
    expect(readSdp(offer(media))).toMatchObject({ outcome: "usable", parameters });
  });

  test.each([
    ["only other codecs", offer("m=audio 4000 RTP/AVP 9 18")],
    ["a dynamic type without its name", offer("m=audio 4000 RTP/AVP 111")],
    ["another rate", offer("m=audio 4000 RTP/AVP 97\na=rtpmap:97 PCMU/16000")],
    ["SRTP without a key", offer("m=audio 4000 RTP/SAVP 0")],
    ["SRTP by DTLS", offer("m=audio 4000 UDP/TLS/RTP/SAVPF 0\na=fingerprint:sha-256 AA")],
    ["no audio", offer("m=video 4000 RTP/AVP 96")],
    ["refused audio", offer("m=audio 0 RTP/AVP 0")],
    ["a port that is none", offer("m=audio 70000 RTP/AVP 0")],
    ["a payload type that is none", offer("m=audio 4000 RTP/AVP 200\na=rtpmap:200 PCMU/8000")],
    ["a name for an address", offer("m=audio 4000 RTP/AVP 0", "c=IN IP4 media.example.com")],
    ["no address", offer("m=audio 4000 RTP/AVP 0", "")],
    ["no SDP", "hello"],
    ["nothing", ""],
  ])("finds %s unusable", (_sentence, text) => {
    expect(readSdp(text)).toMatchObject({ outcome: "unusable", problem: expect.any(String) });
  });
});

describe("writeAnswer", () => {
  const local = { address: "127.0.0.1", port: 10_000, sessionId: 7, version: 2 };
  const answerTo = (media: string) => {
    const read = readSdp(offer(media));
    if (read.outcome !== "usable") throw new Error(read.problem);
    return writeAnswer(read, local);
  };

  test("names one codec under the offer's number, and refuses what it does not use", () => {
    const answer = answerTo(
      "m=video 5000 RTP/AVP 96\nm=audio 4000 RTP/AVP 97 0 101\na=rtpmap:97 PCMA/8000\na=rtpmap:101 telephone-event/8000",
    );
    expect(answer).toContain("o=switchhook 7 2 IN IP4 127.0.0.1");
    expect(answer).toContain("m=video 0 RTP/AVP 96");
    expect(answer).toContain("m=audio 10000 RTP/AVP 97 101");
    expect(answer).toContain("a=rtpmap:97 PCMA/8000");
    expect(answer).not.toContain("PCMU");
  });

  test.each([
    ["a=sendrecv", "a=sendrecv"],
    ["a=sendonly", "a=recvonly"],
    ["a=recvonly", "a=sendonly"],
    ["a=inactive", "a=inactive"],
  ])("answers %s with %s (RFC 3264, 6.1)", (offered, answered) => {
    expect(answerTo(`m=audio 4000 RTP/AVP 0\n${offered}`)).toContain(answered);
  });

  test("can read its own offer", () => {
    expect(readSdp(writeOffer(local, ["PCMA", "PCMU"]))).toMatchObject({
      outcome: "usable",
      parameters: {
        codec: "PCMA",
        telephoneEventPayloadType: 101,
        remote: { address: "127.0.0.1", port: 10_000 },
      },
    });
  });

  test("names Opus as RFC 7587 asks, and asks for no more of the spectrum than is heard", () => {
    const answer = answerTo("m=audio 4000 RTP/AVP 96 0\na=rtpmap:96 opus/48000/2\na=fmtp:96 useinbandfec=1");
    expect(answer).toContain("m=audio 10000 RTP/AVP 96\r\n");
    expect(answer).toContain("a=rtpmap:96 opus/48000/2");
    expect(answer).toContain("a=fmtp:96 maxplaybackrate=8000;sprop-maxcapturerate=8000;stereo=0");
  });
});

describe("SRTP", () => {
  const local = { address: "127.0.0.1", port: 10_000, sessionId: 7, version: 2 };
  const KEY = Buffer.alloc(30, 1).toString("base64");
  const crypto = `a=crypto:3 AES_CM_128_HMAC_SHA1_80 inline:${KEY}`;
  const usable = (media: string) => {
    const read = readSdp(offer(media));
    if (read.outcome !== "usable") throw new Error(read.problem);
    return read;
  };

  test.each([
    ["the secure profile", `m=audio 4000 RTP/SAVP 0\n${crypto}`, 4_000, 1],
    ["the plain one with a key", `m=audio 4000 RTP/AVP 0\n${crypto}`, 4_000, 1],
    [
      "the secure line of two, behind",
      `m=audio 4000 RTP/AVP 0\nm=audio 4002 RTP/SAVP 0\n${crypto}`,
      4_002,
      1,
    ],
    [
      "the secure line of two, before",
      `m=audio 4002 RTP/SAVP 0\n${crypto}\nm=audio 4000 RTP/AVP 0`,
      4_002,
      1,
    ],
    [
      "the plain line where the other's key is none",
      "m=audio 4002 RTP/SAVP 0\na=crypto:1 X inline:AA\nm=audio 4000 RTP/AVP 0",
      4_000,
      0,
    ],
    [
      "the plain line where the secure one has no codec of ours",
      `m=audio 4002 RTP/SAVP 18\n${crypto}\nm=audio 4000 RTP/AVP 0`,
      4_000,
      0,
    ],
    ["with feedback", `m=audio 4000 RTP/SAVPF 0\n${crypto}`, 4_000, 1],
  ])("takes %s", (_sentence, media, port, keys) => {
    const read = usable(media);
    expect(read.parameters.remote.port).toBe(port);
    expect(read.crypto).toHaveLength(keys);
  });

  test("answers in the same profile with our key under the taken tag", () => {
    const read = usable(`m=audio 4000 RTP/AVP 0\nm=audio 4002 RTP/SAVP 0\n${crypto}`);
    const ours = Buffer.alloc(30, 9).toString("base64");
    const answer = writeAnswer(read, local, { tag: 3, suite: "AES_CM_128_HMAC_SHA1_80", key: ours });
    expect(answer).toContain("m=audio 0 RTP/AVP 0");
    expect(answer).toContain("m=audio 10000 RTP/SAVP 0");
    expect(answer).toContain(`a=crypto:3 AES_CM_128_HMAC_SHA1_80 inline:${ours}`);
    expect(answer).not.toContain(KEY);
  });

  test.each([
    [true, "m=audio 10000 RTP/SAVP 8"],
    [false, "m=audio 10000 RTP/AVP 8"],
  ])("offers (required: %s) %s", (isRequired, line) => {
    const lines = [{ tag: 1, suite: "AES_CM_128_HMAC_SHA1_80" as const, key: KEY }];
    const text = writeOffer(local, ["PCMA"], "sendrecv", { lines, isRequired });
    expect(text).toContain(line);
    expect(text).toContain(`a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${KEY}`);
  });
});

// Found by `npm run fuzz:sip`.
test.each(["a=rtpmap: 2147483648", "a=rtpmap:101 5/8000", "a=rtpmap:8"])(
  "a line of no use, %s, is passed over",
  (line) => {
    const text = `v=0\r\no=a 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0 101\r\n${line}\r\n`;
    expect(readSdp(text)).toMatchObject({ outcome: "usable", parameters: { codec: "PCMU" } });
  },
);
