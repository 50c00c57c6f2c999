import { execFile } from "node:child_process";
import { copyFile, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newDataDirectory, removeDataDirectory, startReadyServer } from "../harness/server.ts";

const CLI = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
let folder: string;
beforeAll(async () => {
  folder = await newDataDirectory();
});
afterAll(() => removeDataDirectory(folder));

function rotate(): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [CLI, "rotate-secret-key", "--json"],
      { env: { PATH: process.env["PATH"], SWITCHHOOK_DATA_DIR: folder } },
      (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}
const keyFile = () => path.join(folder, "secret.key");
const secretOf = async () => {
  const server = await startReadyServer(folder);
  const { body } = await server.api("GET", "/settings/webhook");
  await server.end("SIGTERM");
  return (body["webhook"] as { secret: string }).secret;
};

test(
  "a new key, the same secrets; refused while the server runs; repeated after a crash",
  { timeout: 60_000 },
  async () => {
    const server = await startReadyServer(folder);
    const { body } = await server.api("GET", "/settings/webhook");
    const { secret } = body["webhook"] as { secret: string };
    const whileRunning = await rotate();
    expect(whileRunning.code).not.toBe(0);
    expect(whileRunning.stdout + whileRunning.stderr).toContain("stop it first");
    await server.end("SIGTERM");

    const first = await readFile(keyFile(), "utf8");
    await copyFile(keyFile(), path.join(folder, "before.key"));
    expect(await rotate()).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/"kind":"rotated","secrets":[1-9]\d*,"key_is_in_folder":true/),
    });
    const second = await readFile(keyFile(), "utf8");
    expect(second).toMatch(/^[0-9a-f]{64}\n$/);
    expect(second).not.toBe(first);
    expect(await secretOf()).toBe(secret);

    // Killed after the new key was written, before anything was under it: the folder starts, and the command goes on.
    const third = "ab".repeat(32);
    await writeFile(keyFile(), `${third}\n${second}`);
    expect(await secretOf()).toBe(secret);
    expect((await rotate()).code).toBe(0);
    expect(await readFile(keyFile(), "utf8")).toBe(`${third}\n`);
    // Killed after everything was, before the old key was dropped.
    await writeFile(keyFile(), `${third}\n${second}`);
    expect(await rotate()).toMatchObject({ code: 0, stdout: expect.stringContaining('"secrets":0') });
    expect(await secretOf()).toBe(secret);
  },
);
