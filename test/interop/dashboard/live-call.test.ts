import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SipCaller } from "../../../src/telephony/sip/sip-caller.ts";
import { placeAnsweredCall, startCaller } from "../../harness/caller.ts";
import { createReceiver, type Receiver } from "../../harness/receiver.ts";
import { isInstalled } from "../installed.ts";
import { seriousViolations, startDashboard, welcome, type DashboardWorld } from "./dashboard-world.ts";

const NUMBER = "+31850835037";

describe.skipIf(!isInstalled("chromium"))("a live call", () => {
  let world: DashboardWorld;
  let caller: SipCaller;
  let receiver: Receiver;
  let page: Page;
  beforeAll(async () => {
    world = await startDashboard();
    caller = await startCaller({ first: 22_400, last: 22_419 });
    page = await welcome(world);
    // It rings long enough to be seen.
    receiver = await createReceiver();
    receiver.behave = () => ({ answer: {}, afterMs: 1_000 });
    await world.server.api("PATCH", "/settings/webhook", {
      url: receiver.url,
      events: ["assistant-request"],
    });
    const { body } = await world.server.api("POST", "/assistants", {
      name: "Flower shop",
      first_message: "Hello, this is the flower shop.",
      recording: { enabled: true },
    });
    await world.server.api("POST", "/numbers", {
      phone_number: NUMBER,
      agent_id: (body["assistant"] as { id: string }).id,
    });
  });
  afterAll(async () => {
    await caller?.stop();
    await receiver?.close();
    await world?.stop();
  });

  it("leads to the first call, shows it without a reload, and ends it from the page", async () => {
    await page.getByRole("heading", { name: "Your first call" }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    const list = await page.context().newPage();
    await list.goto(`${world.url}/calls`);
    await list.getByRole("heading", { name: "No calls yet" }).waitFor();

    // So that the call is answered while the list, with the call that rings, is on its way.
    await list.route(/\/api\/v1\/calls\?/, async (route) => {
      const response = await route.fetch();
      await list.waitForTimeout(1_500);
      await route.fulfill({ response });
    });
    const { leg } = await placeAnsweredCall(caller, world.server.sipPort, { to: NUMBER });
    await list.getByRole("table").getByText("In progress").waitFor();
    await page.getByRole("link", { name: "+31612345678" }).click();

    await page.getByText("Hello, this is the flower shop.").first().waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByRole("button", { name: "Say" }).click();
    await page.getByRole("dialog").getByLabel("Text").fill("One moment, please.");
    await page.getByRole("dialog").getByRole("button", { name: "Send" }).click();
    await page.getByText("One moment, please.").first().waitFor();

    await page.getByRole("button", { name: "End call" }).click();
    await page.getByRole("dialog").getByLabel("Said before").waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByRole("dialog").getByRole("button", { name: "End call" }).click();
    await leg.ended;
    await page.getByText("Over: ended from outside").waitFor();
    await list.getByRole("table").getByText("Ended").waitFor();
    await list.close();
  });

  it("goes to a moment of the recording by a click on what was said", async () => {
    await page.getByRole("button", { name: "Play" }).waitFor();
    // The picture of both voices lies on the axis.
    await page.locator("[data-picture=true]").first().waitFor();
    expect(await page.locator("[data-picture=true] svg path").count()).toBe(2);
    const position = page.getByRole("slider", { name: "Position in the recording" });
    const first = await position.inputValue();
    await page.getByRole("listitem").filter({ hasText: "One moment" }).getByRole("button").click();
    expect(Number(await position.inputValue())).toBeGreaterThan(Number(first) + 500);
  });

  it.each(["Latency", "Webhooks", "SIP", "Report"])("is whole and readable under %s", async (tab) => {
    await page.getByRole("tab", { name: tab }).click();
    await page.getByRole("tabpanel").waitFor();
    expect(await seriousViolations(page)).toEqual([]);
  });

  it("says in the reader's words what became of its webhooks", async () => {
    await page.getByRole("tab", { name: "Webhooks" }).click();
    await page.getByRole("table").getByText("Not sent").first().waitFor();
  });

  it("is in the figures of the first page", async () => {
    await page.goto(world.url);
    await page.getByText("Median response").waitFor();
    await page.getByRole("img", { name: /^Calls: 1 in all/ }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByRole("button", { name: "As a table" }).click();
    await page.getByRole("rowheader").first().waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    expect(world.complaints).toEqual([]);
  });
});
