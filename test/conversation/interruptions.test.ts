import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { prepareConversations } from "../../src/conversation/agent-session.ts";
import { createEspeak, type Espeak } from "../../src/speech/tts/espeak.ts";
import { createPacer } from "../../src/telephony/rtp/pacer.ts";
import { createRtpPorts } from "../../src/telephony/rtp/rtp-ports.ts";
import { startRtpSession, type RtpSession } from "../../src/telephony/rtp/rtp-session.ts";
import { startTalk, telephoneSpeech, until, type Talk } from "../harness/conversation.ts";
import { isLoud } from "../harness/fake-media.ts";

// Two real RTP sessions over loopback, the assistant behind one, a caller who keeps interrupting behind the other.

const TIMES = 20;
const STORY =
  "This is a long story about a ship that sailed from Rotterdam to Batavia with cloth and cheese. ".repeat(3);
let espeak: Espeak;
let words: Int16Array;
let sessions: RtpSession[] = [];
let talk: Talk;

beforeAll(async () => {
  prepareConversations();
  espeak = createEspeak();
  words = await telephoneSpeech(espeak, "Please stop it right now");
});
afterAll(() => espeak.stop());
afterEach(async () => {
  await talk.conversation.stop();
  for (const session of sessions.splice(0)) session.close();
});

async function connect(): Promise<[RtpSession, RtpSession]> {
  const ports = createRtpPorts({ first: 21_660, last: 21_699 });
  const pacer = createPacer(systemClock);
  const opened = [(await ports.open("127.0.0.1"))!, (await ports.open("127.0.0.1"))!] as const;
  const [assistant, caller] = opened.map(({ socket, release }, index) =>
    startRtpSession({
      socket,
      release,
      pacer,
      clock: systemClock,
      parameters: {
        remote: { address: "127.0.0.1", port: opened[1 - index]!.port },
        codec: "PCMA",
        payloadType: 8,
        telephoneEventPayloadType: 101,
        maySend: true,
        mayReceive: true,
      },
      mediaTimeoutMs: 60_000,
      onTimeout: () => undefined,
    }),
  ) as [RtpSession, RtpSession];
  sessions = [assistant, caller];
  return [assistant, caller];
}

test(`${TIMES} interruptions in a row: each one stops the assistant, and each is answered`, async () => {
  const [assistant, caller] = await connect();
  let quietMs = Infinity;
  caller.media.onAudio((frame) => (quietMs = isLoud(frame) ? 0 : quietMs + 20));
  talk = await startTalk({
    media: assistant.media,
    espeak,
    configuration: {
      first_message: STORY,
      stt_config: {
        provider: "scripted",
        utterances: Array.from({ length: TIMES * 3 }, (_, at) => `Stop ${at}.`),
      },
      llm_config: { provider: "scripted", script: [{ on: "user", match: "Stop", say: STORY }] },
      // It must not count as speech of the caller's.
      speech_config: { background_audio: { enabled: true, clip: "forest", volume: 0.05 } },
    },
  });
  const interruptions = () => talk.activities.filter((type) => type === "assistant-interrupted").length;
  for (let time = 0; time < TIMES; time++) {
    // In the middle of a turn. A stalled machine may hear one interruption as two: both have to be answered.
    await until(() => quietMs === 0 && talk.activities.at(-1) === "assistant-speaking", 30_000);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const before = interruptions();
    caller.media.play(words);
    await until(() => interruptions() > before, 30_000);
  }
  await until(() => quietMs === 0 && talk.activities.at(-1) === "assistant-speaking", 30_000);
  const lines = talk.lines();
  const cuts = lines.filter((line) => line.startsWith("assistant: "));
  expect(cuts.length).toBe(interruptions());
  for (const [index, line] of lines.entries()) {
    if (!cuts.includes(line)) continue;
    const cut = line.replace("assistant: ", "");
    expect(STORY.startsWith(cut), cut).toBe(true);
    expect(cut.length).toBeLessThan(STORY.length / 2);
    expect(lines[index + 1], lines.slice(Math.max(0, index - 2), index + 4).join("\n")).toMatch(
      /^user: Stop/,
    );
  }
}, 300_000);
