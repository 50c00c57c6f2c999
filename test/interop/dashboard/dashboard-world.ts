import { AxeBuilder } from "@axe-core/playwright";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { CHROMIUM } from "../chromium.ts";
import { until } from "../until.ts";
import {
  newDataDirectory,
  removeDataDirectory,
  startReadyServer,
  type RunningServer,
} from "../../harness/server.ts";

const LINK = /\S+\/welcome#token=\S+/;

export const OWNER = { email: "ada@example.com", password: "three green bicycles" };

/** The server as people start it, with its dashboard built, and a browser before it. */
export interface DashboardWorld {
  server: RunningServer;
  /** where the dashboard is */
  url: string;
  /** the link that the terminal shows at the first start */
  welcomeUrl: string;
  browser: Browser;
  /** A browser of its own: cookies and storage are nobody else's. */
  newContext(options?: Parameters<Browser["newContext"]>[0]): Promise<BrowserContext>;
  /** whatever the pages have complained of */
  complaints: string[];
  stop(): Promise<void>;
}

/** @param browserArguments  for Chromium, besides those that it needs here */
export async function startDashboard(browserArguments: readonly string[] = []): Promise<DashboardWorld> {
  const dataDirectory = await newDataDirectory();
  const server = await startReadyServer(dataDirectory, {
    RATE_LIMIT_SIGN_INS_PER_EMAIL: "0",
    RATE_LIMIT_REQUESTS_PER_MINUTE: "0",
  });
  // It stands under the line that says the server is ready.
  const output = await until(server.output, (text) => LINK.test(text), 5_000);
  const welcomeUrl = LINK.exec(output)![0];
  const args = ["--no-sandbox", ...browserArguments];
  const browser = await chromium.launch({ executablePath: CHROMIUM, args });
  const complaints: string[] = [];
  return {
    server,
    url: new URL(welcomeUrl).origin,
    welcomeUrl,
    browser,
    async newContext(options) {
      const context = await browser.newContext({ locale: "en-GB", reducedMotion: "reduce", ...options });
      context.setDefaultTimeout(15_000);
      context.on("weberror", (error) => complaints.push(error.error().message));
      context.on("console", (message) => {
        // A refused sign-in is said to the reader, and Chromium tells of its 401 as well.
        if (message.type() === "error" && !/status of 4\d\d/.test(message.text()))
          complaints.push(message.text());
      });
      return context;
    },
    complaints,
    async stop() {
      await browser.close();
      await server.end("SIGTERM");
      await removeDataDirectory(dataDirectory);
    },
  };
}

/** As the first visitor, who becomes the owner. @returns a page that is signed in */
export async function welcome(world: DashboardWorld, context?: BrowserContext): Promise<Page> {
  const page = await (context ?? (await world.newContext())).newPage();
  await page.goto(world.welcomeUrl);
  await page.getByLabel("E-mail").fill(OWNER.email);
  await page.getByLabel("Password", { exact: true }).fill(OWNER.password);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("heading", { level: 1, name: "Home" }).waitFor();
  return page;
}

export async function signIn(
  page: Page,
  { email, password }: { email: string; password: string },
): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** What axe finds that keeps somebody out, in words. */
export async function seriousViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
}
