import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SipCaller } from "../../../src/telephony/sip/sip-caller.ts";
import { verifySignature } from "../../../src/webhooks/signature.ts";
import { placeAnsweredCall, startCaller } from "../../harness/caller.ts";
import { createReceiver, type ReceivedRequest, type Receiver } from "../../harness/receiver.ts";
import { isInstalled } from "../installed.ts";
import {
  seriousViolations,
  signIn,
  startDashboard,
  welcome,
  type DashboardWorld,
} from "./dashboard-world.ts";

const NUMBER = "+31850835037";
const READER = { email: "ro@example.com", password: "four blue umbrellas" };

const typeOf = ({ headers }: ReceivedRequest) => headers["x-webhook-event"];
const idOf = ({ headers }: ReceivedRequest) => headers["x-webhook-id"];

describe.skipIf(!isInstalled("chromium"))("webhooks, on the page", () => {
  let world: DashboardWorld;
  let receiver: Receiver;
  let caller: SipCaller;
  let page: Page;
  beforeAll(async () => {
    world = await startDashboard();
    receiver = await createReceiver();
    caller = await startCaller({ first: 22_420, last: 22_439 });
    page = await welcome(world);
    const { body } = await world.server.api("POST", "/assistants", { name: "Flower shop" });
    const { id } = body["assistant"] as { id: string };
    await world.server.api("POST", "/numbers", { phone_number: NUMBER, agent_id: id });
    await world.server.api("POST", "/users", { ...READER, role: "read-only" });
  });
  afterAll(async () => {
    await caller?.stop();
    await receiver?.close();
    await world?.stop();
  });

  async function call(): Promise<void> {
    const { leg } = await placeAnsweredCall(caller, world.server.sipPort, { to: NUMBER });
    await leg.hangUp();
    await leg.ended;
  }
  /** @param ready  stands when the page has what it shows */
  const inBothLights = async (ready: Locator) => {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.reload();
      await ready.waitFor();
      expect(await seriousViolations(page)).toEqual([]);
    }
  };
  const table = () => page.getByRole("table");
  const dialog = () => page.getByRole("dialog");

  it("is set up on the page, and shows the answer to a test", async () => {
    await page.goto(`${world.url}/webhooks`);
    await page.getByRole("heading", { name: "No events yet" }).waitFor();
    await inBothLights(page.getByRole("heading", { name: "No events yet" }));
    await page.getByRole("link", { name: "Set up the account webhook" }).click();
    await page.getByLabel("Address", { exact: true }).fill(receiver.url);
    await page.getByLabel("Only these").check();
    await page.getByLabel("status-update").check();
    await page.getByLabel("end-of-call-report").check();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved").waitFor();

    receiver.behave = () => ({ answer: { thanks: "a lot" }, headers: { "x-answered-by": "the shop" } });
    await page.getByRole("button", { name: "Send a test" }).click();
    await page.getByText('"a lot"').waitFor();
    await page.getByText("the shop").waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    const [test] = await receiver.waitFor(1);
    expect(typeOf(test!)).toBe("status-update");
  });

  it("shows a new event, and what became of it, without a reload", async () => {
    await page.goto(`${world.url}/webhooks?state=delivered`);
    await page.getByText("Live", { exact: true }).waitFor();
    await table().getByRole("row").nth(1).waitFor();
    const before = await table().getByRole("link").count();
    await call();
    await table().getByRole("link", { name: "end-of-call-report" }).first().waitFor();
    await page
      .getByText("Delivered", { exact: true })
      .nth(before + 2)
      .waitFor();
    await inBothLights(table().getByRole("link").first());
  });

  it("tells in words that an endpoint is disabled, and switches it on again", async () => {
    receiver.behave = () => ({ answer: "no more", status: 410 });
    await page.goto(`${world.url}/webhooks/endpoints`);
    await table().getByText("Healthy").waitFor();
    await call();
    await table().getByText("Disabled").waitFor();
    await inBothLights(table().getByText("Disabled"));
    await table().getByRole("link", { name: receiver.url }).click();
    await page.getByText("the receiver answered 410 Gone").waitFor();
    await inBothLights(page.getByText("the receiver answered 410 Gone"));
    receiver.behave = () => ({ answer: {} });
    await page.getByRole("button", { name: "Switch on" }).click();
    await page.getByText("Everything that was sent lately was taken.").waitFor();
  });

  it("sends a webhook that failed again, to a receiver that gets the same event", async () => {
    await page.goto(`${world.url}/webhooks?state=cancelled`);
    // The oldest: what came after it may have been cancelled before it was sent.
    await table().getByRole("link").last().click();
    await page.getByText("Answered 410", { exact: true }).waitFor();
    await page.getByText("Refused by the receiver").waitFor();
    expect(await page.getByText("curl -sS -i -X POST").textContent()).not.toMatch(/signature|secret/i);
    await inBothLights(page.getByText("Refused by the receiver"));
    const id = new URL(page.url()).pathname.split("/").at(-1);
    const gone = receiver.requests.find((request) => idOf(request) === id)!;
    expect(typeOf(gone)).toBe("status-update");

    await page.getByRole("button", { name: "Send again" }).click();
    await dialog().getByText(receiver.url).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await dialog().getByRole("button", { name: "Send again" }).click();
    const [, again] = await receiver.waitFor(2, (request) => idOf(request) === id);
    expect(again!.body).toEqual(gone.body);
    // The page hears of the attempt by itself.
    await page.getByRole("main").getByText("Delivered", { exact: true }).first().waitFor();
    await page.getByText("Answered 200").waitFor();
  });

  it("says how many and which before it sends many again", async () => {
    await page.goto(`${world.url}/webhooks?state=skipped&period=1h`);
    // Of the call whose endpoint was disabled by its first event.
    await table().getByRole("link").first().waitFor();
    const listed = await table().getByRole("link").allTextContents();
    // Nobody waits any more for the answer to these.
    const skipped = listed.filter((type) => type !== "assistant-request" && type !== "tool-calls").length;
    expect(skipped).toBeGreaterThan(0);
    const before = receiver.requests.length;
    await page.getByRole("button", { name: "Send again…" }).click();
    await dialog()
      .getByText(skipped === 1 ? "1 event will be sent again" : `${skipped} events will be sent again`)
      .waitFor();
    await dialog().getByText("only in the state “Not sent”").waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    expect(receiver.requests).toHaveLength(before);
    await dialog()
      .getByRole("button", { name: `Send ${skipped} again` })
      .click();
    await dialog().getByText(`Done: ${skipped}`).waitFor();
    await receiver.waitFor(before + skipped);
    await dialog().getByRole("button", { name: "Close" }).last().click();
  });

  it("replaces the secret with an overlap, and shows the new one once", async () => {
    await page.goto(`${world.url}/webhooks/settings`);
    await page.getByRole("button", { name: "Replace the secret…" }).click();
    await dialog().getByText("During the overlap").waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await dialog().getByRole("button", { name: "Replace" }).click();
    const secret = (await page.getByTestId("shown-once").textContent())!;
    expect(await seriousViolations(page)).toEqual([]);
    await dialog().getByRole("button", { name: "I have it" }).click();
    await page.getByText("An earlier secret signs as well, until").waitFor();
    expect(await page.getByText(secret).count()).toBe(0);

    const before = receiver.requests.length;
    await page.getByRole("button", { name: "Send a test" }).click();
    const request = (await receiver.waitFor(before + 1)).at(-1)!;
    expect(request.headers["x-webhook-signature-previous"]).toMatch(/^sha256=/);
    const timestamp = String(request.headers["x-webhook-timestamp"]);
    expect(
      verifySignature({
        secret,
        timestamp,
        signature: String(request.headers["x-webhook-signature"]),
        body: request.body,
        nowSeconds: Number(timestamp),
      }),
    ).toBe("genuine");
  });

  it("offers who may only read no way to change anything, and says so", async () => {
    const context = await world.newContext();
    const reader = await context.newPage();
    await reader.goto(`${world.url}/webhooks`);
    await signIn(reader, READER);
    await reader.getByRole("heading", { level: 1, name: "Webhooks" }).waitFor();
    const visit = async (path: string) => {
      await reader.goto(world.url + path);
      await reader
        .getByText(/You can look at this|Owners of the organization/)
        .first()
        .waitFor();
      const offered = await reader.getByRole("main").getByRole("button").allTextContents();
      return offered.filter((text) => /save|add|delete|send|replace|switch|invite|make|new|set/i.test(text));
    };
    const event = (await world.server.api("GET", "/webhook-events?limit=1")).body["webhook_events"];
    const endpoint = (await world.server.api("GET", "/webhook-endpoints")).body["webhook_endpoints"];
    const [{ id: eventId }, { id: endpointId }] = [
      ...(event as { id: string }[]),
      ...(endpoint as { id: string }[]),
    ] as [{ id: string }, { id: string }];
    for (const path of [
      `/webhooks/events/${eventId}`,
      `/webhooks/endpoints/${endpointId}`,
      "/webhooks/settings",
      "/assistants",
      "/numbers",
      "/trunks",
      "/trunks/new",
      "/settings",
      "/settings/members",
      "/settings/keys",
      "/settings/byok",
      "/settings/mcp",
      "/settings/organizations",
      "/settings/audit",
    ]) {
      expect({ path, offered: await visit(path) }).toEqual({ path, offered: [] });
      expect(await seriousViolations(reader)).toEqual([]);
    }
    await context.close();
  });

  it("has complained of nothing", () => {
    expect(world.complaints).toEqual([]);
  });
});
