import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { AssistantConfiguration } from "../../src/assistants/configuration.ts";
import { prepareConversations } from "../../src/conversation/agent-session.ts";
import { createEspeak, type Espeak } from "../../src/speech/tts/espeak.ts";
import { join, silence, startTalk, telephoneSpeech, until, type Talk } from "../harness/conversation.ts";
import { createFakeMedia, isLoud, type FakeMedia } from "../harness/fake-media.ts";
import { startOpenAiServer } from "../harness/openai-server.ts";
import { tone } from "../harness/tone.ts";

// Each test waits for speech in real time; they run side by side, on whatever the machine has left.
vi.setConfig({ testTimeout: 60_000, maxConcurrency: 4 });

let espeak: Espeak;
let question: Int16Array;
let greeting: Int16Array;
const GREETING = "You have reached Jane. Please leave a message after the tone.";
const OPENER = "Hello, this is the desk of the company, and I am calling about your order of last week.";

beforeAll(async () => {
  prepareConversations();
  espeak = createEspeak();
  question = await telephoneSpeech(espeak, "When do you close today?");
  greeting = await telephoneSpeech(espeak, GREETING);
});
afterAll(() => espeak.stop());

async function withTalk(
  configuration: AssistantConfiguration,
  run: (talk: Talk, media: FakeMedia) => Promise<void>,
  more: Partial<Parameters<typeof startTalk>[0]> = {},
): Promise<void> {
  const media = createFakeMedia();
  const talk = await startTalk({ configuration, media, espeak, ...more });
  try {
    await run(talk, media);
  } finally {
    await talk.conversation.stop();
    media.close();
  }
}

const says = (...utterances: string[]) => ({ stt_config: { provider: "scripted", utterances } });
const answers = (...script: object[]) => ({ llm_config: { provider: "scripted", script } });

/** How many loud frames were heard in all: held speech must not lose any. */
const loudMs = ({ heard }: FakeMedia) => heard.filter(isLoud).length * 20;

test.concurrent("a silent caller is asked, asked again, and hung up on; words of the caller begin it anew", () =>
  withTalk(
    {
      ...says("I am here."),
      ...answers({ on: "user", match: "here", say: "Good." }),
      autonomous_silence_handling: true,
      silence_timeout_seconds: 1,
      speech_config: {
        silence: {
          messages: ["Hello?", "Still there?"],
          final_message: "Goodbye then.",
          first_check_seconds: 1,
          interval_seconds: 1.5,
          max_attempts: 2,
        },
      },
    },
    async (talk, media) => {
      await media.untilQuiet(400);
      media.speak(question);
      expect(await talk.conversation.ended).toEqual({ reason: "silence-timeout" });
      expect(talk.lines()).toEqual([
        "assistant: Hello?",
        "user: I am here.",
        "assistant: Good.",
        "assistant: Hello?",
        "assistant: Still there?",
        "assistant: Goodbye then.",
      ]);
      expect(media.queuedSamples).toBe(0);
    },
  ));

test.concurrent("without messages the model finds the words, told what has happened", async () => {
  const server = await startOpenAiServer();
  server.chat.push({ type: "say", text: "Are you with me?" }, { type: "say", text: "Then goodbye." });
  try {
    await withTalk(
      {
        llm_config: { provider: "openai", model: "gpt-5.4" },
        autonomous_silence_handling: true,
        silence_timeout_seconds: 1,
        speech_config: { silence: { first_check_seconds: 1, max_attempts: 1 } },
      },
      async (talk) => {
        expect(await talk.conversation.ended).toEqual({ reason: "silence-timeout" });
        expect(talk.lines()).toEqual(["assistant: Are you with me?", "assistant: Then goodbye."]);
        const bodies = server.requests.map(({ body }) => JSON.stringify(body));
        expect(bodies[0]).toContain("attempt 1 of 1");
        expect(bodies[1]).toContain("Say goodbye");
        // The way to hang up is there although nobody has configured it.
        expect(bodies[0]).toContain('"end_call"');
      },
      { openAiUrl: server.baseUrl },
    );
  } finally {
    await server.stop();
  }
});

test.concurrent("a turn that ends with a closing phrase is said, then the call is hung up", () =>
  withTalk(
    {
      ...says("That was all."),
      ...answers({ on: "user", match: "all", say: "Thank you. Have a nice day!" }),
      speech_config: { end_call_phrases: ["have a NICE day"], end_call_message: "Not said." },
    },
    async (talk, media) => {
      media.speak(question);
      expect(await talk.conversation.ended).toEqual({ reason: "assistant-hangup" });
      expect(talk.lines()).toEqual(["user: That was all.", "assistant: Thank you. Have a nice day!"]);
      expect(loudMs(media)).toBeGreaterThan(800);
    },
  ));

test.concurrent("end_call_message is said before the assistant itself hangs up", () =>
  withTalk(
    {
      ...says("Bye."),
      ...answers({ on: "user", match: "bye", say: "Bye.", end: true }),
      speech_config: { end_call_message: "Thanks for calling." },
    },
    async (talk, media) => {
      media.speak(question);
      expect(await talk.conversation.ended).toEqual({ reason: "assistant-hangup" });
      expect(talk.lines().slice(-2)).toEqual(["assistant: Bye.", "assistant: Thanks for calling."]);
    },
  ));

test.concurrent("pronunciation changes what the voice is given, and nothing in the transcript", async () => {
  const server = await startOpenAiServer();
  server.speech.push({ type: "audio", durationMs: 300 });
  try {
    await withTalk(
      {
        first_message: "Welcome at HMS.",
        tts_config: { provider: "openai", voice_id: "alloy" },
        ...says("Hello?"),
        ...answers({ on: "user", match: "hello", say: "The HMS is here." }),
        speech_config: { pronunciation: [{ from: "HMS", to: "Her Ship" }] },
      },
      async (talk, media) => {
        await media.untilQuiet(200);
        media.speak(question);
        await media.untilQuiet(600);
        await talk.conversation.say("HMS, over.");
        expect(talk.lines()).toEqual([
          "assistant: Welcome at HMS.",
          "user: Hello?",
          "assistant: The HMS is here.",
          "assistant: HMS, over.",
        ]);
        expect(server.requests.map(({ body }) => body["input"])).toEqual([
          "Welcome at Her Ship.",
          "The Her Ship is here.",
          "Her Ship, over.",
        ]);
      },
      { openAiUrl: server.baseUrl },
    );
  } finally {
    await server.stop();
  }
});

test.concurrent("noise only holds the assistant up: it goes on where it stopped, and all of it is heard", () =>
  withTalk(
    { first_message: OPENER, speech_config: { turn_taking: { false_interruption_timeout: 0.5 } } },
    async (talk, media) => {
      await media.untilLoud();
      media.speak(join(silence(500), question));
      await until(() => talk.activities.includes("caller-speaking"));
      // Held: silence, and something that still waits.
      await media.untilQuiet(300);
      expect(media.queuedSamples).toBeGreaterThan(4_000);
      await until(() => talk.lines().length === 1);
      expect(talk.lines()).toEqual([`assistant: ${OPENER}`]);
      const opener = await telephoneSpeech(espeak, OPENER, "en");
      const expectedMs = opener.filter((_, at) => at % 160 === 0).length * 20;
      expect(loudMs(media)).toBeGreaterThan(expectedMs * 0.8);
      expect(talk.activities).not.toContain("assistant-interrupted");
    },
  ));

test.concurrent("what was cut off is in the transcript, and known to the model, as far as it was heard", async () => {
  const server = await startOpenAiServer();
  server.chat.push({ type: "say", text: "At five." });
  try {
    await withTalk(
      { first_message: OPENER, ...says("Stop."), llm_config: { provider: "openai", model: "gpt-5.4" } },
      async (talk, media) => {
        await media.untilLoud();
        media.speak(join(silence(900), question));
        await until(() => talk.lines().length === 3);
        const [cut, user, answer] = talk.lines();
        expect([user, answer]).toEqual(["user: Stop.", "assistant: At five."]);
        const heard = cut!.replace("assistant: ", "");
        expect(OPENER.startsWith(heard)).toBe(true);
        // Between one and three seconds of about six were heard.
        expect(heard.length).toBeGreaterThan(8);
        expect(heard.length).toBeLessThan(OPENER.length * 0.6);
        const { messages } = server.requests[0]!.body as { messages: { role: string; content: string }[] };
        expect(messages.find(({ role }) => role === "assistant")?.content).toBe(heard);
      },
      { openAiUrl: server.baseUrl },
    );
  } finally {
    await server.stop();
  }
});

const outbound = { direction: "outbound" } as const;
const mailbox = { voicemail_detection: true, voicemail_message: "Please call us back." };

test.concurrent("a mailbox: the opener stops, the message begins after the beep, and the call ends", () =>
  withTalk(
    { first_message: OPENER, ...says(GREETING), ...mailbox },
    async (talk, media) => {
      const sent = media.heard.length + greeting.length / 160 + (1_800 + 400) / 20;
      media.speak(join(greeting, silence(1_800), tone(1_000, 400)));
      expect(await talk.conversation.ended).toEqual({ reason: "voicemail" });
      const lines = talk.lines();
      expect(lines.slice(-2)).toEqual([`user: ${GREETING}`, "assistant: Please call us back."]);
      expect(talk.activities).toContain("voicemail-detected");
      // Silence between the opener and the message, up to the beep's end; the message within 400 ms of it.
      const messageAt = media.heard.findIndex((frame, at) => at > sent - 20 && isLoud(frame));
      expect((messageAt - sent) * 20).toBeGreaterThanOrEqual(0);
      expect((messageAt - sent) * 20).toBeLessThan(400);
    },
    outbound,
  ));

test.concurrent("a mailbox without a beep is spoken to when it has been quiet", () =>
  withTalk(
    { ...says(GREETING), ...mailbox },
    async (talk, media) => {
      media.speak(greeting);
      expect(await talk.conversation.ended).toEqual({ reason: "voicemail" });
      expect(talk.lines()).toEqual([`user: ${GREETING}`, "assistant: Please call us back."]);
    },
    outbound,
  ));

test.concurrent("a mailbox is hung up on where no message is configured", () =>
  withTalk(
    { first_message: OPENER, ...says(GREETING), ...mailbox, voicemail_message: null },
    async (talk, media) => {
      media.speak(greeting);
      expect(await talk.conversation.ended).toEqual({ reason: "voicemail" });
      expect(talk.lines().at(-1)).toBe(`user: ${GREETING}`);
    },
    outbound,
  ));

test.concurrent("a beep after a greeting that nobody understood is a mailbox, too", () =>
  withTalk(
    mailbox,
    async (talk, media) => {
      media.speak(join(greeting, silence(700), tone(850, 300)));
      expect(await talk.conversation.ended).toEqual({ reason: "voicemail" });
      expect(talk.lines()).toEqual(["assistant: Please call us back."]);
    },
    outbound,
  ));

test.concurrent("a person is answered, whatever is said later", () =>
  withTalk(
    {
      ...says("Hello?", "Leave a message, please."),
      ...answers({ on: "user", match: ".*", say: "I see." }),
      ...mailbox,
    },
    async (talk, media) => {
      media.speak(question);
      await until(() => talk.lines().length === 2);
      media.speak(question);
      await until(() => talk.lines().length === 4);
      expect(talk.lines().at(-1)).toBe("assistant: I see.");
      expect(talk.activities).not.toContain("voicemail-detected");
    },
    outbound,
  ));
