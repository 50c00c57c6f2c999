import { generate } from "otplib";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isInstalled } from "../installed.ts";
import {
  OWNER,
  seriousViolations,
  signIn,
  startDashboard,
  welcome,
  type DashboardWorld,
} from "./dashboard-world.ts";

// One story, in its order: the first visitor, a second factor, somebody invited.
describe.skipIf(!isInstalled("chromium"))("signing in", () => {
  let world: DashboardWorld;
  let page: Page;
  let recoveryCode: string;
  let secret: string;
  beforeAll(async () => {
    world = await startDashboard();
  });
  afterAll(async () => {
    await world?.stop();
  });

  const signOut = async () => {
    await page.getByRole("button", { name: "Account and appearance" }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
  };
  const isIn = () => page.getByRole("heading", { level: 1, name: "Home" }).waitFor();

  it("lets the first visitor in by the link of the terminal, once", async () => {
    page = await welcome(world);
    expect(await seriousViolations(page)).toEqual([]);
    const second = await (await world.newContext()).newPage();
    await second.goto(world.welcomeUrl);
    await second.getByRole("heading", { name: "This link has been used, or is too old" }).waitFor();
    expect(await seriousViolations(second)).toEqual([]);
    await second.context().close();
  });

  it("shows what one came for after the sign-in, and refuses a wrong password", async () => {
    await signOut();
    expect(await seriousViolations(page)).toEqual([]);
    await page.goto(`${world.url}/numbers`);
    await signIn(page, { ...OWNER, password: "four green bicycles" });
    await page.getByRole("alert").getByText("E-mail or password is wrong.").waitFor();
    await signIn(page, OWNER);
    await page.getByRole("heading", { level: 1, name: "Numbers" }).waitFor();
    expect(new URL(page.url()).pathname).toBe("/numbers");
  });

  it("sets up a second factor, and asks for it from then on", async () => {
    await page.goto(`${world.url}/account`);
    await page.getByRole("button", { name: "Set up" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Your password").fill(OWNER.password);
    await dialog.getByRole("button", { name: "Continue" }).click();
    await dialog.getByRole("img", { name: "QR" }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    secret = (await dialog.locator("code").textContent())!;
    await dialog.getByLabel("Code").fill("000000");
    await dialog.getByRole("button", { name: "Turn on" }).click();
    await dialog.getByRole("alert").getByText("That code is not right.").waitFor();
    await dialog.getByLabel("Code").fill(await generate({ secret }));
    await dialog.getByRole("button", { name: "Turn on" }).click();
    await dialog.getByText("Your recovery codes").waitFor();
    recoveryCode = (await dialog.locator("code").first().textContent())!;
    await dialog.getByRole("button", { name: "Done" }).click();

    await signOut();
    await signIn(page, OWNER);
    await page.getByLabel("Code", { exact: true }).fill("000000");
    await page.getByRole("button", { name: "Confirm" }).click();
    await page.getByRole("alert").getByText("That code is not right.").waitFor();
    // This half minute's code was used up by the setting up.
    const epoch = Math.floor(Date.now() / 1_000) + 30;
    await page.getByLabel("Code", { exact: true }).fill(await generate({ secret, epoch }));
    await page.getByRole("button", { name: "Confirm" }).click();
    await isIn();
  });

  it("takes a recovery code when the telephone is lost", async () => {
    await signOut();
    await signIn(page, OWNER);
    await page.getByRole("button", { name: "Use a recovery code instead" }).click();
    await page.getByLabel("Recovery code").fill(recoveryCode);
    await page.getByRole("button", { name: "Confirm" }).click();
    await isIn();
  });

  it("refuses a change that does not come from its own pages", async () => {
    const answer = await page.evaluate(async () => {
      const response = await fetch("/api/v1/assistants", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ name: "Not mine" }),
      });
      return { status: response.status, body: await response.json() };
    });
    expect(answer).toMatchObject({ status: 403, body: { code: "csrf_refused" } });
  });

  it("lets somebody in by an invitation, and says why they may not see what is for owners", async () => {
    const invited = await world.server.api("POST", "/invitations", {
      email: "bob@example.com",
      role: "read-only",
    });
    const { url } = invited.body["invitation"] as { url: string };
    const guest = await (await world.newContext()).newPage();
    await guest.goto(url);
    await guest.getByRole("heading", { name: /^Join / }).waitFor();
    await guest.getByLabel("Password", { exact: true }).fill("seven slow tortoises");
    await guest.getByRole("button", { name: "Continue" }).click();
    await guest.getByRole("heading", { level: 1, name: "Home" }).waitFor();
    await guest.goto(`${world.url}/settings/keys`);
    await guest.getByText("Owners of the organization see and make API keys.").waitFor();
    expect(await seriousViolations(guest)).toEqual([]);
    await guest.context().close();
  });

  it("has complained of nothing", () => {
    expect(world.complaints).toEqual([]);
  });
});
