import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, symlink, mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { renderSdkTypes } from "../../scripts/sdk-types.ts";
import { startTwoOrganizations, type TwoOrganizations } from "../harness/two-organizations.ts";

// The package as people get it: built, installed beside their code, and used as its README says.

const root = fileURLToPath(new URL("../../", import.meta.url));
let folder: string;
let two: TwoOrganizations;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "switchhook-sdk-"));
  two = await startTwoOrganizations("socket");
  const dist = path.join(folder, "sdk/dist");
  const built = await run(process.execPath, [
    path.join(root, "node_modules/typescript/bin/tsc"),
    "-p",
    path.join(root, "sdk"),
    "--outDir",
    dist,
  ]);
  expect(built).toEqual({ code: 0, stdout: "", stderr: "" });
  await writeFile(path.join(folder, "sdk/package.json"), await readFile(path.join(root, "sdk/package.json")));
  await mkdir(path.join(folder, "node_modules/@switchhook"), { recursive: true });
  await symlink(path.join(folder, "sdk"), path.join(folder, "node_modules/@switchhook/sdk"));
}, 120_000);
afterAll(async () => {
  await two.close();
  await rm(folder, { recursive: true, force: true });
});

function run(
  command: string,
  args: string[],
  environment: Record<string, string> = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(
      command,
      args,
      { env: { PATH: process.env["PATH"], ...environment }, timeout: 60_000 },
      (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

test(
  "the types are those of the server's document; npm run sdk:types writes them",
  { timeout: 60_000 },
  async () => {
    expect(await readFile(path.join(root, "sdk/src/generated/api.ts"), "utf8")).toBe(await renderSdkTypes());
  },
);

test("what is built imports nothing but itself", async () => {
  const dist = path.join(folder, "sdk/dist");
  const files = (await readdir(dist, { recursive: true })).filter((file) => /\.(js|d\.ts)$/.test(file));
  expect(files.length).toBeGreaterThan(10);
  for (const file of files) {
    const text = await readFile(path.join(dist, file), "utf8");
    const imports = [...text.matchAll(/(?:from|import) ?\(?["']([^"']+)["']/g)].map(([, name]) => name!);
    expect(
      imports.filter((name) => !name.startsWith("./") && !name.startsWith("../")),
      file,
    ).toEqual([]);
    expect(text).not.toMatch(/\b(Buffer|process|require)\b\./);
  }
});

test("every block of the README runs, against a real server", { timeout: 60_000 }, async () => {
  const readme = await readFile(path.join(root, "sdk/README.md"), "utf8");
  const blocks = [...readme.matchAll(/```ts\n([^]*?)```/g)].map(([, code]) => code!);
  expect(blocks.length).toBe(5);
  const port = await freePort();
  const environment = {
    SWITCHHOOK_API_KEY: two.mine.key,
    SWITCHHOOK_URL: two.api.url(),
    WEBHOOK_SECRET: "hush",
    PORT: String(port),
  };
  for (const [index, code] of blocks.entries()) {
    const file = path.join(folder, `block-${index}.mjs`);
    const isServer = code.includes(".listen(");
    // A server ends when it has shown that it listens.
    const ending = isServer
      ? `\nconst seen = await fetch("http://127.0.0.1:${port}/", { method: "POST", body: "{}" });\nconsole.log(seen.status);\nprocess.exit(0);\n`
      : "";
    await writeFile(file, code + ending);
    const { code: exitCode, stdout, stderr } = await run(process.execPath, [file], environment);
    expect({ exitCode, stderr }, `block ${index}`).toEqual({ exitCode: 0, stderr: "" });
    for (const [, said] of code.matchAll(/console\.log\(.*\); ?\/\/ (.*)$/gm)) expect(stdout).toContain(said);
    if (isServer) expect(stdout).toBe("401\n");
  }
  const { body } = await two.mine.call("GET", "/assistants");
  expect(body.assistants).toMatchObject([{ name: "Desk", first_message: "Good morning." }]);
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
