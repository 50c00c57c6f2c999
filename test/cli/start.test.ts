import { afterAll, beforeAll, expect, test } from "vitest";
import { runCommand, startCommand, type RunningCommand } from "../harness/cli.ts";
import { newDataDirectory, removeDataDirectory } from "../harness/server.ts";

let dataDirectory: string;
let server: RunningCommand | undefined;
beforeAll(async () => {
  dataDirectory = await newDataDirectory();
});
afterAll(async () => {
  await server?.end("SIGKILL");
  await removeDataDirectory(dataDirectory);
});
const environment = () => ({
  SWITCHHOOK_DATA_DIR: dataDirectory,
  PORT: "0",
  SIP_PORT: "0",
  WEB_RTC_PORT: "0",
  RTP_PORT_RANGE: "22400-22499",
  LOG_LEVEL: "warn",
});

test("start runs the server; --json tells where it is, and the key that it made", async () => {
  server = startCommand(["start", "--json"], environment());
  await server.waitFor(/"kind":"ready"/);
  const ready = JSON.parse(server.stdout().trim().split("\n").at(-1)!) as Record<string, string>;
  expect(ready).toEqual({
    kind: "ready",
    api_url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/api\/v1$/),
    sip_url: expect.stringMatching(/^sip:127\.0\.0\.1:\d+$/),
    api_key: expect.stringMatching(/^fl_/),
    dashboard_url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/$/),
    welcome_url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/welcome#token=[\w-]{43}$/),
    notices: expect.any(Array),
  });

  // With the real server: a key that it does not know, and the account's secret with one that it does.
  const check = (key: string) =>
    runCommand(["check-receiver", "http://127.0.0.1:9/"], {
      SWITCHHOOK_URL: ready["api_url"]!,
      SWITCHHOOK_API_KEY: key,
    });
  expect(await check("fl_wrong_key_0123456789")).toMatchObject({ code: 4 });
  expect(await check(ready["api_key"]!)).toMatchObject({
    code: 3,
    stderr: expect.stringContaining("The receiver at http://127.0.0.1:9/ cannot be reached"),
  });
  expect((await server.end("SIGTERM")).code).toBe(0);
});

test("start says what is wrong with a setting", async () => {
  const { code, stderr } = await runCommand(["start"], { ...environment(), PORT: "many" });
  expect(code).toBe(2);
  expect(stderr).toBe("PORT: must be a port from 0 to 65535 (0: any free port)\n");
  const asJson = await runCommand(["start", "--json"], { ...environment(), PORT: "many" });
  expect(JSON.parse(asJson.stderr)).toMatchObject({ error: expect.stringContaining("PORT: must be a port") });
});
