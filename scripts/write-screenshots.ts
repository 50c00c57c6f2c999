// `npm run docs:screenshots`: the pictures of the README, of the pages of `npm run demo -- --dashboard` in Chromium.

import { spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium, type Page } from "playwright-core";

const IMAGES = fileURLToPath(new URL("../docs/images/", import.meta.url));
const DEMO = fileURLToPath(new URL("../demo/main.ts", import.meta.url));
const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const READY_WITHIN_MS = 180_000;

interface Listed {
  id: string;
  recording_url?: string | null;
  attempt_count?: number;
}

const demo = spawn(process.execPath, [DEMO, "--dashboard"], { stdio: ["ignore", "pipe", "inherit"] });
try {
  const { link, apiKey } = await demoIsReady();
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  const context = await browser.newContext({ viewport: { width: 1_280, height: 800 } });
  const page = await context.newPage();
  await signIn(page, link);
  const ask = async (what: string) => {
    const answer = await fetch(new URL(`/api/v1${what}`, link), {
      headers: { authorization: `Bearer ${apiKey}` },
    });
    return (await answer.json()) as Record<string, Listed[]>;
  };
  const calls = (await ask("/calls?direction=inbound&limit=100"))["calls"] as Listed[];
  const events = (await ask("/webhook-events?limit=100"))["webhook_events"] as Listed[];
  const [assistant] = (await ask("/assistants"))["assistants"] as Listed[];
  const recorded = calls.find(({ recording_url: url }) => url)!;
  const failed = events.find(({ attempt_count: count }) => (count ?? 0) > 1)!;
  await picture(page, "/", "dashboard-home");
  await picture(page, `/calls/${recorded.id}`, "dashboard-call");
  await picture(page, "/calls", "dashboard-calls");
  await picture(page, `/webhooks/events/${failed.id}`, "dashboard-webhook");
  await picture(page, `/assistants/${assistant!.id}`, "dashboard-assistant");
  await browser.close();

  async function picture(on: Page, address: string, name: string): Promise<void> {
    await on.goto(new URL(address, link).href);
    await on.waitForLoadState("load");
    // Streams never end, so "no requests any more" never comes: what is drawn late is drawn by then.
    await on.waitForTimeout(2_500);
    const file = path.join(IMAGES, `${name}.png`);
    await on.screenshot({ path: file });
    console.log(path.relative(process.cwd(), file));
  }
} finally {
  demo.kill("SIGTERM");
}

async function demoIsReady(): Promise<{ link: string; apiKey: string }> {
  let link: string | undefined;
  let apiKey: string | undefined;
  const late = setTimeout(() => demo.kill("SIGTERM"), READY_WITHIN_MS);
  for await (const line of createInterface(demo.stdout)) {
    link ??= /^dashboard\s+(http\S+)/.exec(line)?.[1];
    apiKey ??= /key (fl_\S+)/.exec(line)?.[1];
    if (link === undefined || apiKey === undefined) continue;
    clearTimeout(late);
    return { link, apiKey };
  }
  throw new Error("the demo did not start");
}

async function signIn(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel(/e-mail/i).fill("ada@example.org");
  for (const field of await page.locator("input[type=password]").all())
    await field.fill("a long enough password");
  await page.locator("button[type=submit]").click();
  await page.waitForURL((url) => url.pathname === "/");
}
