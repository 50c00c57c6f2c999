import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createEspeak } from "../../src/speech/tts/espeak.ts";
import { toTelephoneRate } from "../../src/telephony/codec/resample.ts";
import { startOpenAiServer, type OpenAiServer } from "../harness/openai-server.ts";
import {
  newDataDirectory,
  removeDataDirectory,
  startReadyServer,
  type RunningServer,
} from "../harness/server.ts";
import { startBaresip } from "./baresip-phone.ts";
import { isInstalled } from "./installed.ts";
import { startLinphone } from "./linphone-phone.ts";
import { voicedMs, writeWav, type Phone } from "./phone.ts";
import { until } from "./until.ts";

// Two telephones of other people's making, as callers and as callees: they hear us, we hear them, and either hangs up.

const NUMBER = "+31850835037";
const GREETING = "Good morning. This is the front desk of the example company. How can I help you today?";
const SPOKEN_INTO_IT = "I would like to know when you are open tomorrow.";
const UNDERSTOOD = "When are you open tomorrow?";
const ANSWER = "We open at nine.";
/** Below the ports that the system hands out, with room for RTP beside it. */
let nextPort = 25_470;
const DIGIT = "5";
const PRESSED = `The caller pressed ${DIGIT} on the keypad.`;

const PHONES = [
  {
    name: "baresip",
    program: "baresip",
    package: "baresip-core",
    start: startBaresip,
    number: "+31630000001",
  },
  {
    name: "linphone",
    program: "linphonec",
    package: "linphone-cli",
    start: startLinphone,
    number: "+31630000002",
  },
];
for (const { name, program, package: from } of PHONES) {
  if (!isInstalled(program)) console.warn(`${name} is missing: apt-get install ${from}`);
}

interface Call {
  id: string;
  status: string;
  end_reason: string | null;
  caller_phone: string;
  messages: { role: string; content: string }[];
}

describe("telephones", () => {
  let dataDirectory: string;
  let openAi: OpenAiServer;
  let server: RunningServer;
  let assistantId: string;
  let greetingMs: number;
  let microphone: string;

  beforeAll(async () => {
    dataDirectory = await newDataDirectory();
    openAi = await startOpenAiServer();
    openAi.chat = [{ type: "say", text: ANSWER }];
    const espeak = createEspeak();
    greetingMs = voicedMs(await espeak.synthesize(GREETING, "en"));
    const spoken = await espeak.synthesize(SPOKEN_INTO_IT, "en-us");
    await espeak.stop();
    // Quiet while the greeting is spoken, then one sentence, then quiet for as long as a call may last.
    const voice = toTelephoneRate(spoken.samples, spoken.sampleRateHz);
    const before = Math.ceil(greetingMs / 1_000) + 3;
    const samples = new Int16Array((before + 40) * 8_000 + voice.length);
    samples.set(voice, before * 8_000);
    microphone = path.join(dataDirectory, "microphone.wav");
    await writeFile(microphone, writeWav(samples, 8_000));
    server = await startReadyServer(dataDirectory, {
      OPENAI_BASE_URL: openAi.baseUrl,
      OPENAI_API_KEY: "sk-of-the-test",
      RTP_PORT_RANGE: "22800-22839",
      RATE_LIMIT_REQUESTS_PER_MINUTE: "0",
    });
    assistantId = await make("assistants", "assistant", {
      name: "Desk",
      first_message: GREETING,
      stt_config: { provider: "scripted", model: "script-1", language: "en", utterances: [UNDERSTOOD] },
      llm_config: { provider: "openai", model: "gpt-5.4" },
      tts_config: { provider: "local", voice_id: "en" },
    });
    await make("numbers", "number", { phone_number: NUMBER, agent_id: assistantId });
  });
  afterAll(async () => {
    await server.end("SIGTERM");
    await openAi.stop();
    await removeDataDirectory(dataDirectory);
  });

  async function make(route: string, name: string, body: object): Promise<string> {
    const created = await server.api("POST", `/${route}`, body);
    if (created.status !== 201) throw new Error(`${route}: ${JSON.stringify(created.body)}`);
    return (created.body[name] as { id: string }).id;
  }

  async function callOf(caller: string, direction: string): Promise<Call | undefined> {
    const { calls } = (await server.api("GET", "/calls?limit=100")).body as unknown as {
      calls: (Call & { direction: string })[];
    };
    return calls.find((call) => call.caller_phone === caller && call.direction === direction);
  }

  function untilCall(caller: string, direction: string, isSo: (call: Call) => boolean, withinMs = 40_000) {
    return until(
      () => callOf(caller, direction),
      (call) => call !== undefined && isSo(call),
      withinMs,
      200,
    ) as Promise<Call>;
  }

  async function withPhone(
    of: (typeof PHONES)[number],
    use: (phone: Phone, sipPort: number) => Promise<void>,
  ): Promise<void> {
    const sipPort = nextPort;
    nextPort += 20;
    const folder = path.join(dataDirectory, `${of.name}-${sipPort}`);
    await mkdir(folder);
    const phone = await of.start({
      folder,
      number: of.number,
      sipPort,
      rtpPort: sipPort + 10,
      microphone,
    });
    try {
      await use(phone, sipPort);
    } catch (error) {
      throw new Error(`${String(error)}\n${of.name} said:\n${phone.output()}`, { cause: error });
    } finally {
      await phone.stop();
    }
  }

  /** The whole greeting has been heard, at its own speed. */
  async function hearsTheGreeting(phone: Phone): Promise<void> {
    const { heardMs } = await until(
      async () => ({ heardMs: voicedMs(await phone.heard()) }),
      (seen) => seen.heardMs > greetingMs * 0.9,
      30_000,
      250,
    );
    expect(heardMs).toBeLessThan(greetingMs * 1.15);
  }

  const wasAnswered = (call: Call) =>
    call.messages.some(({ content }) => content === UNDERSTOOD) &&
    call.messages.some(({ content }) => content === ANSWER);

  for (const of of PHONES) {
    describe.skipIf(!isInstalled(of.program))(`with ${of.name}`, () => {
      test("calls: both hear each other, a digit arrives, it holds and comes back, and hangs up", async () => {
        await withPhone(of, async (phone) => {
          phone.dial(`sip:${NUMBER}@127.0.0.1:${server.sipPort}`);
          await untilCall(of.number, "inbound", ({ status }) => status === "in-progress");
          await hearsTheGreeting(phone);
          phone.press(DIGIT);
          await untilCall(of.number, "inbound", wasAnswered);
          // Keys are gathered for two seconds, in which the sentence may have been answered.
          await until(
            () => openAi.requests.some(({ bytes }) => bytes.toString().includes(PRESSED)),
            Boolean,
            10_000,
          );
          phone.hold();
          await new Promise((resolve) => setTimeout(resolve, 1_000));
          phone.resume();
          await new Promise((resolve) => setTimeout(resolve, 1_000));
          expect((await callOf(of.number, "inbound"))?.status).toBe("in-progress");
          phone.hangUp();
          const over = await untilCall(of.number, "inbound", ({ status }) => status === "ended");
          expect(over.end_reason).toBe("user_hangup");
        });
        openAi.requests.length = 0;
      }, 150_000);

      test("is called: both hear each other, and we hang up", async () => {
        await withPhone(of, async (phone, sipPort) => {
          const trunk = await make("sip-trunks", "trunk", {
            name: of.name,
            provider: of.name,
            address: `127.0.0.1:${sipPort}`,
          });
          const number = await make("numbers", "number", {
            phone_number: of.number.replace("+3163", "+3164"),
            transfer_trunk_id: trunk,
          });
          const placed = await server.api("POST", "/calls/outbound", {
            destination: of.number,
            number_id: number,
            assistant_id: assistantId,
          });
          expect(placed.status).toBe(201);
          await untilCall(of.number, "outbound", ({ status }) => status === "in-progress");
          await hearsTheGreeting(phone);
          const { id } = await untilCall(of.number, "outbound", wasAnswered);
          const command = { type: "end-call", message: null };
          expect((await server.api("POST", `/calls/${id}/control`, command)).status).toBe(200);
          const over = await untilCall(of.number, "outbound", ({ status }) => status === "ended");
          expect(over.end_reason).not.toBe("user_hangup");
        });
      }, 150_000);
    });
  }
});

test("what is missing on this machine", () => {
  // Always runs, so that a machine without the tools counts a test and says what it lacks.
  expect(PHONES.map(({ program }) => typeof isInstalled(program))).toEqual(["boolean", "boolean"]);
});
