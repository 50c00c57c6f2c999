import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createRequire } from "node:module";
import { chromium, type Browser, type Page } from "playwright-core";
import { CHROMIUM } from "./chromium.ts";
import { writeWav } from "./phone.ts";

/** A page with the unmodified `livekit-client` in headless Chromium, with a hum for a microphone. */
export interface PageCaller {
  page: Page;
  connect(url: string, token: string): Promise<void>;
  /** Resolves when the page hears this tone well. */
  untilHeard(frequencyHz: number): Promise<void>;
  /** Resolves when all of this has happened in the room. @throws after 20 s, with what is missing */
  untilEvents(expected: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

const RATE_HZ = 48_000;
const require = createRequire(import.meta.url);
const CLIENTS = {
  "livekit-client": () => require.resolve("livekit-client"),
  "livekit-client-older": () => require.resolve("livekit-client-older"),
};

// The page is a program of its own: what runs in it is text here.
const PAGE = `<!doctype html><meta charset="utf-8"><title>call</title><script src="/livekit-client.js"></script><script>
const events = [];
const room = new LivekitClient.Room();
const tell = (name) => (...args) => events.push([name, ...args.filter((arg) => typeof arg === "string" || typeof arg === "number")].join(" "));
for (const name of ["connected", "reconnecting", "signalReconnecting", "reconnected", "disconnected"]) room.on(name, tell(name));
room.on("activeSpeakersChanged", (speakers) => events.push("speaking " + speakers.map(({ identity }) => identity).sort().join(",")));
room.on("transcriptionReceived", (segments, who) => events.push("transcription " + who?.identity + ": " + segments[0].text + (segments[0].final ? "" : "…")));
room.registerTextStreamHandler("lk.transcription", async (reader, { identity }) => {
  const { attributes } = reader.info;
  events.push("stream " + identity + ": " + (await reader.readAll()) + (attributes["lk.transcription_final"] === "true" ? "" : "…"));
});
room.on("dataReceived", (payload, who, kind, topic) => events.push("data " + topic + ": " + new TextDecoder().decode(payload)));
let analyser;
room.on("trackSubscribed", (track) => {
  track.attach();
  const context = new AudioContext();
  analyser = context.createAnalyser();
  analyser.fftSize = 8192;
  analyser.smoothingTimeConstant = 0;
  context.createMediaStreamSource(new MediaStream([track.mediaStreamTrack])).connect(analyser);
});
/** in dB below full scale; silence is below -90 */
function level(frequencyHz) {
  if (!analyser) return -1000;
  const bins = new Float32Array(analyser.frequencyBinCount);
  analyser.getFloatFrequencyData(bins);
  const at = Math.round((frequencyHz / analyser.context.sampleRate) * analyser.fftSize);
  return Math.max(-1000, ...bins.subarray(at - 2, at + 3));
}
</script>`;

/** @param client  the package whose build the page loads */
export async function openPage(client: keyof typeof CLIENTS, humHz: number): Promise<PageCaller> {
  const script = await readFile(path.join(path.dirname(CLIENTS[client]()), "livekit-client.umd.js"));
  const server = createServer((request, response) => {
    const isScript = request.url === "/livekit-client.js";
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    response.end(isScript ? script : PAGE);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const wav = path.join(tmpdir(), `switchhook-hum-${humHz}-${process.pid}.wav`);
  await writeFile(wav, humming(humHz));
  const browser: Browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [
      "--no-sandbox",
      "--use-fake-device-for-media-stream",
      "--use-fake-ui-for-media-stream",
      `--use-file-for-fake-audio-capture=${wav}`,
      "--autoplay-policy=no-user-gesture-required",
    ],
  });
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return {
    page,
    connect: (url, token) => page.evaluate(`room.connect(${JSON.stringify(url)}, ${JSON.stringify(token)})`),
    async untilHeard(frequencyHz) {
      await page.waitForFunction(`level(${frequencyHz}) > -40`, undefined, { timeout: 20_000 });
    },
    async untilEvents(expected) {
      const all = `${JSON.stringify(expected)}.every((each) => events.includes(each))`;
      await page.waitForFunction(all, undefined, { timeout: 20_000 }).catch(async (error: unknown) => {
        const events = await page.evaluate<string[]>("events");
        const missing = expected.filter((each) => !events.includes(each));
        throw new Error(`missing ${missing.join(" | ")} in ${events.join(" | ")}`, { cause: error });
      });
    },
    async close() {
      await browser.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Ten seconds of a sine, which Chromium plays over and over: a whole number of waves, so that nothing clicks. */
function humming(frequencyHz: number): Buffer {
  const samples = Int16Array.from({ length: RATE_HZ * 10 }, (_, index) =>
    Math.round(8_000 * Math.sin((2 * Math.PI * frequencyHz * index) / RATE_HZ)),
  );
  return writeWav(samples, RATE_HZ);
}
