import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createEspeak, type Espeak } from "../../src/speech/tts/espeak.ts";
import type { SipCaller } from "../../src/telephony/sip/sip-caller.ts";
import { SAMPLE_RATE_HZ } from "../../src/telephony/carrier.ts";
import {
  newDataDirectory,
  removeDataDirectory,
  startReadyServer,
  type RunningServer,
} from "../harness/server.ts";
import { isInstalled } from "./installed.ts";
import { createPerson, createTelephone } from "./listening-phone.ts";
import {
  createRecogniser,
  startSpeechToText,
  type Recogniser,
  type SpeechToTextServer,
} from "./pocketsphinx.ts";

// A whole call that is understood for real: the caller speaks, our assistant's speech-to-text is Pocketsphinx, the
// assistant answers with a voice, and Pocketsphinx hears at the caller's end what it said. Nothing knows the words
// beforehand but the grammar, which has many sentences.

const NUMBER = "+31850835037";
const SENTENCES = [
  "where do you want to fly to",
  "i want to fly to <city> on <day>",
  "your flight to <city> leaves on <day>",
  "sorry there is no flight to <city>",
  "yes please",
  "no thank you",
  "goodbye",
].join(" | ");
const RULES = `<city> = london | madrid | chicago | boston | tokyo;
<day> = monday | friday | sunday;`;

const hasPocketsphinx =
  isInstalled("pocketsphinx_continuous") && existsSync("/usr/share/pocketsphinx/model/en-us/en-us/mdef");
if (!hasPocketsphinx)
  console.warn("pocketsphinx is missing: apt-get install pocketsphinx pocketsphinx-en-us");

describe.skipIf(!hasPocketsphinx)("pocketsphinx", () => {
  let dataDirectory: string;
  let recogniser: Recogniser;
  let speechToText: SpeechToTextServer;
  let server: RunningServer;
  let telephone: SipCaller;
  let espeak: Espeak;

  beforeAll(async () => {
    dataDirectory = await newDataDirectory();
    recogniser = await createRecogniser(dataDirectory, SENTENCES, RULES);
    speechToText = await startSpeechToText(recogniser);
    espeak = createEspeak();
    server = await startReadyServer(dataDirectory, {
      OPENAI_BASE_URL: speechToText.baseUrl,
      OPENAI_API_KEY: "sk-of-the-test",
      RTP_PORT_RANGE: "22700-22719",
    });
    const { assistant } = (
      await server.api("POST", "/assistants", {
        name: "Desk",
        first_message: "Where do you want to fly to?",
        stt_config: { provider: "openai", model: "any", language: "en" },
        llm_config: {
          provider: "scripted",
          model: "script-1",
          script: [
            {
              on: "user",
              match: "fly to london on friday",
              say: "Your flight to London leaves on Friday.",
            },
            { on: "user", match: "fly to boston", say: "Sorry, there is no flight to Boston." },
            { on: "user", match: "no thank you", say: "Goodbye.", end: true },
          ],
        },
        tts_config: { provider: "local", voice_id: "en" },
      })
    ).body as unknown as { assistant: { id: string } };
    await server.api("POST", "/numbers", { phone_number: NUMBER, agent_id: assistant.id });
    telephone = createTelephone({ first: 22_720, last: 22_739 });
    await telephone.start();
  });
  afterAll(async () => {
    await telephone.stop();
    await server.end("SIGTERM");
    await espeak.stop();
    await speechToText.stop();
    await removeDataDirectory(dataDirectory);
  });

  test("both sides of a call are understood", async () => {
    const leg = await telephone.placeCall({
      to: NUMBER,
      from: "+31612345678",
      trunk: { address: "127.0.0.1", port: server.sipPort, protocol: "UDP" },
    });
    const answered = await leg.answered;
    if (answered.outcome !== "answered") throw new Error(`refused with ${answered.statusCode}`);
    const person = createPerson({ media: answered.media, ended: leg.ended }, espeak, "en-us");
    const heard = async () => recogniser.recognise(await person.listen(), SAMPLE_RATE_HZ);

    expect(await heard()).toBe("where do you want to fly to");
    await person.say("I want to fly to London on Friday.");
    expect(await heard()).toBe("your flight to london leaves on friday");
    await person.say("I want to fly to Boston on Monday.");
    expect(await heard()).toBe("sorry there is no flight to boston");
    await person.say("No thank you.");
    expect(await heard()).toBe("goodbye");
    expect(await leg.ended).toEqual({ cause: "remote-hangup" });

    expect(speechToText.heard).toEqual([
      "i want to fly to london on friday",
      "i want to fly to boston on monday",
      "no thank you",
    ]);
    const record = async () => {
      const { calls } = (await server.api("GET", "/calls")).body as unknown as {
        calls: { status: string; end_reason: string; messages: { role: string; content: string }[] }[];
      };
      return calls[0];
    };
    await expect.poll(async () => (await record())?.status, { timeout: 10_000 }).toBe("ended");
    expect((await record())?.messages).toEqual([
      { role: "assistant", content: "Where do you want to fly to?" },
      { role: "user", content: "i want to fly to london on friday" },
      { role: "assistant", content: "Your flight to London leaves on Friday." },
      { role: "user", content: "i want to fly to boston on monday" },
      { role: "assistant", content: "Sorry, there is no flight to Boston." },
      { role: "user", content: "no thank you" },
      { role: "assistant", content: "Goodbye." },
    ]);
  }, 150_000);
});

test("what is missing on this machine", () => {
  // Always runs, so that a machine without the tool counts a test and says what it lacks.
  expect(typeof hasPocketsphinx).toBe("boolean");
});
