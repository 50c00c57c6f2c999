import { describe, expect, it } from "vitest";
import { readDescription, writeAnswer, writeOffer, type RemoteDescription } from "./room-sdp.ts";

const FINGERPRINT = Array.from({ length: 32 }, () => "AB").join(":");
const local = {
  ufrag: "ours",
  password: "our-password-of-22-chars",
  fingerprint: FINGERPRINT,
  candidates: [
    { address: "203.0.113.9", port: 5_004 },
    { address: "10.0.0.5", port: 5_004 },
  ],
  sessionId: 1,
  version: 1,
};

const audio = (mid: number | string, more: string[] = ["a=sendonly", "a=ssrc:1234 cname:x"]) => [
  "m=audio 9 UDP/TLS/RTP/SAVPF 63 111 0",
  "c=IN IP4 0.0.0.0",
  `a=mid:${mid}`,
  "a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level",
  "a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time",
  "a=rtpmap:63 red/48000/2",
  "a=rtpmap:111 opus/48000/2",
  "a=rtpmap:0 PCMU/8000",
  ...more,
];
const video = [
  "m=video 9 UDP/TLS/RTP/SAVPF 96",
  "c=IN IP4 0.0.0.0",
  "a=mid:2",
  "a=sendonly",
  "a=rtpmap:96 VP8/90000",
];
const data = [
  "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
  "c=IN IP4 0.0.0.0",
  "a=mid:1",
  "a=sctp-port:5000",
];

function offer(...media: string[][]): string {
  const session = [
    "v=0",
    "o=- 1 2 IN IP4 127.0.0.1",
    "s=-",
    "t=0 0",
    "a=ice-ufrag:theirs",
    "a=ice-pwd:their-password-of-22-ch",
    `a=fingerprint:sha-256 ${FINGERPRINT}`,
  ];
  return [...session, ...media.flat(), ""].join("\r\n");
}

function read(...media: string[][]): RemoteDescription {
  const result = readDescription(offer(...media));
  if (result.outcome === "unusable") throw new Error(result.problem);
  return result.description;
}

/** The m-lines of an answer, each with its direction and whether it is in the bundle. */
function taken(...media: string[][]) {
  const text = writeAnswer(read(...media), local);
  const bundle = /a=group:BUNDLE(.*)/.exec(text)?.[1]?.trim().split(" ") ?? [];
  return text
    .split("\r\nm=")
    .slice(1)
    .map((section) => ({
      line: section.split("\r\n")[0],
      direction: /a=(sendrecv|sendonly|recvonly|inactive)/.exec(section)?.[1],
      isBundled: bundle.includes(/a=mid:(\S+)/.exec(section)?.[1] ?? ""),
    }));
}

const microphone = { line: "audio 9 UDP/TLS/RTP/SAVPF 111", direction: "recvonly", isBundled: true };
const channels = {
  line: "application 9 UDP/DTLS/SCTP webrtc-datachannel",
  direction: undefined,
  isBundled: true,
};
const noCamera = { line: "video 0 UDP/TLS/RTP/SAVPF 96", direction: "inactive", isBundled: false };
const noAudio = { line: "audio 0 UDP/TLS/RTP/SAVPF 63 111 0", direction: "inactive", isBundled: false };

describe("a browser's offer", () => {
  it("names its certificate, its credentials and its microphone", () => {
    expect(
      read(data, audio(0, ["a=sendonly", "a=msid:s track-1", "a=ssrc:1234 cname:x", "a=ssrc:1234 msid:a b"])),
    ).toMatchObject({
      fingerprints: [{ algorithm: "sha-256", value: FINGERPRINT }],
      ufrag: "theirs",
      microphone: { mid: "0", payloadType: 111, ssrcs: [1_234], trackId: "track-1", levelExtensionId: 1 },
    });
  });

  it.each<[string, string[][], unknown[]]>([
    ["data alone", [data], [channels]],
    ["a microphone", [data, audio(0)], [channels, microphone]],
    ["a camera too", [data, audio(0), video], [channels, microphone, noCamera]],
    ["a second one with sound", [audio(0), data, audio(3)], [noAudio, channels, microphone]],
    [
      "a microphone that was taken away",
      [data, audio(0, ["a=inactive"])],
      [channels, { ...microphone, direction: "inactive" }],
    ],
    [
      "audio that the browser would only receive",
      [audio(0, ["a=recvonly"]), data],
      [{ ...microphone, direction: "inactive" }, channels],
    ],
    [
      "audio without Opus",
      [
        [
          "m=audio 9 UDP/TLS/RTP/SAVPF 0",
          "c=IN IP4 0.0.0.0",
          "a=mid:0",
          "a=rtpmap:0 PCMU/8000",
          "a=sendonly",
        ],
      ],
      [{ line: "audio 0 UDP/TLS/RTP/SAVPF 0", direction: "inactive", isBundled: false }],
    ],
  ])("is answered: %s", (_name, media, expected) => {
    expect(taken(...media)).toEqual(expected);
  });

  it("is answered as a lite agent that waits for the handshake, without redundancy", () => {
    const answer = writeAnswer(read(data, audio(0)), local);
    for (const line of [
      "a=ice-lite",
      "a=setup:passive",
      "a=candidate:1 1 udp 2130706431 203.0.113.9 5004 typ host",
      "a=candidate:2 1 udp 2130706175 10.0.0.5 5004 typ host",
      "a=end-of-candidates",
      "a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level",
    ])
      expect(answer).toContain(`${line}\r\n`);
    expect(answer).not.toContain("red/48000");
  });

  it.each([
    ["nothing", ""],
    ["noise", "\u0000\u0001hello"],
    [
      "no certificate",
      "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n",
    ],
  ])("is none: %s", (_name, text) => {
    expect(readDescription(text)).toMatchObject({ outcome: "unusable" });
  });
});

describe("our offer", () => {
  it("names the track as LiveKit's clients look for it", () => {
    const text = writeOffer({ streamId: "PA_1|TR_1", trackSid: "TR_1", ssrc: 99 }, local);
    for (const line of [
      "a=msid:PA_1|TR_1 TR_1",
      "a=ssrc:99 msid:PA_1|TR_1 TR_1",
      "a=sendonly",
      "a=setup:actpass",
    ])
      expect(text).toContain(`${line}\r\n`);
  });
});
