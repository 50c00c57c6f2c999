import { execFile, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { webhookHeaders } from "../../src/webhooks/signature.ts";
import { startTwoOrganizations, type TwoOrganizations } from "../harness/two-organizations.ts";
import { createSomeonesProject, type SomeonesProject } from "./built-sdk.ts";

// Every block of the README, by its place, compiled and run against a server, with the library as it is installed.

const readme = readFileSync(new URL("../../sdk/README.md", import.meta.url), "utf8");
const blocks = [...readme.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code]) => code!);
const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

let two: TwoOrganizations;
let project: SomeonesProject;
beforeAll(async () => {
  project = createSomeonesProject(
    Object.fromEntries(blocks.map((code, index) => [`block-${index}.ts`, code])),
  );
  two = await startTwoOrganizations("socket");
});
afterAll(async () => {
  project.remove();
  await two.close();
});

const file = (index: number) => path.join(project.directory, `block-${index}.ts`);
const environment = () => ({
  SWITCHHOOK_API_KEY: two.mine.key,
  SWITCHHOOK_URL: `${two.api.url()}/api/v1`,
  WEBHOOK_SECRET: SECRET,
  PORT: "0",
});
const run = async (...args: string[]) =>
  (await promisify(execFile)(process.execPath, args, { env: environment() })).stdout;

function signed(type: string, more: object = {}) {
  const message = { type, call: { id: "c" }, customer: { number: "+316" }, ...more };
  const body = Buffer.from(JSON.stringify({ message }));
  return {
    body,
    headers: webhookHeaders({ id: "e", type, body }, [SECRET], Math.floor(Date.now() / 1_000)),
  };
}

/** Runs an expression in which `block` is the module and `request` a signed one. */
async function runModule(index: number, expression: string, { body, headers }: ReturnType<typeof signed>) {
  const code = `const block = await import(${JSON.stringify(pathToFileURL(file(index)).href)});
    const headers = new Headers(${JSON.stringify(headers)}), body = ${JSON.stringify(body.toString())};
    const request = new Request("http://localhost/", { method: "POST", headers, body });
    console.log(JSON.stringify(await ${expression}));`;
  return JSON.parse(await run("--input-type=module", "-e", code)) as unknown;
}

test("the compiler has nothing to say", { timeout: 60_000 }, () => {
  expect(blocks).toHaveLength(6);
  expect(project.compile(["node"])).toBe("");
});

test("assistants", async () => {
  expect(await run(file(0))).toMatch(/^\S{36} Front desk\n$/);
  const { body } = await two.mine.call("GET", "/assistants");
  expect(body.assistants[0].first_message).toBe("Good evening!");
});

test("calls; here there is no number to call from", async () => {
  expect(await run(file(1))).toBe("0 0 false 20\n400 no_outbound_number undefined\n");
});

test("an Idempotency-Key of one's own", async () => {
  expect(await run(file(2))).toBe("true\n");
});

test("a fetch-style server", async () => {
  const request = signed("assistant-request");
  expect(await runModule(3, "(await block.default.fetch(request)).json()", request)).toEqual({
    assistant: { first_message: "Hello, +316!" },
  });
});

test("node:http", async () => {
  // The block listens on a port that it does not tell: one is told to it by a free one of ours.
  const { createServer } = await import("node:net");
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  const child = spawn(process.execPath, [file(4)], { env: { ...environment(), PORT: String(port) } });
  const ended = new Promise((resolve) => child.once("close", resolve));
  try {
    await new Promise((resolve) => child.stdout.once("data", resolve));
    const send = (init: RequestInit) => fetch(`http://localhost:${port}/`, init);
    const response = await send({ method: "POST", ...signed("assistant-request") });
    expect(await response.json()).toEqual({ error: "We are closed. Please call again tomorrow." });
    expect((await send({ method: "POST", body: "{}" })).status).toBe(401);
    expect((await send({ method: "GET" })).status).toBe(405);
  } finally {
    child.kill();
    await ended;
  }
});

test("only verify", async () => {
  const report = signed("end-of-call-report", { summary: "They bought it." });
  expect(await runModule(5, "block.receive(body, headers)", report)).toBe("They bought it.");
});
