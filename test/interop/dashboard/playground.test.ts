import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createReceiver, type Receiver } from "../../harness/receiver.ts";
import { isInstalled } from "../installed.ts";
import { until } from "../until.ts";
import { seriousViolations, startDashboard, welcome, type DashboardWorld } from "./dashboard-world.ts";

// A real call: the page's livekit-client, the server's room, its media and its assistant, which follows a script.

const TALK_WITHIN_MS = 30_000;
/** Chromium's own fake microphone: it beeps. */
const WITH_MICROPHONE = [
  "--use-fake-device-for-media-stream",
  "--use-fake-ui-for-media-stream",
  "--autoplay-policy=no-user-gesture-required",
];

describe.skipIf(!isInstalled("chromium"))("the playground", () => {
  let world: DashboardWorld;
  let receiver: Receiver;
  let page: Page;
  let id: string;
  beforeAll(async () => {
    [world, receiver] = await Promise.all([startDashboard(WITH_MICROPHONE), createReceiver()]);
    page = await welcome(world);
    page.setDefaultTimeout(TALK_WITHIN_MS);
    receiver.behave = ({ message }) => {
      const calls = (message["tool_call_list"] ?? []) as { id: string }[];
      return { answer: { results: calls.map((call) => ({ toolCallId: call.id, result: { free: "ten" } })) } };
    };
    const { body } = await world.server.api("POST", "/assistants", assistant(receiver.url));
    ({ id } = body["assistant"] as { id: string });
    await page.goto(`${world.url}/assistants/${id}/playground`);
  });
  afterAll(async () => {
    await world?.stop();
    await receiver?.close();
  });

  const log = () => page.getByRole("log");
  const heard = (text: string) => log().getByText(text).waitFor();
  const say = async (text: string) => {
    await page.getByLabel("Your message").fill(text);
    await page.getByRole("button", { name: "Send" }).click();
  };
  const becomesTrue = (script: string) =>
    until(
      () => page.evaluate<boolean>(script),
      (is) => is,
      TALK_WITHIN_MS,
    );
  const behind = () => page.getByRole("region", { name: "Behind it" }).getByRole("listitem").allInnerTexts();

  it("answers what is typed, and shows tools and webhooks as they happen", async () => {
    await page.getByRole("button", { name: "Type only" }).click();
    await page.getByText("Connected", { exact: true }).waitFor();
    await heard("What can I do for you?");
    await say("Is anything free?");
    await heard("There is a place at ten.");
    await page.getByRole("region", { name: "Behind it" }).getByText("find_slots", { exact: true }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await say("Bye");
    await page.getByText("The call is over").waitFor();
    await page
      .getByRole("region", { name: "Behind it" })
      .getByText("end-of-call-report", { exact: true })
      .waitFor();
    await heard("Goodbye!");
    const entries = (await behind()).map((text) => text.replaceAll(/\s+/g, " "));
    expect(entries.filter((text) => text.startsWith("Tool find_slots"))).toHaveLength(1);
    for (const type of ["assistant-request", "status-update", "tool-calls", "end-of-call-report"]) {
      expect(entries.some((text) => text.startsWith(`Webhook ${type}`))).toBe(true);
    }
    expect(await log().getByText("Is anything free?").count()).toBe(1);
    const link = await page.getByRole("link", { name: "See the whole call" }).getAttribute("href");
    const { body } = await world.server.api("GET", link!);
    expect(body).toMatchObject({ direction: "web", agent_id: id, status: "ended" });
    const whole = await page.context().newPage();
    await whole.goto(world.url + link);
    await whole.getByRole("tab", { name: "Audio" }).click();
    await whole.getByText("A call in a browser has no SIP messages.").waitFor();
    await whole.getByText("Codec").waitFor();
    expect(await seriousViolations(whole)).toEqual([]);
    await whole.close();
  });

  it("tries changes that are not saved", async () => {
    await page.getByRole("tab", { name: "Set up" }).click();
    await page.getByLabel("First message", { exact: true }).fill("This is not saved.");
    await page.getByRole("tab", { name: "Playground" }).click();
    await page.getByRole("button", { name: "Type only" }).click();
    await heard("This is not saved.");
    await page.getByRole("button", { name: "Hang up" }).click();
    await page.getByText("The call is over").waitFor();
    await page.getByRole("button", { name: "Discard" }).click();
    const { body } = await world.server.api("GET", `/assistants/${id}`);
    expect(body).toMatchObject({ assistant: { first_message: "What can I do for you?" } });
  });

  it("carries voice both ways, with a meter, and mutes", async () => {
    await page.getByRole("button", { name: /Call again|Talk/ }).click();
    await page.getByText("Connected", { exact: true }).waitFor();
    await becomesTrue(LEVEL_IN_THE_PAGE);
    const meter = page.getByRole("img", { name: "Level of the microphone" });
    await meter.waitFor();
    await becomesTrue(METER_MOVES);
    await page.getByRole("button", { name: "Mute" }).click();
    await page.getByRole("button", { name: "Unmute", pressed: true }).waitFor();
    await page.getByRole("button", { name: "Hang up" }).click();
    await page.getByText("The call is over").waitFor();
  });

  it("says what to do where the microphone is refused, and lets one type", async () => {
    await page.evaluate(NO_MICROPHONE);
    await page.getByRole("button", { name: "Call again" }).click();
    await page.getByText(/does not let this page use the microphone/).waitFor();
    await say("Is anything free?");
    await heard("There is a place at ten.");
    await page.getByRole("button", { name: "Hang up" }).click();
    await page.getByText("The call is over").waitFor();
  });
});

// What runs in the page is text here.

/** Whether the assistant's voice arrives as sound: anything louder than -50 dB. */
const LEVEL_IN_THE_PAGE = `(() => {
  const element = document.querySelector("audio");
  if (!element?.srcObject) return false;
  window.ear ??= (() => {
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(element.srcObject).connect(analyser);
    return analyser;
  })();
  const samples = new Float32Array(window.ear.fftSize);
  window.ear.getFloatTimeDomainData(samples);
  return Math.max(...samples.map(Math.abs)) > 0.003;
})()`;

const METER_MOVES = `(() => {
  const bar = document.querySelector('[aria-label="Level of the microphone"] > span');
  return Number(/scaleX\\(([\\d.]+)\\)/.exec(bar?.style.transform ?? "")?.[1] ?? 0) > 0.05;
})()`;

const NO_MICROPHONE = `navigator.mediaDevices.getUserMedia = () =>
  Promise.reject(new DOMException("no", "NotAllowedError"))`;

function assistant(webhookUrl: string) {
  return {
    name: "Scripted",
    first_message: "What can I do for you?",
    webhook_url: webhookUrl,
    llm_config: {
      provider: "scripted",
      model: "script-1",
      tools: [{ name: "find_slots", description: "Free times" }],
      script: [
        { on: "user", match: "free", tool: { name: "find_slots" } },
        { on: "tool", match: "find_slots", say: "There is a place at {{result.free}}." },
        { on: "user", match: "bye", say: "Goodbye!", end: true },
      ],
    },
    stt_config: { provider: "scripted", model: "script-1", language: "en", utterances: [] },
    tts_config: { provider: "local", voice_id: "en-us" },
  };
}
