import { execFileSync } from "node:child_process";
import { expect, test, vi } from "vitest";
import { createReceiver } from "../harness/receiver.ts";
import { newDataDirectory, removeDataDirectory, startReadyServer, startServer } from "../harness/server.ts";

/** The postmaster of a data folder: the postgres process whose parent is no postgres. */
function postmasterOf(serverPid: number): number {
  const table = execFileSync("ps", ["-eo", "pid=,ppid=,comm="], { encoding: "utf8" });
  const rows = table
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .map(([pid, parent, name]) => ({ pid: Number(pid), parent: Number(parent), name: name ?? "" }));
  const found = rows.find(({ parent, name }) => parent === serverPid && name.startsWith("postgres"));
  if (!found) throw new Error("the server has no postgres");
  return found.pid;
}

test("two processes that start in the same instant on an empty folder: one is ready, the other says why not", async () => {
  const dataDirectory = await newDataDirectory();
  const results = await Promise.all([startServer(dataDirectory), startServer(dataDirectory)]);
  const ready = results.flatMap((result) => (result.outcome === "ready" ? [result.server] : []));
  const refused = results.flatMap((result) => (result.outcome === "ended" ? [result] : []));
  expect(ready).toHaveLength(1);
  expect(refused).toMatchObject([
    { output: expect.stringContaining("Another Switchhook is running on the data folder") },
  ]);
  expect(refused[0]!.code).not.toBe(0);
  const [server] = ready;
  expect((await server!.api("GET", "/assistants")).status).toBe(200);
  await server!.api("POST", "/assistants", { name: "Kept" });
  expect(await server!.end("SIGTERM")).toBe(0);
  const again = await startReadyServer(dataDirectory);
  expect((await again.api("GET", "/assistants")).body).toMatchObject({ assistants: [{ name: "Kept" }] });
  await again.end("SIGTERM");
  await removeDataDirectory(dataDirectory);
});

test("PostgreSQL killed under a running server: it comes back, and events are delivered again", async () => {
  const dataDirectory = await newDataDirectory();
  const receiver = await createReceiver();
  const server = await startReadyServer(dataDirectory);
  await server.api("PATCH", "/settings/webhook", { url: receiver.url });
  process.kill(postmasterOf(server.process.pid!), "SIGKILL");
  await vi.waitFor(async () => expect((await server.api("GET", "/health")).status).toBe(503), 5_000);
  await vi.waitFor(async () => expect((await server.api("GET", "/health")).status).toBe(200), {
    timeout: 15_000,
    interval: 100,
  });
  const sent = await server.api("POST", "/settings/webhook/test", {});
  expect(sent.body).toMatchObject({ attempt: { outcome: "delivered" } });
  expect(receiver.requests).toHaveLength(1);
  expect(await server.end("SIGTERM")).toBe(0);
  await receiver.close();
  await removeDataDirectory(dataDirectory);
});

test("kill -9 at any moment of a start does not stop the next one", async () => {
  const dataDirectory = await newDataDirectory();
  for (const afterMs of [150, 600, 1_100, 1_700]) {
    const starting = startServer(dataDirectory);
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    // By its command line it is found, because it has not said anything yet.
    for (const pid of serversOn(dataDirectory)) process.kill(pid, "SIGKILL");
    const result = await starting;
    if (result.outcome === "ready") await result.server.end("SIGKILL");
  }
  const server = await startReadyServer(dataDirectory);
  expect((await server.api("GET", "/health")).status).toBe(200);
  expect(await server.end("SIGTERM")).toBe(0);
  await removeDataDirectory(dataDirectory);
});

/** Our own children only: those that were given this very folder. */
function serversOn(dataDirectory: string): number[] {
  const table = execFileSync("ps", ["-eo", "pid=,ppid="], { encoding: "utf8" });
  return table
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === process.pid)
    .map(([pid]) => pid!)
    .filter((pid) => environmentOf(pid).includes(`SWITCHHOOK_DATA_DIR=${dataDirectory}`));
}

function environmentOf(pid: number): string {
  try {
    return execFileSync("cat", [`/proc/${pid}/environ`], { encoding: "utf8" });
  } catch {
    // It has ended in the meantime.
    return "";
  }
}
