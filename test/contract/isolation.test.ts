import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "../../src/ids.ts";
import { operations } from "../../src/openapi/document.ts";
import { addUser } from "../harness/people.ts";
import { startTwoOrganizations, type TwoOrganizations } from "../harness/two-organizations.ts";

// Every operation that names something by its id, asked with the id of another organization's: it is not there.

let two: TwoOrganizations;
let theirs: Record<string, string>;

beforeAll(async () => {
  two = await startTwoOrganizations("memory");
  theirs = await fill();
});
afterAll(() => two.close());

/** One of everything, of the other organization. @returns ids by the beginning of the path */
async function fill(): Promise<Record<string, string>> {
  const { call, id: organizationId } = two.theirs;
  const make = async (path: string, name: string, body: object): Promise<string> => {
    const { status, body: answer } = await call("POST", path, body);
    expect(status, `${path}: ${JSON.stringify(answer)}`).toBe(201);
    return answer[name].id;
  };
  const assistant = await make("/assistants", "assistant", {
    name: "Desk",
    webhook_url: "https://a.example/",
  });
  const campaign = await make("/campaigns", "campaign", {
    name: "Spring",
    agent_id: assistant,
    schedule_start_time: "09:00",
    schedule_end_time: "17:00",
    timezone: "UTC",
    leads: [{ phone_number: "+31612345678" }],
  });
  const callId = newId();
  const eventId = newId();
  const endpointId = newId();
  const replayId = newId();
  const { db } = two.database;
  await db
    .insertInto("calls")
    .values({
      id: callId,
      organization_id: organizationId,
      node_id: newId(),
      direction: "web",
      status: "in-progress",
    })
    .execute();
  await db
    .insertInto("webhook_endpoints")
    .values({
      id: endpointId,
      organization_id: organizationId,
      level: "account",
      owner: "",
      url: "https://a.example/",
      secret: null,
      disabled_reason: null,
    })
    .execute();
  await db
    .insertInto("webhook_events")
    .values({
      id: eventId,
      created_at: new Date(),
      organization_id: organizationId,
      call_id: callId,
      type: "status-update",
      sequence: 1,
      routing: "routed",
      body: Buffer.from("{}"),
    })
    .execute();
  await db
    .insertInto("webhook_replays")
    .values({
      id: replayId,
      organization_id: organizationId,
      filter: "{}",
      state: "paused",
      total: 0,
      after_position: null,
      after_id: null,
    })
    .execute();
  const definition = {
    version: 1,
    entry_node: "talk",
    nodes: [{ id: "talk", type: "conversation", instructions: "x" }],
  };
  const leads = (await call("GET", `/campaigns/${campaign}/leads`)).body.leads;
  return {
    "/assistants/{id}": assistant,
    "/agents/{id}": assistant,
    "/numbers/{id}": await make("/numbers", "number", { phone_number: "+31850000001" }),
    "/calls/{id}": callId,
    "/campaigns/{id}": campaign,
    leadId: leads[0].id,
    "/tool-templates/{id}": await make("/tool-templates", "tool_template", {
      name: "x",
      tool_type: "end_call",
      tool_config: {},
    }),
    "/analysis-templates/{id}": await make("/analysis-templates", "analysis_template", {
      name: "x",
      system_prompt: "x",
      user_prompt: "x",
      schema: {},
    }),
    "/sip-trunks/{id}": await make("/sip-trunks", "trunk", { name: "x", provider: "x", address: "pbx" }),
    "/workflows/{id}": await make("/workflows", "workflow", { name: "x", definition }),
    "/mcp-servers/{id}": await makeMcpServer(organizationId),
    "/api-keys/{id}": await make("/api-keys", "api_key", { name: "x" }),
    "/organizations/{id}": organizationId,
    "/members/{id}": await addUser(db, {
      email: "theirs@a.example",
      memberOf: { [organizationId]: "member" },
    }),
    "/invitations/{id}": await make("/invitations", "invitation", {
      email: "invited@a.example",
      role: "owner",
    }),
    "/users/{id}": await addUser(db, { email: "nobodys@a.example" }),
    "/chats/{id}": newId(),
    "/webhook-events/{id}": eventId,
    "/webhook-endpoints/{id}": endpointId,
    "/webhook-replays/{id}": replayId,
  };
}

async function makeMcpServer(organizationId: string): Promise<string> {
  const id = newId();
  await two.database.db
    .insertInto("mcp_servers")
    .values({ id, organization_id: organizationId, name: "x", url: "https://a.example/", headers: null })
    .execute();
  return id;
}

/** Bodies that are good, so that it is the id that is refused. */
const BODIES: Record<string, object> = {
  "post /assistants/{id}/tools/test": { tool: { name: "look_up" } },
  "post /calls/{id}/control": { type: "end-call" },
  "post /campaigns/{id}/leads": { phone_number: "+31612345678" },
  "patch /api-keys/{id}": { name: "mine now" },
  "patch /organizations/{id}/minutes": { minutes_balance: 1 },
  "patch /members/{id}": { role: "owner" },
  "patch /users/{id}": { password: "four yellow tandems" },
  "patch /webhook-endpoints/{id}": { is_enabled: true },
};

/** What only the installation's first organization may do at all: who may not is told that before anything else. */
const FORBIDDEN = new Set([
  "patch /organizations/{id}/minutes",
  "patch /users/{id}",
  "post /users/{id}/link",
]);

const named = operations.filter(
  ({ path, isPublic, isForPeople }) => path.includes("{") && !isPublic && !isForPeople,
);

test.each(named.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))(
  "%s",
  async (name, { method, path }) => {
    const start = /^\/[^/]+\/\{id\}/.exec(path)![0];
    expect(theirs, "make one of these in fill()").toHaveProperty([start]);
    const snapshot = () => two.theirs.call("GET", start.replace("/{id}", ""));
    const before = (await snapshot()).body;
    const own = path
      .replace("{id}", theirs[start]!)
      .replace("{leadId}", theirs["leadId"]!)
      .replace("{version}", "1");
    const body = method === "get" || method === "delete" ? undefined : (BODIES[name] ?? {});
    // The harness makes mine first: it is the installation's first organization, and may do what no other may.
    const answer = await (FORBIDDEN.has(name) ? two.theirs : two.mine).call(method.toUpperCase(), own, body);
    expect({ status: answer.status, error: answer.body.error }).toEqual(
      FORBIDDEN.has(name)
        ? { status: 403, error: "Forbidden" }
        : { status: 404, error: expect.stringMatching(/ not found$/) },
    );
    expect((await snapshot()).body).toEqual(before);
  },
);

/** The operator's, who sees everybody. */
const EVERYBODYS = "/users";

test("lists hold nothing of the other's", async () => {
  const lists = operations.filter(
    ({ method, path, isPublic, isForPeople, isAtRoot }) =>
      method === "get" &&
      !path.includes("{") &&
      !isPublic &&
      !isForPeople &&
      !isAtRoot &&
      !path.endsWith("/stream") &&
      path !== EVERYBODYS,
  );
  expect(lists.length).toBeGreaterThan(20);
  for (const { path } of lists) {
    const text = JSON.stringify((await two.mine.call("GET", path)).body);
    for (const id of Object.values(theirs)) expect(text, path).not.toContain(id);
  }
});
