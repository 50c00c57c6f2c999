import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createEspeak, type Espeak } from "../../src/speech/tts/espeak.ts";
import { join, silence, telephoneSpeech } from "../harness/conversation.ts";
import { createReceiver, ofType, type Receiver } from "../harness/receiver.ts";
import {
  API_KEY,
  newDataDirectory,
  removeDataDirectory,
  startReadyServer,
  type RunningServer,
} from "../harness/server.ts";
import { seriousViolations } from "./dashboard/dashboard-world.ts";
import { startExample, visit, type Example, type Visitor } from "./example-page.ts";
import { isInstalled } from "./installed.ts";

// A visitor in Chromium on the pages of examples/web-call, against the server as people start it: the element, and the
// page with nothing but livekit-client.

const GREETING = "Good afternoon, you are talking to the front desk. How can I help you today?";
const QUESTION = "Where is my order, please?";
const ANSWER = "Your order is on its way.";
const PATIENCE = { timeout: 30_000 };

let directory: string;
let server: RunningServer;
let espeak: Espeak;
let receiver: Receiver;
let example: Example;
let visitor: Visitor | undefined;
/** the question, once the greeting is over */
let microphone: Int16Array;

describe.skipIf(!isInstalled("chromium"))("web calls on a page", () => {
  beforeAll(async () => {
    espeak = createEspeak();
    directory = await newDataDirectory();
    server = await startReadyServer(directory, {
      RTP_PORT_RANGE: "23300-23339",
      RATE_LIMIT_REQUESTS_PER_MINUTE: "0",
    });
    receiver = await createReceiver();
    receiver.behave = ({ message }) => ({
      answer: message["type"] === "tool-calls" ? { result: { state: "on its way" } } : {},
    });
    const { body } = await server.api("POST", "/assistants", {
      name: "Front desk",
      first_message: GREETING,
      llm_config: {
        provider: "scripted",
        model: "script-1",
        script: [
          { on: "user", match: "order", tool: { name: "find_order", arguments: { number: "7" } } },
          { on: "tool", match: "find_order", say: "Your order is {{result.state}}." },
          { on: "user", match: "thank", say: "You are welcome." },
        ],
        tools: [{ name: "find_order", parameters: { type: "object", properties: {} } }],
      },
      stt_config: { provider: "scripted", model: "script-1", language: "en", utterances: [QUESTION] },
      tts_config: { provider: "local", voice_id: "en" },
      webhook_url: receiver.url,
    });
    example = await startExample({
      SWITCHHOOK_URL: server.apiUrl.replace("/api/v1", ""),
      SWITCHHOOK_API_KEY: API_KEY,
      ASSISTANT_ID: (body["assistant"] as { id: string }).id,
    });
    const spoken = join(silence(9_000), await telephoneSpeech(espeak, QUESTION), silence(60_000));
    microphone = Int16Array.from({ length: spoken.length * 6 }, (_, at) => spoken[Math.floor(at / 6)]!);
  }, 120_000);
  afterAll(async () => {
    await example.stop();
    await server.end("SIGTERM");
    await receiver.close();
    await espeak.stop();
    await removeDataDirectory(directory);
  });
  beforeEach(() => {
    receiver.requests.length = 0;
  });
  afterEach(async () => {
    await visitor?.close();
    visitor = undefined;
  });

  async function expectGreeted(): Promise<void> {
    const { samples, sampleRateHz } = await espeak.synthesize(GREETING, "en-us");
    const seconds = samples.length / sampleRateHz;
    const heard = await visitor!.loudSeconds();
    // Not silence, and as long as the greeting; between its words it is quiet.
    expect(heard).toBeGreaterThan(seconds * 0.5);
    expect(heard).toBeLessThan(seconds * 1.3);
  }

  async function expectReported(lines: object[]): Promise<void> {
    const [report] = await receiver.waitFor(1, ofType("end-of-call-report"));
    expect(report!.message).toMatchObject({
      call: { type: "web_call", status: "ended" },
      phone_number: { id: null, number: null },
      customer: { number: null },
      end_reason: "user_hangup",
      messages: lines,
    });
    expect(receiver.requests.filter(ofType("tool-calls"))).toHaveLength(1);
    expect(receiver.requests.filter(ofType("end-of-call-report"))).toHaveLength(1);
  }

  const said = [
    { role: "assistant", content: GREETING },
    { role: "user", content: QUESTION },
    { role: "assistant", content: ANSWER },
  ];

  async function expectAccessible(page: Page): Promise<void> {
    expect(await seriousViolations(page)).toEqual([]);
  }

  test("livekit-client alone: greeted, heard, answered by a tool, reported", async () => {
    visitor = await visit(`${example.url}plain.html`, microphone);
    const { page } = visitor;
    await page.getByRole("button", { name: "Start the call" }).click();
    const log = page.getByRole("log");
    await log.getByText(`Assistant: ${GREETING}`).waitFor(PATIENCE);
    await expectGreeted();
    await log.getByText(`You: ${QUESTION}`).waitFor(PATIENCE);
    await log.getByText(`Assistant: ${ANSWER}`).waitFor(PATIENCE);
    await page.getByRole("button", { name: "End the call" }).click();
    await page.getByText("The call is over.").waitFor(PATIENCE);
    await expectReported(said);
  });

  test("the element, by keyboard alone: called, muted, typed to, ended", async () => {
    visitor = await visit(example.url, microphone);
    const { page } = visitor;
    const focused = () =>
      page.evaluate<string>(
        "document.activeElement.shadowRoot?.activeElement?.textContent || document.activeElement.shadowRoot?.activeElement?.placeholder || document.activeElement.shadowRoot?.activeElement?.ariaLabel || ''",
      );
    const tabTo = async (name: string) => {
      for (let presses = 0; (await focused()) !== name; presses++) {
        expect(presses, `no way to ${name} by Tab`).toBeLessThan(10);
        await page.keyboard.press("Tab");
      }
    };
    await expectAccessible(page);
    await tabTo("Start the call");
    await page.keyboard.press("Enter");
    await page.getByRole("status").getByText("Connected").waitFor(PATIENCE);
    // The button that was pressed is gone, and the keyboard is where it was.
    expect(await focused()).toBe("End the call");
    const log = page.getByRole("log", { name: "What was said" });
    await log.getByText(GREETING).waitFor(PATIENCE);
    await expectGreeted();
    await log.getByText(QUESTION).waitFor(PATIENCE);
    await log.getByText(ANSWER).waitFor(PATIENCE);

    const meter = page.getByRole("meter", { name: "Your microphone" });
    expect(await meter.getAttribute("aria-valuenow")).toMatch(/^\d+$/);
    await tabTo("Mute");
    await page.keyboard.press("Space");
    await tabTo("Unmute");
    await page.keyboard.press("Space");
    await tabTo("Type instead of speaking");
    await page.keyboard.type("Thank you!");
    await page.keyboard.press("Enter");
    await log.getByText("Thank you!").waitFor(PATIENCE);
    await log.getByText("You are welcome.").waitFor(PATIENCE);
    await expectAccessible(page);

    await tabTo("End the call");
    await page.keyboard.press("Enter");
    await page.getByRole("status").getByText("The call is over.").waitFor(PATIENCE);
    expect(await focused()).toBe("Start the call");
    await expectReported([
      ...said,
      { role: "user", content: "Thank you!" },
      { role: "assistant", content: "You are welcome." },
    ]);
  });

  test("a backend that refuses: said in words, and it can be tried again", async () => {
    visitor = await visit(example.url, microphone);
    const { page } = visitor;
    await page.route("**/call", (route) => route.fulfill({ status: 402, body: "{}" }));
    await page.getByRole("button", { name: "Start the call" }).click();
    await page.getByRole("alert").getByText("/call answered 402.").waitFor(PATIENCE);
    await expectAccessible(page);
    await page.unroute("**/call");
    await page.getByRole("button", { name: "Start the call" }).click();
    await page.getByRole("status").getByText("Connected").waitFor(PATIENCE);
    expect(await page.getByRole("alert").isVisible()).toBe(false);
  });

  test("in Dutch, on a page in Dutch", async () => {
    visitor = await visit(example.url, microphone);
    const { page } = visitor;
    await page.route(example.url, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replace('lang="en"', 'lang="nl"') });
    });
    await page.reload();
    await page.getByRole("button", { name: "Start het gesprek" }).waitFor(PATIENCE);
  });

  test("without a microphone one can listen and type", async () => {
    visitor = await visit(example.url, microphone);
    const { page } = visitor;
    await page.evaluate(
      "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'))",
    );
    await page.getByRole("button", { name: "Start the call" }).click();
    await page.getByRole("status").getByText("You can listen and type.").waitFor(PATIENCE);
    const log = page.getByRole("log");
    await log.getByText(GREETING).waitFor(PATIENCE);
    await page.getByLabel("Type instead of speaking").fill("Thank you!");
    await page.getByRole("button", { name: "Send" }).click();
    await log.getByText("You are welcome.").waitFor(PATIENCE);
  });
});
