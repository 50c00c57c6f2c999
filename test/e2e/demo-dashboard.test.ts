import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const MAIN = fileURLToPath(new URL("../../demo/main.ts", import.meta.url));

test("npm run demo -- --dashboard: made-up calls that look like calls, said to be made up, and gone with it", async () => {
  const child = spawn(
    process.execPath,
    [MAIN, "--dashboard", "--calls", "30", "--no-live-calls", "--no-build"],
    {
      env: { PATH: process.env["PATH"], TMPDIR: process.env["TMPDIR"] },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  let output = "";
  await new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes("Ctrl-C")) resolve();
    });
    void ended.then((code) => reject(new Error(`it ended with ${code}: ${output}`)));
  });
  expect(output).toContain("made up");
  expect(output).toMatch(/dashboard {2}http:\S+/);
  const [, api, key] = /API {8}(\S+) {2}key (\S+)/.exec(output)!;
  const get = async (path: string) =>
    (await (await fetch(`${api}${path}`, { headers: { authorization: `Bearer ${key}` } })).json()) as any;

  const { calls, pagination } = await get("/calls");
  expect(pagination.total).toBe(30);
  const { stats } = await get("/stats");
  expect(stats.totals.calls).toBe(30);
  expect(stats.latency.turns).toBeGreaterThan(5);
  expect(stats.webhook_endpoints.map(({ breaker }: any) => breaker)).toContain("open");

  const recorded = calls.find((call: any) => call.recording_url !== null);
  const { timeline } = await get(`/calls/${recorded.id}/timeline`);
  expect(timeline.recording.duration_ms).toBeGreaterThan(3_000);
  const { peaks } = await get(`/calls/${recorded.id}/recording/peaks`);
  // What is said to be spoken is heard, each on its side.
  for (const { role, speech_offset_ms: from, offset_ms: to } of timeline.activity.filter(
    ({ type }: any) => type === "message",
  )) {
    const at = (ms: number) => Math.floor(((ms - timeline.recording.offset_ms) / peaks.duration_ms) * 800);
    const side = peaks[role === "user" ? "caller" : "assistant"].slice(at(from), at(to) + 1);
    expect(Math.max(...side)).toBeGreaterThan(0.1);
  }
  const { assistants } = await get("/assistants");
  expect((await get(`/assistants/${assistants.at(-1).id}/versions`)).versions.length).toBeGreaterThan(2);
  const { webhook_events: waiting } = await get("/webhook-events?state=pending");
  for (const event of waiting) {
    const { attempts } = await get(`/webhook-events/${event.id}/attempts`);
    expect(attempts.length).toBeGreaterThan(0);
  }

  child.kill("SIGINT");
  expect(await ended).toBe(0);
  const folder = /folder (\S+)/.exec(output)![1]!;
  expect(existsSync(folder)).toBe(false);
}, 240_000);
