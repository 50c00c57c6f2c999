import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isInstalled } from "../installed.ts";
import { seriousViolations, startDashboard, welcome, type DashboardWorld } from "./dashboard-world.ts";

const GUEST = { email: "guest@example.com", password: "five yellow kites" };

describe.skipIf(!isInstalled("chromium"))("settings, numbers and trunks, on the page", () => {
  let world: DashboardWorld;
  let page: Page;
  beforeAll(async () => {
    world = await startDashboard();
    page = await welcome(world);
  });
  afterAll(async () => {
    await world?.stop();
  });

  const dialog = () => page.getByRole("dialog");
  const clean = async () => expect(await seriousViolations(page)).toEqual([]);
  const reached = async (key: string) =>
    (await fetch(`${world.server.apiUrl}/numbers`, { headers: { authorization: `Bearer ${key}` } })).status;

  it("makes an API key that is shown once and works, and revokes it", async () => {
    await page.goto(`${world.url}/settings/keys`);
    await page.getByRole("button", { name: "Make a key" }).click();
    await dialog().getByLabel("What is it for?").fill("The shop");
    await clean();
    await dialog().getByRole("button", { name: "Make key" }).click();
    const key = (await page.getByTestId("shown-once").textContent())!;
    await clean();
    expect(await reached(key)).toBe(200);
    await dialog().getByRole("button", { name: "I have it" }).click();
    const row = page.getByRole("table").getByText("The shop", { exact: true });
    await row.waitFor();
    expect(await page.getByText(key).count()).toBe(0);
    await clean();
    await page.getByRole("button", { name: "Revoke The shop" }).click();
    await dialog().getByRole("button", { name: "Revoke key" }).click();
    await row.waitFor({ state: "detached" });
    expect(await reached(key)).toBe(401);
    await page.goto(`${world.url}/settings/audit`);
    const log = page.getByRole("table", { name: "Audit log" });
    await log.getByText("api-key.revoked").waitFor();
    await log.getByText("ada@example.com").first().waitFor();
    await clean();
  });

  it("invites somebody, who becomes a member, gets another role and goes", async () => {
    await page.goto(`${world.url}/settings/members`);
    await page.getByRole("button", { name: "Invite somebody" }).click();
    await dialog().getByLabel("E-mail").fill(GUEST.email);
    await clean();
    await dialog().getByRole("button", { name: "Invite" }).click();
    const link = (await page.getByTestId("shown-once").textContent())!;
    await dialog().getByRole("button", { name: "Done" }).click();
    await page.getByText(GUEST.email).waitFor();
    await clean();

    const token = new URL(link).hash.replace(/^#token=/, "");
    const accepted = await fetch(`${world.server.apiUrl}/links/accept`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ token, password: GUEST.password }),
    });
    expect(accepted.status).toBe(200);
    await page.reload();
    const role = page.getByRole("combobox", { name: `Role of ${GUEST.email}` });
    await role.click();
    await page.getByRole("option", { name: "Read-only" }).click();
    await page.getByText("The role is changed").waitFor();
    await page.getByRole("button", { name: `Remove ${GUEST.email}` }).click();
    await dialog().getByRole("button", { name: "Remove member" }).click();
    await role.waitFor({ state: "detached" });
    // The last owner cannot be made anything less, and the page says why.
    await page.getByRole("combobox", { name: /^Role of ada/ }).click();
    await page.getByRole("option", { name: "Member" }).click();
    await page.getByRole("alert", { name: "This was not accepted" }).waitFor();
    await clean();
  });

  it("limits the minutes, and takes the limit away", async () => {
    // With the page's own session: reading asks for no more.
    const told = () =>
      page.evaluate(async () => {
        const answer = await fetch("/api/v1/organizations");
        return (await answer.json()) as { minutes_balance: number; minutes_unlimited: boolean };
      });
    await page.goto(`${world.url}/settings`);
    const limited = page.getByRole("switch", { name: "Only so many" });
    await limited.click();
    await page.getByLabel("Minutes left").fill("120");
    await clean();
    await page.getByRole("button", { name: "Save" }).last().click();
    await expect.poll(told).toMatchObject({ minutes_balance: 120, minutes_unlimited: false });
    // The page has read it again: its form begins anew then.
    await page.getByRole("definition").getByText("120", { exact: true }).waitFor();
    await limited.click();
    await page.getByRole("button", { name: "Save" }).last().click();
    await expect.poll(told).toMatchObject({ minutes_unlimited: true });
  });

  it("renames the organization, and asks before it keeps things for a shorter time", async () => {
    await page.goto(`${world.url}/settings`);
    await page.getByLabel("Name").fill("Flower shop");
    await page.getByRole("button", { name: "Save" }).first().click();
    await page.getByRole("button", { name: "Account and appearance" }).getByText("Flower shop").waitFor();
    await page.getByRole("combobox", { name: /^What was said/ }).click();
    await page.getByRole("option", { name: "90 days" }).click();
    await page.getByRole("button", { name: "Save" }).nth(1).click();
    await dialog().getByText("after 90 days").waitFor();
    await clean();
    await dialog().getByRole("button", { name: "Yes, delete what is older" }).click();
    await dialog().waitFor({ state: "detached" });
    expect((await world.server.api("GET", "/organizations")).body).toMatchObject({
      name: "Flower shop",
      content_retention_days: 90,
      metadata_retention_days: 90,
    });
  });

  it("makes an organization under this one, shows its key once, opens it and comes back", async () => {
    const showsName = (name: string) =>
      page.getByRole("button", { name: "Account and appearance" }).getByText(name, { exact: true }).waitFor();
    const { name: above } = (await world.server.api("GET", "/organizations")).body as { name: string };
    await page.goto(`${world.url}/settings/organizations`);
    await page.getByRole("heading", { name: "No organizations under this one" }).waitFor();
    await clean();
    await page.getByRole("button", { name: "New organization" }).click();
    await dialog().getByLabel("Name").fill("Bakery");
    await clean();
    await dialog().getByRole("button", { name: "Make organization" }).click();
    const key = (await page.getByTestId("shown-once").textContent())!;
    await clean();
    expect(await reached(key)).toBe(200);
    await dialog().getByRole("button", { name: "I have it" }).click();
    await page.getByRole("table").getByText("Bakery", { exact: true }).waitFor();
    expect(await page.getByText(key).count()).toBe(0);
    await clean();

    await page.getByRole("button", { name: "Open Bakery" }).click();
    await page.getByRole("heading", { level: 1, name: "Home" }).waitFor();
    await showsName("Bakery");
    await page.goto(`${world.url}/settings/organizations`);
    await page.getByRole("heading", { name: "This organization is under another" }).waitFor();
    expect(await page.getByRole("button", { name: "New organization" }).count()).toBe(0);
    await clean();
    await page.getByRole("button", { name: `Open ${above}` }).click();
    await page.getByRole("heading", { level: 1, name: "Home" }).waitFor();
    await showsName(above);
  });

  it("takes a provider's key and never shows it", async () => {
    await page.goto(`${world.url}/settings/byok`);
    await page.getByRole("button", { name: "Set a key for Mistral" }).click();
    await dialog().getByLabel("Key", { exact: true }).fill("key-that-nobody-sees");
    await clean();
    await dialog().getByRole("button", { name: "Save" }).click();
    await page.getByText("Key of your own").waitFor();
    await clean();
    expect(await page.content()).not.toContain("key-that-nobody-sees");
    await page.getByRole("button", { name: "Remove the key for Mistral" }).click();
    await dialog().getByRole("button", { name: "Remove key" }).click();
    await page.getByText("Key of your own").waitFor({ state: "detached" });
  });

  it("adds a trunk, says what to change while it does not work, and changes it", async () => {
    await page.goto(`${world.url}/trunks/new`);
    await page.getByLabel("Name", { exact: false }).first().fill("Office");
    await page.getByLabel("Provider").fill("pbx");
    await page.getByLabel("Address").first().fill("127.0.0.1:9");
    await page.getByLabel("User name").fill("100");
    await page.getByRole("textbox", { name: "Password" }).fill("not to be shown");
    await page.getByLabel("Register there").check();
    await clean();
    await page.getByRole("button", { name: "Add trunk" }).click();
    await page.getByRole("heading", { level: 1, name: "Office" }).waitFor();
    await page.getByText("Nothing answers there.").waitFor({ timeout: 60_000 });
    await clean();
    expect(await page.content()).not.toContain("not to be shown");
    await page.getByLabel("Register there").uncheck();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("It is looked at anew").waitFor();
    await page.goto(`${world.url}/trunks`);
    await page.getByRole("link", { name: "Office" }).waitFor();
    await clean();
  });

  it("adds a number as people write it, assigns it, and deletes it", async () => {
    const { body } = await world.server.api("POST", "/assistants", { name: "Reception" });
    await page.goto(`${world.url}/numbers`);
    await page.getByRole("button", { name: "Add number" }).first().click();
    await dialog().getByLabel("Number").fill("+31 85 083 5037");
    await dialog().getByRole("combobox", { name: "Assistant" }).click();
    await page.getByRole("option", { name: "Reception" }).click();
    await clean();
    await dialog().getByRole("button", { name: "Add number" }).click();
    await page.getByRole("heading", { level: 1, name: "+31850835037" }).waitFor();
    await clean();
    expect((await world.server.api("GET", "/numbers")).body).toMatchObject({
      numbers: [{ phone_number: "+31850835037", agent_id: (body["assistant"] as { id: string }).id }],
    });
    await page.getByRole("button", { name: "Delete" }).click();
    await dialog().getByRole("button", { name: "Delete number" }).click();
    await page.getByRole("heading", { name: "No numbers yet" }).waitFor();
  });

  it("has complained of nothing", () => {
    expect(world.complaints).toEqual([]);
  });
});
