import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { createLogger } from "../../src/logger.ts";
import { connectMcp } from "../../src/mcp/mcp-client.ts";
import { createOpenMcpTools } from "../../src/mcp/mcp-tools.ts";
import { startMcpServer, type TestMcpServer } from "../harness/mcp-server.ts";

let mcp: TestMcpServer;
beforeAll(async () => {
  mcp = await startMcpServer("hush");
});
afterAll(() => mcp.close());
afterEach(() => {
  mcp.misbehave = undefined;
});

const open = createOpenMcpTools({
  findServer: (_organizationId, id) =>
    Promise.resolve(
      id === "gone"
        ? undefined
        : {
            name: "shop",
            target: {
              url: id === "closed" ? "http://127.0.0.1:59999/mcp" : mcp.url,
              transport: "streamable_http",
              headers: { authorization: "Bearer hush" },
              timeoutMs: 5_000,
            },
          },
    ),
  connect: (target) => connectMcp(target, { fetch, clock: systemClock, version: "test" }),
  logger: createLogger({ level: "silent" }),
});
const tool = (serverId: string, allowedTools: string[], isRequired = true) =>
  ({ kind: "mcp", serverId, allowedTools, isRequired }) as const;

async function opened(...wanted: Parameters<typeof open>[1]) {
  const result = await open("organization", wanted);
  if (result.outcome === "unreachable") throw new Error(result.error);
  return result;
}

test("only what is allowed is there, and it can be called", async () => {
  const { tools, close } = await opened(tool("shop", ["find_order"]));
  expect(tools).toMatchObject([
    {
      name: "find_order",
      description: "Finds an order",
      parameters: { properties: { number: { type: "string" } } },
    },
  ]);
  const { signal } = new AbortController();
  expect(await tools[0]!.run({ number: "7" }, signal)).toEqual({
    outcome: "result",
    result: "Order 7 is on its way.",
  });
  await close();
});

describe("what goes wrong is told to the model in a line", () => {
  test("the tool itself says so", async () => {
    const { tools, close } = await opened(tool("shop", ["cancel_order"]));
    expect(await tools[0]!.run({}, new AbortController().signal)).toEqual({
      outcome: "error",
      error: "It has left already.",
    });
    await close();
  });

  test.each<[string, NonNullable<TestMcpServer["misbehave"]>, RegExp]>([
    [
      "500",
      (_request, response) => response.writeHead(500).end("<html>"),
      /^The tool failed: the server answered 500$/,
    ],
    ["a connection cut", (_request, response) => response.destroy(), /^The tool failed: /],
  ])("%s", async (_what, misbehave, pattern) => {
    const { tools, close } = await opened(tool("shop", ["find_order"]));
    mcp.misbehave = misbehave;
    const result = await tools[0]!.run({ number: "7" }, new AbortController().signal);
    expect(result).toEqual({ outcome: "error", error: expect.stringMatching(pattern) });
    await close();
  });

  test("the caller is gone", async () => {
    const { tools, close } = await opened(tool("shop", ["find_order"]));
    mcp.misbehave = () => undefined;
    const abort = new AbortController();
    const running = tools[0]!.run({ number: "7" }, abort.signal);
    abort.abort();
    expect(await running).toMatchObject({ outcome: "error" });
    await close();
  });
});

describe("a server that cannot be reached", () => {
  test.each([
    ["closed", "MCP server shop: connect ECONNREFUSED"],
    ["gone", "an MCP server of the assistant does not exist any more"],
  ])("%s: required, the call cannot be", async (serverId, error) => {
    const result = await open("organization", [tool("shop", ["find_order"]), tool(serverId, ["x"])]);
    expect(result).toEqual({ outcome: "unreachable", error: expect.stringContaining(error) });
  });

  test("not required, it is left out", async () => {
    const { tools, close } = await opened(tool("closed", ["x"], false), tool("shop", ["find_order"]));
    expect(tools.map(({ name }) => name)).toEqual(["find_order"]);
    await close();
  });
});
