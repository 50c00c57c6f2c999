import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createLiveCalls } from "../../src/calls/live-calls.ts";
import { createSecretBox } from "../../src/secret-box.ts";
import { newId } from "../../src/ids.ts";
import { createOrganization, createTestApi, type TestApi } from "../harness/api.ts";
import { createTestDatabase, type TestDatabase } from "../harness/database.ts";

const secretBox = createSecretBox(Buffer.alloc(32, 3));
const key = "fl_control_0123456789";
const MOST = 10;
let database: TestDatabase;
let api: TestApi;
let organizationId: string;
const liveCalls = createLiveCalls();
let done: unknown[];

beforeAll(async () => {
  database = await createTestDatabase();
  api = await createTestApi(database.db, secretBox, {
    liveCalls,
    rateLimits: {
      requestsPerMinute: 0,
      sessionRequestsPerMinute: 0,
      signInsPerEmail: 0,
      controlsPerMinute: MOST,
    },
  });
  organizationId = await createOrganization(database.db, secretBox, key);
  await createOrganization(database.db, secretBox, "fl_other_0123456789ab");
});
afterAll(async () => {
  await api.close();
  await database.close();
});
beforeEach(() => {
  done = [];
});

async function addCall(status = "in-progress"): Promise<string> {
  const id = newId();
  await database.db
    .insertInto("calls")
    .values({ id, organization_id: organizationId, node_id: newId(), direction: "inbound", status })
    .execute();
  liveCalls.begin(id).take({
    command(command) {
      done.push(command);
      return { outcome: "taken" };
    },
    refusalOf: () => undefined,
  });
  return id;
}

const control = (id: string, body: unknown, by = key) =>
  api.request("POST", `/calls/${encodeURIComponent(id)}/control`, { key: by, body });

test.each<[object]>([
  [{ type: "inject-context", content: "He is a gold customer.", trigger_response: false }],
  [{ type: "say", content: "One moment.", end_after: true }],
  [{ type: "end-call" }],
  [{ type: "end-call", message: "Goodbye." }],
  [{ type: "end-call", message: null }],
  [{ type: "transfer", destination: "+31201234567", message: "I put you through." }],
  [{ type: "transfer", destination: "sip:desk@pbx.example" }],
  [{ type: "transfer", destination: "+31201234567", mode: "warm", accept_digit: "5", briefing: "Gold." }],
])("%j is passed on", async (command) => {
  const { status, body } = await control(await addCall(), command);
  expect({ status, body }).toEqual({
    status: 200,
    body: { success: true, message: "Command sent successfully" },
  });
  expect(done).toEqual([command]);
});

test.each<[object, string]>([
  [{}, "type: is required: one of inject-context, say, end-call, transfer"],
  [{ type: "dance" }, 'type: must be one of inject-context, say, end-call, transfer, got "dance"'],
  [{ type: "say", end_after: true }, "content: is required"],
  [{ type: "say", content: "", end_after: true }, "content: must have at least 1 characters, got 0"],
  [{ type: "say", content: "Hello" }, "end_after: is required"],
  [{ type: "inject-context", content: "Hello" }, "trigger_response: is required"],
  [{ type: "transfer" }, "destination: is required"],
  [{ type: "transfer", destination: "desk" }, "destination: must be a number in E.164"],
  [
    { type: "transfer", destination: "+31201234567", mode: "hot" },
    'mode: must be one of cold, warm, got "hot"',
  ],
  [
    { type: "transfer", destination: "+31201234567", accept_digit: "12" },
    "accept_digit: must be one key: 0 to 9, * or #",
  ],
  [
    { type: "transfer", destination: "+31201234567", accept_digit: "2" },
    "reject_digit: must be another key than accept_digit",
  ],
])("%j is refused", async (command, problem) => {
  const { status, body } = await control(await addCall(), command);
  expect({ status, details: body.details }).toEqual({
    status: 400,
    details: [expect.stringContaining(problem)],
  });
  expect(done).toEqual([]);
});

describe("which call", () => {
  const command = { type: "end-call" };

  test.each(["connecting", "ringing", "ended", "transferred"])(
    "one that is %s is not active",
    async (status) => {
      const answer = await control(await addCall(status), command);
      expect(answer).toMatchObject({
        status: 400,
        body: { error: "Call not active", message: `The call is ${status}, not in-progress` },
      });
    },
  );

  test("one whose process is gone is not active either, and says so", async () => {
    const id = await addCall();
    liveCalls.begin(id).clear();
    expect(await control(id, command)).toMatchObject({
      status: 400,
      body: { error: "Call not active", message: "The server that carried the call is gone" },
    });
  });

  test("one that cannot take the command now says why", async () => {
    const id = await addCall();
    liveCalls.begin(id).take({
      command: () => ({ outcome: "refused", detail: "The call is being transferred" }),
      refusalOf: () => "The call is being transferred",
    });
    expect(await control(id, command)).toMatchObject({
      status: 400,
      body: { code: "call_not_active", message: "The call is being transferred" },
    });
  });

  test("one that is not there, or another organization's", async () => {
    const id = await addCall();
    for (const [which, by] of [
      [newId(), key],
      ["call-_+31623731537_x", key],
      [id, "fl_other_0123456789ab"],
    ] as const) {
      expect(await control(which, command, by)).toMatchObject({
        status: 404,
        body: { error: "Call not found" },
      });
    }
  });
});

test("more than ten commands a minute for one call are refused; another call has its own count", async () => {
  const say = { type: "say", content: "x", end_after: false };
  for (;;) {
    const id = await addCall();
    const answers = [];
    for (let command = 0; command < MOST + 2; command++) answers.push(await control(id, say));
    const windows = new Set(answers.map(({ status }) => status));
    const resets = answers
      .filter(({ status }) => status === 429)
      .map(({ headers }) => headers["x-ratelimit-reset"]);
    // The clock's minute turned in the middle: once more.
    if (answers.filter(({ status }) => status === 429).length !== 2 || new Set(resets).size !== 1) continue;
    expect([...windows]).toEqual([200, 429]);
    expect(answers.at(-1)).toMatchObject({
      headers: { "x-ratelimit-limit": "10", "x-ratelimit-remaining": "0" },
      body: { error: "Rate limit exceeded", retry_after: expect.any(Number) },
    });
    expect((await control(await addCall(), say)).status).toBe(200);
    return;
  }
});
