import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../src/ids.ts";
import { startTwoOrganizations, type TwoOrganizations } from "../harness/two-organizations.ts";

// What people keep beside assistants and numbers: templates, trunks, workflows.

let two: TwoOrganizations;
beforeAll(async () => {
  two = await startTwoOrganizations("memory");
});
afterAll(() => two.close());

const graph = {
  version: 1,
  entry_node: "talk",
  nodes: [{ id: "talk", type: "conversation", instructions: "Listen.", zeta: 1, alpha: 2 }],
};
const resources = [
  {
    path: "/tool-templates",
    one: "tool_template",
    many: "tool_templates",
    create: {
      name: "find_order",
      tool_type: "function",
      tool_config: {
        url: "https://shop.example/orders",
        parameters: { type: "object", properties: { b: {}, a: {} } },
      },
    },
    defaults: { description: null },
    change: { description: "Finds an order" },
  },
  {
    path: "/analysis-templates",
    one: "analysis_template",
    many: "analysis_templates",
    create: {
      name: "Mood",
      description: "How it went",
      system_prompt: "You judge.",
      user_prompt: "{transcript} of {caller_number}",
      schema: { type: "object", properties: { z: {}, a: {} } },
    },
    defaults: {},
    change: { description: null, user_prompt: "{summary}" },
  },
  {
    path: "/sip-trunks",
    one: "trunk",
    many: "trunks",
    create: { name: "Carrier", provider: "acme", address: "sip.example.com", auth_username: "us" },
    defaults: { transport: "udp", is_active: true },
    change: { address: "sip.example.com:5070", transport: "tcp", calls_per_second: 3 },
  },
  {
    path: "/workflows",
    one: "workflow",
    many: "workflows",
    create: { name: "Desk", definition: graph },
    defaults: { is_active: true },
    change: { is_active: false, definition: { ...graph, global_prompt: "Be brief." } },
  },
];

describe.each(resources)("$path", ({ path, one, many, create, defaults, change }) => {
  test("is created, read, listed, changed and deleted, and nobody else sees it", async () => {
    const { mine, theirs } = two;
    const created = await mine.call("POST", path, create);
    expect(created.status).toBe(201);
    const resource = created.body[one];
    expect(resource).toMatchObject({ ...create, ...defaults, id: expect.any(String) });
    const { id } = resource;
    expect((await mine.call("GET", `${path}/${id}`)).body).toEqual(created.body);
    expect(JSON.stringify(created.body)).toContain(JSON.stringify(Object.values(create).at(-1)));
    const listed = (await mine.call("GET", path)).body[many];
    expect(listed).toEqual([expect.objectContaining({ id, name: create.name })]);
    expect((await theirs.call("GET", path)).body).toEqual({ [many]: [] });

    for (const method of change ? ["GET", "PATCH", "DELETE"] : ["GET", "DELETE"]) {
      for (const where of [`${path}/${id}`, `${path}/${newId()}`, `${path}/none`]) {
        const answer = await theirs.call(method, where, method === "PATCH" ? change : undefined);
        expect(answer).toMatchObject({ status: 404, body: { error: expect.stringContaining("not found") } });
      }
    }

    if (change) {
      const changed = await mine.call("PATCH", `${path}/${id}`, change);
      expect(changed).toMatchObject({ status: 200, body: { [one]: { ...create, ...change, id } } });
      expect((await mine.call("PATCH", `${path}/${id}`, {})).body[one]).toEqual({
        ...changed.body[one],
        updated_at: expect.any(String),
      });
    } else {
      expect((await mine.call("PATCH", `${path}/${id}`, {})).status).toBe(405);
    }
    expect((await mine.call("DELETE", `${path}/${id}`)).body).toEqual({ success: true });
    expect((await mine.call("GET", `${path}/${id}`)).status).toBe(404);
    expect((await mine.call("DELETE", `${path}/${id}`)).status).toBe(404);
  });

  test.each(Object.keys(create).filter((field) => !["description", "auth_username"].includes(field)))(
    "wants %s",
    async (field) => {
      const { [field]: _left, ...rest } = create as Record<string, unknown>;
      const { status, body } = await two.mine.call("POST", path, rest);
      expect({ status, details: body.details }).toMatchObject({
        status: 400,
        details: [expect.stringMatching(`^${field}: is required`)],
      });
    },
  );
});

describe("tool templates", () => {
  const create = (template: object) => two.mine.call("POST", "/tool-templates", { name: "x", ...template });

  test.each([
    ["endCall", {}, "end_call"],
    ["end_call", {}, "end_call"],
    [
      "transferCall",
      { destinations: [{ type: "number", number: "+31201234567", description: "Desk" }] },
      "transfer_call",
    ],
  ])("%s is stored as the SDK spells it", async (type, config, stored) => {
    const { body } = await create({ tool_type: type, tool_config: config });
    expect(body.tool_template).toMatchObject({ tool_type: stored, tool_config: config });
  });

  test.each<[object, string]>([
    [
      { name: "two words", tool_type: "function", tool_config: {} },
      "name: as the function's name it must begin",
    ],
    [{ tool_type: "function", tool_config: { name: "9" } }, "tool_config.name: must begin with a letter"],
    [
      { tool_type: "function", tool_config: { url: "http://10.0.0.1/" } },
      "tool_config.url: 10.0.0.1 is not public",
    ],
    [{ tool_type: "transfer_call", tool_config: {} }, "tool_config.destinations: must be a list"],
    [{ tool_type: "dance", tool_config: {} }, "tool_type: must be one of"],
    [{ tool_type: "function", tool_config: [] }, "tool_config: must be an object, got a list"],
  ])("%j is refused", async (template, problem) => {
    const { status, body } = await create(template);
    expect({ status, details: body.details }).toEqual({
      status: 400,
      details: [expect.stringContaining(problem)],
    });
  });

  test("a new type must go with the stored config, and a new config with the stored type", async () => {
    const { body } = await create({ name: "hang up", tool_type: "end_call", tool_config: {} });
    const patch = (changes: object) =>
      two.mine.call("PATCH", `/tool-templates/${body.tool_template.id}`, changes);
    expect((await patch({ tool_type: "function" })).body.details).toEqual([
      expect.stringContaining("name: as the function's name it must begin"),
    ]);
    expect((await patch({ tool_type: "function", name: "hang_up" })).status).toBe(200);
    expect((await patch({ tool_config: { parameters: 5 } })).status).toBe(400);
    expect((await patch({ tool_config: { message: "One moment" } })).body.tool_template).toMatchObject({
      tool_type: "function",
      tool_config: { message: "One moment" },
    });
  });
});

describe("workflows", () => {
  test("lists say how large the graph is", async () => {
    const definition = {
      ...graph,
      nodes: [...graph.nodes, { id: "bye", type: "end" }],
      edges: [{ from: "talk", to: "bye", description: "Done" }],
    };
    const { body } = await two.theirs.call("POST", "/workflows", {
      name: "Two",
      definition,
      is_active: false,
    });
    const { id, created_at, updated_at } = body.workflow;
    expect((await two.theirs.call("GET", "/workflows")).body).toEqual({
      workflows: [
        {
          id,
          name: "Two",
          is_active: false,
          entry_node: "talk",
          node_count: 2,
          edge_count: 1,
          created_at,
          updated_at,
        },
      ],
    });
    await two.theirs.call("DELETE", `/workflows/${id}`);
  });

  test("a wrong graph is refused with every problem, as the contract words it", async () => {
    const definition = {
      ...graph,
      entry_node: "missing",
      edges: [{ from: "talk", to: "talk", description: "x" }],
    };
    for (const [method, path] of [["POST", "/workflows"]] as const) {
      const { status, body } = await two.mine.call(method, path, { name: "x", definition });
      expect({ status, body }).toEqual({
        status: 400,
        body: {
          error: "Invalid workflow definition",
          details: [
            'entry_node "missing" does not reference an existing node',
            'edges[0] leads from "talk" to itself',
          ],
          code: "invalid_workflow",
        },
      });
    }
  });

  test("a speech-to-speech model on a node has a code of its own", async () => {
    const nodes = [{ ...graph.nodes[0], llm_config: { provider: "xai_realtime" } }];
    const { body } = await two.mine.call("POST", "/workflows", {
      name: "x",
      definition: { ...graph, nodes },
    });
    expect(body).toMatchObject({
      error: "Invalid workflow definition",
      code: "realtime_provider_not_allowed_per_node",
      details: [expect.stringContaining("realtime_provider_not_allowed_per_node")],
    });
  });
});

describe("what numbers refer to", () => {
  test("a trunk and a workflow are attached, named, and detached by null", async () => {
    const { mine } = two;
    const trunk = (await mine.call("POST", "/sip-trunks", resources[2]!.create)).body.trunk;
    const workflow = (await mine.call("POST", "/workflows", { name: "Desk", definition: graph })).body
      .workflow;
    const created = await mine.call("POST", "/numbers", {
      phone_number: "+31850000001",
      transfer_trunk_id: trunk.id,
      workflow_id: workflow.id,
    });
    const attached = {
      transfer_trunk_id: trunk.id,
      transfer_trunk_name: "Carrier",
      workflow_id: workflow.id,
      workflow_name: "Desk",
    };
    expect(created.body.number).toMatchObject(attached);
    const second = await mine.call("POST", "/numbers", {
      phone_number: "+31850000002",
      workflow_id: workflow.id,
    });

    const refused = await mine.call("DELETE", `/workflows/${workflow.id}`);
    expect(refused).toMatchObject({
      status: 409,
      body: {
        error:
          "Workflow is attached to 2 phone numbers. Detach it first (PATCH /numbers/{id} with workflow_id: null).",
        code: "workflow_in_use",
      },
    });
    await mine.call("DELETE", `/numbers/${second.body.number.id}`);
    expect((await mine.call("DELETE", `/workflows/${workflow.id}`)).body.error).toContain(
      "to 1 phone number.",
    );

    const path = `/numbers/${created.body.number.id}`;
    expect((await mine.call("PATCH", path, { is_active: false })).body.number).toMatchObject(attached);
    expect((await mine.call("PATCH", path, { workflow_id: null })).body.number).toMatchObject({
      workflow_id: null,
      workflow_name: null,
      transfer_trunk_id: trunk.id,
    });
    expect((await mine.call("DELETE", `/workflows/${workflow.id}`)).status).toBe(200);
    await mine.call("DELETE", `/sip-trunks/${trunk.id}`);
    expect((await mine.call("GET", path)).body.number).toMatchObject({ transfer_trunk_id: null });
  });

  test.each(["transfer_trunk_id", "workflow_id"])("%s of nobody, or of others", async (field) => {
    const { body } =
      field === "workflow_id"
        ? await two.theirs.call("POST", "/workflows", { name: "x", definition: graph })
        : await two.theirs.call("POST", "/sip-trunks", resources[2]!.create);
    const theirs = (body.trunk ?? body.workflow).id;
    for (const id of ["x", newId(), theirs]) {
      const answer = await two.mine.call("POST", "/numbers", { phone_number: "+31850000003", [field]: id });
      expect(answer).toMatchObject({
        status: 400,
        body: { details: [expect.stringContaining(`${field}: there is no`)] },
      });
    }
  });
});

test("chats answer, and say that they are gone", async () => {
  const { call } = two.mine;
  expect(await call("GET", "/chats")).toMatchObject({ status: 200, body: { chats: [] } });
  expect(await call("GET", "/chats/context")).toMatchObject({ status: 200, body: { context: null } });
  expect(await call("POST", "/chats", { message: "Hi" })).toMatchObject({
    status: 410,
    body: { error: "Gone" },
  });
  const deleted = await call("DELETE", "/chats/1");
  expect(deleted).toMatchObject({ status: 404, body: { error: "Chat not found" } });
  expect(deleted.headers["deprecation"]).toBe("true");
  expect((await call("GET", "/numbers")).headers).not.toHaveProperty("deprecation");
});
