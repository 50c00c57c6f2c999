import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Browser, type Page } from "playwright-core";
import { CHROMIUM } from "./chromium.ts";
import { writeWav } from "./phone.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const RATE_HZ = 48_000;

/** `examples/web-call` as its README starts it: the backend with the key, and its pages. */
export interface Example {
  url: string;
  stop(): Promise<void>;
}

export async function startExample(environment: Record<string, string>): Promise<Example> {
  execFileSync(process.execPath, [path.join(ROOT, "node_modules/typescript/bin/tsc"), "-p", "sdk/web"], {
    cwd: ROOT,
  });
  const child: ChildProcess = spawn(process.execPath, ["examples/web-call/server.js"], {
    cwd: ROOT,
    env: { PATH: process.env["PATH"], PORT: "0", ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`the example ended with ${code}`)));
    child.stdout!.on("data", (chunk: Buffer) => {
      const [found] = /http:\S+\//.exec(chunk.toString()) ?? [];
      if (found) resolve(found);
    });
  });
  return {
    url,
    async stop() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill();
      await ended;
    },
  };
}

/** A visitor in headless Chromium, whose microphone hears a WAV file once. */
export interface Visitor {
  page: Page;
  /** seconds in which something loud came out of the page's loudspeaker */
  loudSeconds(): Promise<number>;
  close(): Promise<void>;
}

// Every audio element that a page makes is listened to, whoever made it.
const LISTEN = `
window.loudMs = 0;
const heard = new Set();
setInterval(() => {
  for (const element of document.querySelectorAll("audio"))
    if (element.srcObject && !heard.has(element)) {
      heard.add(element);
      const context = new AudioContext();
      const analyser = context.createAnalyser();
      analyser.fftSize = 2048;
      context.createMediaStreamSource(element.srcObject).connect(analyser);
      const samples = new Float32Array(analyser.fftSize);
      let lastMs = performance.now();
      setInterval(() => {
        const nowMs = performance.now();
        analyser.getFloatTimeDomainData(samples);
        if (Math.hypot(...samples) / Math.sqrt(samples.length) > 0.01) window.loudMs += nowMs - lastMs;
        lastMs = nowMs;
      }, 20);
    }
}, 50);
`;

/** @param said  what the microphone hears, at 48 kHz */
export async function visit(url: string, said: Int16Array): Promise<Visitor> {
  const wav = path.join(tmpdir(), `switchhook-visitor-${process.pid}.wav`);
  await writeFile(wav, writeWav(said, RATE_HZ));
  const browser: Browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [
      "--no-sandbox",
      "--use-fake-device-for-media-stream",
      "--use-fake-ui-for-media-stream",
      `--use-file-for-fake-audio-capture=${wav}%noloop`,
    ],
  });
  // A context of its own: axe asks for one.
  const page = await (await browser.newContext()).newPage();
  await page.addInitScript(LISTEN);
  await page.goto(url);
  return {
    page,
    loudSeconds: async () => (await page.evaluate<number>("window.loudMs")) / 1_000,
    close: () => browser.close(),
  };
}
