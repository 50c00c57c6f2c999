import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createSecretBox } from "../../src/secret-box.ts";
import { newId } from "../../src/ids.ts";
import { createOrganization, createTestApi, type TestApi } from "../harness/api.ts";
import { createTestDatabase, type TestDatabase } from "../harness/database.ts";
import { startMcpServer, type TestMcpServer } from "../harness/mcp-server.ts";

const secretBox = createSecretBox(Buffer.alloc(32, 3));
const MINE = "fl_mine_0123456789";
const THEIRS = "fl_theirs_0123456789";
let database: TestDatabase;
let api: TestApi;
let mcp: TestMcpServer;

beforeAll(async () => {
  database = await createTestDatabase();
  const loopback = { address: "127.0.0.0", prefixLength: 8, port: undefined };
  api = await createTestApi(database.db, secretBox, { allowed: [loopback] });
  await createOrganization(database.db, secretBox, MINE);
  await createOrganization(database.db, secretBox, THEIRS);
  mcp = await startMcpServer("hush");
});
afterAll(async () => {
  await api.close();
  await mcp.close();
  await database.close();
});
afterEach(() => {
  mcp.misbehave = undefined;
});

const send = (method: string, path: string, body?: unknown, key = MINE) =>
  api.request(method, path, { key, body });
let count = 0;
const create = (fields: object = {}) =>
  send("POST", "/mcp-servers", {
    name: `Shop ${count++}`,
    url: mcp.url,
    headers: { Authorization: "Bearer hush" },
    ...fields,
  });

test("is created, read, listed, changed and deleted; values of headers never come out", async () => {
  const { status, body } = await create({ name: "Shop", timeout_seconds: 30 });
  expect({ status, body }).toEqual({
    status: 201,
    body: {
      mcp_server: {
        id: expect.any(String),
        name: "Shop",
        url: mcp.url,
        transport: "streamable_http",
        header_names: ["Authorization"],
        timeout_seconds: 30,
        created_at: expect.any(String),
        updated_at: expect.any(String),
      },
    },
  });
  const path = `/mcp-servers/${body.mcp_server.id}`;
  expect((await send("GET", path)).body).toEqual(body);
  expect((await send("GET", "/mcp-servers")).body.mcp_servers).toContainEqual(body.mcp_server);
  expect((await send("GET", "/mcp-servers", undefined, THEIRS)).body).toEqual({ mcp_servers: [] });
  const row = await database.db.selectFrom("mcp_servers").select("headers").executeTakeFirstOrThrow();
  expect(row.headers!.includes("hush")).toBe(false);

  expect((await send("PATCH", path, { timeout_seconds: 5, transport: "sse" })).body.mcp_server).toMatchObject(
    {
      timeout_seconds: 5,
      transport: "sse",
      header_names: ["Authorization"],
    },
  );
  expect(
    (await send("PATCH", path, { headers: { "X-Key": "1", "X-Other": "2" } })).body.mcp_server.header_names,
  ).toEqual(["X-Key", "X-Other"]);
  expect((await send("PATCH", path, { headers: {} })).body.mcp_server.header_names).toEqual([]);
  for (const method of ["GET", "PATCH", "DELETE"]) {
    expect((await send(method, path, method === "PATCH" ? {} : undefined, THEIRS)).status).toBe(404);
  }
  expect((await send("DELETE", path)).body).toEqual({ success: true });
  expect((await send("GET", path)).status).toBe(404);
});

test("names are unique in an organization", async () => {
  await create({ name: "Twice" });
  const second = await create({ name: "Other" });
  for (const answer of [
    await create({ name: "Twice" }),
    await send("PATCH", `/mcp-servers/${second.body.mcp_server.id}`, { name: "Twice" }),
  ]) {
    expect(answer).toMatchObject({ status: 409, body: { code: "mcp_server_name_taken" } });
  }
  const theirs = await send("POST", "/mcp-servers", { name: "Twice", url: mcp.url }, THEIRS);
  expect(theirs.status).toBe(201);
});

test("another host wants the headers again; the same one does not", async () => {
  const { body } = await create();
  const path = `/mcp-servers/${body.mcp_server.id}`;
  expect((await send("PATCH", path, { url: `${mcp.url}/other` })).status).toBe(200);
  const elsewhere = { url: "http://127.0.0.2:9/mcp" };
  expect((await send("PATCH", path, elsewhere)).body.details).toEqual([
    "headers: must be sent along when url leads to another host",
  ]);
  expect((await send("PATCH", path, { ...elsewhere, headers: {} })).body.mcp_server).toMatchObject({
    ...elsewhere,
    header_names: [],
  });
});

test.each<[object, string]>([
  [{ name: " " }, "name: must not be empty"],
  [{ url: "http://mcp.example.com" }, "url: must begin with https://"],
  [{ url: "https://10.0.0.1/mcp" }, "url: 10.0.0.1 is not public (private)"],
  [{ url: "https://nothing.invalid/mcp" }, "url: nothing.invalid does not resolve to an address"],
  [{ url: "https://u:p@mcp.example.com" }, "url: must not hold a user name or password"],
  [{ transport: "stdio" }, "transport: must be one of streamable_http, sse"],
  [{ timeout_seconds: 4 }, "timeout_seconds: must be from 5 to 60, got 4"],
  [{ timeout_seconds: 61 }, "timeout_seconds: must be from 5 to 60, got 61"],
  [{ headers: { "a b": "1" } }, "headers.a b: is not the name of a header"],
  [{ headers: { Host: "x" } }, "headers.Host: is set by the server itself"],
  [{ headers: { "X-A": "1\r\nX-B: 2" } }, "headers.X-A: must be printable ASCII"],
  [
    { headers: Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`X-${index}`, "1"])) },
    "headers: must have at most 10 entries, got 11",
  ],
])("%j is refused", async (fields, problem) => {
  const { status, body } = await create(fields);
  expect({ status, details: body.details }).toEqual({
    status: 400,
    details: [expect.stringContaining(problem)],
  });
});

describe("an assistant's tools", () => {
  test("a server in use stays; one that is not there cannot be used", async () => {
    const { id } = (await create()).body.mcp_server;
    const tools = (serverId: string) => ({
      name: "Desk",
      llm_config: {
        provider: "scripted",
        model: "script-1",
        script: [],
        tools: [{ type: "mcp", mcp_server_id: serverId, allowed_tools: ["find_order"] }],
      },
    });
    const assistant = await send("POST", "/assistants", tools(id));
    expect(assistant.status).toBe(201);
    expect(await send("DELETE", `/mcp-servers/${id}`)).toMatchObject({
      status: 409,
      body: {
        error: "MCP server is in use",
        message: expect.stringContaining("1 assistant takes tools from it"),
      },
    });
    const theirs = (await send("POST", "/mcp-servers", { name: "x", url: mcp.url }, THEIRS)).body.mcp_server
      .id;
    for (const unknown of [newId(), "x", theirs]) {
      expect((await send("POST", "/assistants", tools(unknown))).body.details).toEqual([
        `llm_config.tools: there is no MCP server with the id ${unknown}`,
      ]);
    }
    await send("DELETE", `/assistants/${assistant.body.assistant.id}`);
    expect((await send("DELETE", `/mcp-servers/${id}`)).status).toBe(200);
  });
});

describe("the test", () => {
  const run = async (fields: object, body?: object) => {
    const { id } = (await create(fields)).body.mcp_server;
    return send("POST", `/mcp-servers/${id}/test`, body);
  };

  test("lists the server's tools", async () => {
    const { status, body } = await run({});
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        ok: true,
        duration_ms: expect.any(Number),
        tools: [
          {
            name: "find_order",
            description: "Finds an order",
            input_schema: expect.objectContaining({
              type: "object",
              properties: { number: { type: "string" } },
            }),
          },
          { name: "cancel_order", description: "Cancels an order", input_schema: expect.any(Object) },
        ],
      },
    });
  });

  test("takes further headers for this one time", async () => {
    const headers = { authorization: "Bearer wrong" };
    const { id } = (await create({ headers })).body.mcp_server;
    const path = `/mcp-servers/${id}/test`;
    expect((await send("POST", path)).body).toMatchObject({ ok: false });
    expect(
      (await send("POST", path, { headers: { authorization: "Bearer hush", "x-more": "1" } })).body,
    ).toMatchObject({
      ok: true,
    });
    expect(mcp.seen.at(-1)).toMatchObject({ "x-more": "1" });
    expect((await send("POST", path)).body).toMatchObject({ ok: false });
  });

  test.each<[string, NonNullable<TestMcpServer["misbehave"]>, RegExp]>([
    ["401", (_request, response) => response.writeHead(401).end(), /401|Unauthorized/],
    ["500 with a page", (_request, response) => response.writeHead(500).end("<html>".repeat(1_000)), /500/],
    [
      "no JSON",
      (_request, response) => response.writeHead(200, { "content-type": "application/json" }).end("hm"),
      /JSON/,
    ],
    [
      "a redirect",
      (_request, response) => response.writeHead(302, { location: "http://127.0.0.1/" }).end(),
      /redirect/,
    ],
    ["a connection cut", (_request, response) => response.destroy(), /closed|reset|socket/i],
  ])("%s is a result, in one line and without secrets", async (_what, misbehave, pattern) => {
    mcp.misbehave = misbehave;
    const { status, body } = await run({});
    expect({ status, body }).toEqual({
      status: 200,
      body: { ok: false, duration_ms: expect.any(Number), error: expect.stringMatching(pattern) },
    });
    expect(body.error).not.toContain("hush");
    expect(body.error).not.toContain("\n");
    expect(body.error.length).toBeLessThanOrEqual(300);
  });

  test("nobody listens there", async () => {
    const { body } = await run({ url: "http://127.0.0.1:59999/mcp" });
    expect(body).toMatchObject({ ok: false, error: expect.stringMatching(/ECONNREFUSED/) });
  });

  test("a server that says nothing is given its time, and no more", { timeout: 15_000 }, async () => {
    mcp.misbehave = () => undefined;
    const { body } = await run({ timeout_seconds: 5 });
    expect(body).toMatchObject({
      ok: false,
      error: expect.stringMatching(/no answer within 5 s|timed out/i),
    });
    expect(body.duration_ms).toBeGreaterThanOrEqual(4_990);
    expect(body.duration_ms).toBeLessThan(8_000);
  });

  test("others' servers are not there", async () => {
    const { id } = (await create()).body.mcp_server;
    expect((await send("POST", `/mcp-servers/${id}/test`, {}, THEIRS)).status).toBe(404);
  });
});
