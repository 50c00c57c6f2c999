import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { insertCall, saveDecision } from "../../src/calls/call-store.ts";
import { newId } from "../../src/ids.ts";
import { sign } from "../../src/webhooks/signature.ts";
import { addUser, signIn } from "../harness/people.ts";
import { createReceiver } from "../harness/receiver.ts";
import { startTwoOrganizations, type TwoOrganizations } from "../harness/two-organizations.ts";

let two: TwoOrganizations;
beforeAll(async () => {
  two = await startTwoOrganizations("socket", {
    allowed: [{ address: "127.0.0.0", prefixLength: 8, port: undefined }],
  });
});
afterAll(() => two.close());

const llm = (tools: object[], prompt = "Be kind.") => ({
  provider: "scripted",
  model: "script-1",
  script: [],
  messages: [{ role: "system", content: prompt }],
  tools,
});
const lookUp = (secret?: string) => ({
  name: "look_up",
  server: { url: "http://127.0.0.1:9/", ...(secret && { secret }) },
});
const call = async (method: string, path: string, body?: object) => {
  const { status, body: answer } = await two.mine.call(method, path, body);
  expect(status, JSON.stringify(answer)).toBeLessThan(300);
  return answer;
};
const make = async (body: object): Promise<string> => (await call("POST", "/assistants", body)).assistant.id;

test("each change keeps what was, with who and when, without secrets; it can be brought back, with today's secrets", async () => {
  const id = await make({ name: "Desk", llm_config: llm([lookUp("s1")]), webhook_secret: "whsec_1" });
  await call("PATCH", `/assistants/${id}`, { name: "Bell", llm_config: llm([lookUp("s2")], "Be short.") });
  // Neither of these makes a version.
  await call("PATCH", `/assistants/${id}`, { name: "Bell" });
  await call("POST", `/assistants/${id}/webhook/rotate-secret`, { secret: "whsec_second" });

  const { versions } = await call("GET", `/assistants/${id}/versions`);
  const by = { type: "api_key", id: expect.any(String), name: "key" };
  expect(versions).toEqual([
    { version: 2, name: "Bell", changed_by: by, created_at: expect.any(String) },
    { version: 1, name: "Desk", changed_by: by, created_at: expect.any(String) },
  ]);
  const first = (await call("GET", `/assistants/${id}/versions/1`)).version;
  expect(first.configuration).toMatchObject({
    name: "Desk",
    llm_config: llm([{ ...lookUp(), server: { url: "http://127.0.0.1:9/", secret: null } }]),
  });
  const second = (await call("GET", `/assistants/${id}/versions/2`)).version;
  expect(JSON.stringify([first, second])).not.toMatch(/"s1"|"s2"|whsec/);

  const { assistant } = await call("POST", `/assistants/${id}/versions/1/restore`);
  expect(assistant).toMatchObject({
    id,
    name: "Desk",
    webhook_secret: "whsec_second",
    llm_config: llm([lookUp("s2")]),
  });
  expect((await call("GET", `/assistants/${id}/versions`)).versions.map((each: any) => each.version)).toEqual(
    [3, 2, 1],
  );
  const { rows } = await two.database.pool.query("select configuration::text from assistant_versions");
  expect(JSON.stringify(rows)).not.toMatch(/s1|s2|whsec/);
});

test("a call remembers which version it ran by", async () => {
  const id = await make({ name: "Desk" });
  await call("PATCH", `/assistants/${id}`, { name: "Bell" });
  const callId = newId();
  await insertCall(two.database.db, {
    id: callId,
    organizationId: two.mine.id,
    nodeId: newId(),
    direction: "inbound",
    carrierCallId: null,
    callerNumber: null,
    calledNumber: "+31850835037",
    numberId: null,
    numberName: null,
    assistantId: null,
  });
  await saveDecision(two.database.db, callId, { assistantId: id, configuration: { name: "Bell" } });
  await call("PATCH", `/assistants/${id}`, { name: "Gong" });
  expect(await call("GET", `/calls/${callId}`)).toMatchObject({ agent_id: id, agent_version: 2 });
});

test.each(["/versions/9", "/versions/x", "/versions/0"])("%s is not there", async (path) => {
  const id = await make({ name: "Desk" });
  for (const [method, suffix] of [
    ["GET", ""],
    ["POST", "/restore"],
  ] as const) {
    const answer = await two.mine.call(method, `/assistants/${id}${path}${suffix}`);
    expect([answer.status, answer.body.code]).toEqual([404, "assistant_version_not_found"]);
  }
});

test("a tool is tried as a call would: signed, marked as a test, and what the model would read", async () => {
  const receiver = await createReceiver();
  onTestFinished(() => receiver.close());
  const tool = { name: "look_up", url: receiver.url, server: { url: receiver.url, secret: "whsec_tool" } };
  const id = await make({ name: "Desk", llm_config: llm([tool]) });
  receiver.behave = ({ message }) => {
    const [asked] = message["tool_call_list"] as { id: string }[];
    return { answer: { results: [{ tool_call_id: asked!.id, result: "open" }] } };
  };
  const { tool_test: told } = await call("POST", `/assistants/${id}/tools/test`, {
    name: "look_up",
    arguments: { day: "today" },
  });
  expect(told).toMatchObject({ outcome: "result", model_reads: "open" });
  const [request] = receiver.requests;
  expect(told.request_body).toEqual(JSON.parse(request!.body.toString()));
  expect(told.request_body.message).toMatchObject({
    type: "tool-calls",
    test: true,
    tool_call_list: [{ id: told.tool_call_id, function: { name: "look_up", arguments: { day: "today" } } }],
  });
  const timestamp = Number(request!.headers["x-webhook-timestamp"]);
  expect(request!.headers["x-webhook-signature"]).toBe(sign("whsec_tool", timestamp, request!.body));
  expect(told.attempts).toMatchObject([
    { outcome: "delivered", status_code: 200, timings: { total_ms: expect.any(Number) } },
  ]);
  expect((await call("GET", `/webhook-events/${told.webhook_event_id}`)).webhook_event.type).toBe(
    "tool-calls",
  );

  // Not saved, and its webhook fails.
  receiver.behave = () => ({ raw: "<html>", status: 500 });
  const failed = await call("POST", `/assistants/${id}/tools/test`, {
    tool: { type: "function", function: { name: "other" }, url: receiver.url },
  });
  expect(failed.tool_test).toMatchObject({
    outcome: "error",
    model_reads: "The tool failed: the webhook answered with status 500.",
    attempts: [{ outcome: "http-error", response_body: "<html>" }],
  });
});

test("secrets of tools are for owners; a member who changes the rest, or tries a tool, leaves them as they are", async () => {
  const receiver = await createReceiver();
  onTestFinished(() => receiver.close());
  const tool = (secret: string | null, description = "x") => ({
    name: "look_up",
    description,
    url: receiver.url,
    server: { url: receiver.url, secret },
  });
  const withTool = (...args: Parameters<typeof tool>) => ({ llm_config: llm([tool(...args)]) });
  const template = { name: "T", tool_type: "function", tool_config: tool("s3cret-of-t") };
  const made = await two.mine.call("POST", "/assistants", { name: "Tools", ...withTool("s3cret-of-t") });
  const path = `/assistants/${made.body.assistant.id}`;
  const saved = (await two.mine.call("POST", "/tool-templates", template)).body.tool_template;
  const templatePath = `/tool-templates/${saved.id}`;
  const { db } = two.database;
  await addUser(db, { email: "ann@a.example", memberOf: { [two.mine.id]: "owner" } });
  await addUser(db, { email: "bob@a.example", memberOf: { [two.mine.id]: "member" } });
  const ann = await signIn(two.api, "ann@a.example");
  const bob = await signIn(two.api, "bob@a.example");

  for (const read of ["/assistants", "/agents", path, "/tool-templates", templatePath]) {
    expect(JSON.stringify((await bob.call("GET", read)).body), read).not.toContain("s3cret-of-t");
  }
  for (const read of [path, templatePath]) {
    expect(JSON.stringify((await ann.call("GET", read)).body), read).toContain("s3cret-of-t");
  }
  expect((await bob.call("GET", path)).body.assistant.llm_config.tools).toEqual([tool(null)]);

  for (const [where, body] of [
    [path, withTool("mine")],
    [templatePath, { tool_config: tool("mine") }],
  ] as const) {
    expect(await bob.call("PATCH", where, body)).toMatchObject({
      status: 403,
      body: {
        code: "role_not_allowed",
        message: expect.stringContaining("server.secret: only owners set it"),
      },
    });
  }
  const tested = await bob.call("POST", `${path}/tools/test`, { tool: tool(null) });
  expect(tested.status).toBe(200);
  const [request] = receiver.requests;
  const timestamp = Number(request!.headers["x-webhook-timestamp"]);
  expect(request!.headers["x-webhook-signature"]).toBe(sign("s3cret-of-t", timestamp, request!.body));

  const changed = await bob.call("PATCH", path, withTool(null, "y"));
  expect(changed.body.assistant.llm_config.tools).toEqual([tool(null, "y")]);
  await bob.call("PATCH", templatePath, { tool_config: tool(null, "y") });
  const now = (await two.mine.call("GET", path)).body.assistant;
  expect(now.llm_config.tools).toEqual([tool("s3cret-of-t", "y")]);
  expect((await two.mine.call("GET", templatePath)).body.tool_template.tool_config).toEqual(
    tool("s3cret-of-t", "y"),
  );
  // Who may see it takes it away by null, as ever.
  await ann.call("PATCH", path, withTool(null));
  expect((await two.mine.call("GET", path)).body.assistant.llm_config.tools).toEqual([tool(null)]);
});

test("a tool without any webhook is told so", async () => {
  const id = await make({ name: "Desk" });
  expect(
    (await call("POST", `/assistants/${id}/tools/test`, { tool: { name: "look_up" } })).tool_test,
  ).toMatchObject({
    outcome: "error",
    model_reads: "The tool failed: no webhook is configured for it.",
    attempts: [],
  });
});

test.each([
  [{}, "body: give either name or tool"],
  [{ name: "x", tool: { name: "x" } }, "body: give either name or tool"],
  [{ name: "x" }, "name: the assistant has no such tool with a webhook"],
  [{ tool: { name: "1" } }, "tool.name: must begin"],
  [{ tool: { name: "x", url: "http://10.0.0.1/" } }, "tool.url: "],
  [{ tool: { type: "end_call" } }, "tool: only tools with a webhook can be tried"],
  [{ tool: { name: "x" }, arguments: [] }, "arguments: must be"],
])("refuses %j", async (body, problem) => {
  const id = await make({ name: "Desk" });
  const { status, body: answer } = await two.mine.call("POST", `/assistants/${id}/tools/test`, body);
  expect(status).toBe(400);
  expect(answer.details.join("\n")).toContain(problem);
});
