import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createReceiver, type Receiver } from "../../harness/receiver.ts";
import { isInstalled } from "../installed.ts";
import { seriousViolations, startDashboard, welcome, type DashboardWorld } from "./dashboard-world.ts";

type Assistant = Record<string, unknown> & { id: string };

describe.skipIf(!isInstalled("chromium"))("assistants", () => {
  let world: DashboardWorld;
  let page: Page;
  let receiver: Receiver;
  beforeAll(async () => {
    [world, receiver] = await Promise.all([startDashboard(), createReceiver()]);
    page = await welcome(world);
    await page.setViewportSize({ width: 1280, height: 900 });
  });
  afterAll(async () => {
    await world?.stop();
    await receiver?.close();
    expect(world?.complaints).toEqual([]);
  });

  const get = async (id: string) => {
    const { body } = await world.server.api("GET", `/assistants/${id}`);
    return body["assistant"] as Assistant;
  };
  const create = async (more: object = {}) => {
    const { status, body } = await world.server.api("POST", "/assistants", document(receiver.url, more));
    expect(status).toBe(201);
    return body["assistant"] as Assistant;
  };
  const open = async ({ id }: Assistant, view = "") => {
    await page.goto(`${world.url}/assistants/${id}${view}`);
    await loaded();
  };
  const loaded = async () => {
    await page.getByRole("heading", { level: 1 }).waitFor();
    // Skeletons move.
    await page.locator("[aria-busy=true], [data-animate=true]").first().waitFor({ state: "detached" });
  };
  const save = async () => {
    await page.keyboard.press("Control+s");
    await page.getByText("Unsaved changes").waitFor({ state: "detached" });
  };

  describe.each(["light", "dark"] as const)("in %s keep nobody out:", (colorScheme) => {
    let assistant: Assistant;
    beforeAll(async () => {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      assistant = await create();
      await world.server.api("PATCH", `/assistants/${assistant.id}`, { first_message: "Welcome" });
    });

    it("the list, and the dialog that makes one", async () => {
      await page.goto(`${world.url}/assistants`);
      await loaded();
      expect(await seriousViolations(page)).toEqual([]);
      await page.getByRole("button", { name: "New assistant" }).click();
      await page.getByRole("dialog").getByText("Start from").waitFor();
      expect(await seriousViolations(page)).toEqual([]);
    });

    it("the form, with a tool of each kind opened", async () => {
      await open(assistant);
      for (const name of ["Edit find_slots", "Edit Transfer", "Edit Hang up"]) {
        await page.getByRole("button", { name }).click();
        expect(await seriousViolations(page)).toEqual([]);
      }
    });

    it.each(["json", "versions", "playground"])("%s", async (view) => {
      await open(assistant, `/${view}`);
      if (view === "json") await page.getByRole("textbox", { name: "Assistant as JSON" }).waitFor();
      if (view === "versions") await page.getByText("compared with today's").waitFor();
      expect(await seriousViolations(page)).toEqual([]);
    });
  });

  it.each(["", "/json", "/versions", "/playground"])("%s fits on a screen of 360 pixels", async (view) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await open(await create(), view);
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  it("are made from a starting point that needs no key, and deleted", async () => {
    await page.goto(`${world.url}/assistants?new`);
    // Without a key it is what the dialog proposes.
    await page.getByRole("radio", { name: /Hello, without keys/, checked: true }).waitFor();
    await page.getByLabel("Name").fill("My first");
    await page.getByRole("button", { name: "Make assistant" }).click();
    await page.getByRole("heading", { level: 1, name: "My first" }).waitFor();
    const id = new URL(page.url()).pathname.split("/")[2]!;
    expect(await get(id)).toMatchObject({
      llm_config: { provider: "scripted" },
      tts_config: { provider: "local" },
    });
    await page.getByRole("button", { name: "More for My first" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await page.getByRole("button", { name: "Delete assistant" }).click();
    await page.getByRole("heading", { level: 1, name: "Assistants" }).waitFor();
    expect((await world.server.api("GET", `/assistants/${id}`)).status).toBe(404);
  });

  it("are copied whole, but for the secret", async () => {
    const original = await create({ name: "To copy", webhook_secret: "whsec_only_of_the_first" });
    await open(original);
    await page.getByRole("button", { name: "More for To copy" }).click();
    await page.getByRole("menuitem", { name: "Duplicate" }).click();
    await page.getByRole("heading", { level: 1, name: "To copy (copy)" }).waitFor();
    const copy = await get(new URL(page.url()).pathname.split("/")[2]!);
    expect({ ...copy, ...same(original), webhook_secret: original["webhook_secret"] }).toEqual(original);
    expect(copy["webhook_secret"]).toBeNull();
  });

  it("are edited by form and as JSON without losing what neither knows", async () => {
    const before = await create();
    await open(before);
    await page.getByLabel("Business name").fill("Acme BV");
    await page.getByLabel("System prompt").fill("Be brief.");
    await page.getByRole("button", { name: "Edit find_slots" }).click();
    await page.getByRole("group", { name: "day" }).getByLabel("Description").fill("As YYYY-MM-DD");
    await save();
    const llm = before["llm_config"] as { messages: object[]; tools: Record<string, unknown>[] };
    const [tool, ...tools] = llm.tools;
    const parameters = tool!["parameters"] as { properties: { day: object; guests: object } };
    const properties = {
      ...parameters.properties,
      day: { ...parameters.properties.day, description: "As YYYY-MM-DD" },
    };
    const expected = {
      ...before,
      business_name: "Acme BV",
      llm_config: {
        ...llm,
        messages: [{ role: "system", content: "Be brief.", of_tomorrow: 1 }, ...llm.messages.slice(1)],
        tools: [{ ...tool, parameters: { ...parameters, properties } }, ...tools],
      },
    };
    expect({ ...(await get(before.id)), ...same(before) }).toEqual({ ...expected, ...same(before) });

    await page.getByRole("tab", { name: "JSON" }).click();
    const editor = page.getByRole("textbox", { name: "Assistant as JSON" });
    const { id: _id, created_at: _made, updated_at: _changed, ...editable } = expected as Assistant;
    await editor.fill(JSON.stringify({ ...editable, metadata: { tier: "gold" } }));
    await save();
    expect({ ...(await get(before.id)), ...same(before) }).toEqual({
      ...expected,
      metadata: { tier: "gold" },
      ...same(before),
    });
  });

  it("show the server's refusal at the field that it names, and keep what was typed", async () => {
    await open(await create());
    await page.getByLabel("Temperature").fill("9");
    await page.keyboard.press("Control+s");
    const field = page.locator('[aria-invalid="true"]');
    await field.waitFor();
    expect(await field.getAttribute("data-path")).toBe("llm_config.temperature");
    expect(await field.inputValue()).toBe("9");
    await page.getByText("must be from 0 to 2, got 9", { exact: true }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
  });

  it("ask before changes are left behind, and keep them from view to view", async () => {
    const assistant = await create();
    await open(assistant);
    await page.getByLabel("Business name").fill("Changed");
    await page.getByRole("tab", { name: "Playground" }).click();
    await page.getByText("With your unsaved changes").waitFor();
    await page.getByRole("link", { name: "Calls", exact: true }).click();
    await page.getByRole("dialog", { name: "Leave without saving?" }).waitFor();
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("tab", { name: "Set up" }).click();
    expect(await page.getByLabel("Business name").inputValue()).toBe("Changed");
    await page.getByRole("link", { name: "Calls", exact: true }).click();
    await page.getByRole("button", { name: "Discard and leave" }).click();
    await page.getByRole("heading", { level: 1, name: "Calls" }).waitFor();
    expect((await get(assistant.id))["business_name"]).toBe("Acme");
  });

  it("try a tool at its webhook, as it stands in the form", async () => {
    receiver.behave = ({ message }) => {
      const [call] = message["tool_call_list"] as { id: string }[];
      return { answer: { results: [{ toolCallId: call!.id, result: { free: ["10:00"] } }] } };
    };
    await open(await create());
    await page.getByRole("button", { name: "Edit find_slots" }).click();
    await page.getByLabel("day *").fill("2026-12-01");
    await page.getByRole("button", { name: "Run" }).click();
    await page.getByText(/Answered 200 after/).waitFor();
    await page.getByRole("region", { name: "What the model reads" }).getByText("10:00").waitFor();
    const asked = receiver.requests.findLast(({ message }) => message["test"] === true);
    expect(JSON.stringify(asked?.message)).toContain("2026-12-01");
    receiver.behave = () => ({ answer: {} });
  });

  it("show what changed since a version, and become it again", async () => {
    const assistant = await create();
    await world.server.api("PATCH", `/assistants/${assistant.id}`, { first_message: "Something else" });
    await open(assistant, "/versions");
    await page.getByText("compared with today's").waitFor();
    expect(await page.locator("del").allInnerTexts()).toEqual([expect.stringContaining("Good day")]);
    expect(await page.locator("ins").allInnerTexts()).toEqual([expect.stringContaining("Something else")]);
    await page.getByRole("button", { name: "Restore this version" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Restore this version" }).click();
    await page.getByText("Version 1 is restored").waitFor();
    expect({ ...(await get(assistant.id)), ...same(assistant) }).toEqual({
      ...assistant,
      ...same(assistant),
    });
  });
});

/** What the server sets, and what a copy is named. */
function same({ id, name, created_at, updated_at }: Assistant) {
  return { id, name, created_at, updated_at };
}

/** With fields that no form knows, at every depth. */
function document(webhookUrl: string, more: object) {
  return {
    name: "Front desk",
    business_name: "Acme",
    first_message: "Good day",
    webhook_url: webhookUrl,
    llm_config: {
      provider: "openai",
      model: "gpt-5.4",
      temperature: 0.4,
      of_tomorrow: { kept: true },
      messages: [
        { role: "system", content: "You answer the telephone.", of_tomorrow: 1 },
        { role: "user", content: "Hello" },
      ],
      tools: [
        {
          name: "find_slots",
          description: "Free times on a day",
          of_tomorrow: [1],
          parameters: {
            type: "object",
            additionalProperties: false,
            properties: {
              day: { type: "string", format: "date", of_tomorrow: true },
              guests: { type: "integer", minimum: 1 },
            },
            required: ["day"],
          },
        },
        { type: "transfer_call", destinations: [{ type: "number", number: "+31850835037", of_tomorrow: 2 }] },
        { type: "end_call" },
      ],
    },
    stt_config: { provider: "deepgram", model: "nova-3", language: "multi", of_tomorrow: "x" },
    tts_config: { provider: "local", voice_id: "en-us", of_tomorrow: "y" },
    speech_config: { silence: { max_attempts: 2, of_tomorrow: 3 }, of_tomorrow: { kept: true } },
    analysis_plan: { of_tomorrow: true },
    ...more,
  };
}
