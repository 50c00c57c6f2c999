import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { jsonLines, runCommand, startCommand } from "../harness/cli.ts";
import { createContractApi, wireAttempt, wireEvent, type ContractApi } from "../harness/contract-api.ts";

let api: ContractApi;
beforeAll(async () => {
  api = await createContractApi();
});
beforeEach(() => {
  api.requests = [];
  api.routes = {};
});
afterAll(() => api.close());
const events = (...args: string[]) => runCommand(["events", ...args], api.environment);

describe("list", () => {
  test("a line for each, the id last", async () => {
    api.routes["GET /webhook-events"] = () => ({
      body: {
        webhook_events: [
          wireEvent("e2", { type: "end-of-call-report", sequence: 3, state: "pending", attempt_count: 4 }),
          wireEvent("e1", { type: "tool-calls", sequence: null, state: "failed" }),
        ],
        next_cursor: null,
      },
    });
    const { code, stdout } = await events("list");
    expect(code).toBe(0);
    expect(stdout).toBe(
      "2026-11-24 12:00:00.123  end-of-call-report  #3   pending    4 attempts   e2\n" +
        "2026-11-24 12:00:00.123  tool-calls               failed     1 attempt    e1\n",
    );
  });

  test("filters go to the server", async () => {
    api.routes["GET /webhook-events"] = () => ({ body: { webhook_events: [], next_cursor: null } });
    const filters = ["--call", "c 1", "--type", "tool-calls", "--state", "exhausted", "--endpoint", "end-1"];
    const times = ["--since", "2026-11-24T12:00:00+01:00", "--until", "2026-11-24T12:00:00Z"];
    const { stderr } = await events("list", ...filters, ...times, "--limit", "7");
    expect(stderr).toBe("no events\n");
    expect(api.requests[0]!.query).toEqual({
      call_id: "c 1",
      type: "tool-calls",
      state: "exhausted",
      endpoint_id: "end-1",
      since: "2026-11-24T11:00:00.000Z",
      until: "2026-11-24T12:00:00.000Z",
      limit: "7",
    });
  });

  test("follows pages up to the limit, and says that there is more", async () => {
    api.routes["GET /webhook-events"] = ({ query }) => {
      const from = Number(query["cursor"] ?? 0);
      const count = Number(query["limit"]);
      const found = Array.from({ length: count }, (_, index) => wireEvent(`e${from + index}`));
      return { body: { webhook_events: found, next_cursor: String(from + count) } };
    };
    const result = await events("list", "--limit", "450", "--json");
    const [{ webhook_events: listed, next_cursor: cursor }] = jsonLines(result);
    expect(api.requests.map(({ query }) => query["limit"])).toEqual(["200", "200", "50"]);
    expect(new Set(listed.map(({ id }: { id: string }) => id)).size).toBe(450);
    expect(cursor).toBe("450");
    expect((await events("list", "--limit", "1")).stderr).toBe("there are more; --limit shows more than 1\n");
  });
});

test("show: its way, its state, its body", async () => {
  const body = { message: { type: "status-update", call: { id: "c1" } } };
  api.routes["GET /webhook-events/e1"] = () => ({
    body: {
      webhook_event: wireEvent("e1", {
        routing: "disabled",
        reason: "120 hours of failures",
        state: "skipped",
        attempt_count: 0,
        endpoint: null,
        body,
      }),
    },
  });
  const { code, stdout } = await events("show", "e1");
  expect(code).toBe(0);
  expect(stdout).toContain("  routing   disabled: 120 hours of failures\n");
  expect(stdout).toContain("  endpoint  none\n");
  expect(stdout).toContain("  state     skipped, 0 attempts\n");
  expect(stdout).toContain(JSON.stringify(body, undefined, 2));
  expect(jsonLines(await events("show", "e1", "--json"))[0].body).toEqual(body);
});

test("attempts: what failed, whose fault it was, and how to do it again", async () => {
  api.routes["GET /webhook-events/e1/attempts"] = () => ({
    body: {
      attempts: [
        wireAttempt({
          outcome: "http-error",
          status_code: 502,
          fault: "receiver",
          response_body: "<h1>Bad\ngateway\u001b[2J</h1>",
        }),
        wireAttempt({
          number: 2,
          outcome: "connection-failed",
          status_code: null,
          error: "connect ECONNREFUSED",
          fault: "network",
          connection: null,
          remote_address: null,
          timings: { dns_ms: null, connect_ms: null, tls_ms: null, first_byte_ms: null, total_ms: 3 },
          response_body: "",
        }),
      ],
    },
  });
  const { code, stdout } = await events("attempts", "e1");
  expect(code).toBe(0);
  expect(stdout).toBe(
    [
      "attempt 1  2026-11-24 12:00:00.500  http-error, 502",
      "  to        https://x.example/hook, 203.0.113.7:443, cold connection",
      "  fault     the receiver's",
      "  time      15 ms (dns 1 ms, connect 2 ms, first byte 12 ms)",
      "  answer    <h1>Bad",
      "            gateway�[2J</h1>",
      "  again     curl -X POST 'https://x.example/hook'",
      "",
      "attempt 2  2026-11-24 12:00:00.500  connection-failed, connect ECONNREFUSED",
      "  to        https://x.example/hook",
      "  fault     the network's",
      "  time      3 ms",
      "  again     curl -X POST 'https://x.example/hook'",
      "",
    ].join("\n"),
  );
  expect(jsonLines(await events("attempts", "e1", "--json"))[0]).toHaveLength(2);
});

describe("replay", () => {
  test("by id; one that cannot be sent does not keep the others back", async () => {
    for (const id of ["e1", "e3"]) {
      api.routes[`POST /webhook-events/${id}/replay`] = () => ({
        status: 202,
        body: { webhook_event: wireEvent(id, { state: "pending" }) },
      });
    }
    api.routes["POST /webhook-events/e2/replay"] = () => ({
      status: 409,
      body: { error: "There is no endpoint to send it to" },
    });
    const { code, stdout, stderr } = await events("replay", "e1", "e2", "e3");
    expect(code).toBe(1);
    expect(stdout).toMatch(/pending {4}1 attempt {4}e1\n.*e3\n$/);
    expect(stderr).toBe(
      "error: e2: The server refused the request: There is no endpoint to send it to (409).\n",
    );
    expect(jsonLines(await events("replay", "e1", "e2", "--json"))[0]).toMatchObject([
      { id: "e1", state: "pending" },
      { id: "e2", error: expect.stringContaining("409") },
    ]);
  });

  test("a dry run by id only looks", async () => {
    api.routes["GET /webhook-events/e1"] = () => ({ body: { webhook_event: wireEvent("e1") } });
    const { code, stderr } = await events("replay", "e1", "--dry-run");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "a dry run: nothing was sent\n" });
    expect(api.requests.map(({ method }) => method)).toEqual(["GET"]);
  });

  test("a dry run by filter counts", async () => {
    api.routes["POST /webhook-events/replay"] = () => ({ body: { count: 12 } });
    const { code, stdout } = await events("replay", "--state", "exhausted", "--call", "c1", "--dry-run");
    expect({ code, stdout }).toEqual({ code: 0, stdout: "12 events would be sent again\n" });
    expect(api.requests[0]!.body).toEqual({ call_id: "c1", state: "exhausted", dry_run: true });
  });

  function startReplay(states: { state: string; done: number }[]) {
    const answer = () => ({
      status: 202,
      body: {
        webhook_replay: { id: "r1", total: 40, created_at: "2026-11-24T12:00:00Z", ...states.shift() },
      },
    });
    api.routes["POST /webhook-events/replay"] = answer;
    api.routes["GET /webhook-replays/r1"] = answer;
  }

  test("by filter it waits until the server has sent all", async () => {
    startReplay([
      { state: "running", done: 0 },
      { state: "running", done: 25 },
      { state: "done", done: 40 },
    ]);
    const { code, stdout, stderr } = await events("replay", "--state", "exhausted");
    expect({ code, stdout }).toEqual({ code: 0, stdout: "replay r1: 40 of 40 events were sent again\n" });
    expect(stderr).toBe("0 of 40 sent\n25 of 40 sent\n");
    expect(api.requests[0]!.body).toEqual({ state: "exhausted" });
  });

  test("one that was paused is not waited for", async () => {
    startReplay([
      { state: "running", done: 0 },
      { state: "paused", done: 3 },
    ]);
    const { stdout } = await events("replay", "--state", "exhausted");
    expect(stdout).toContain("replay r1 is paused after 3 of 40 events");
  });

  test("--no-wait, and Ctrl-C while waiting, leave it to the server", async () => {
    startReplay([{ state: "running", done: 0 }]);
    expect((await events("replay", "--state", "exhausted", "--no-wait")).stdout).toBe(
      "replay r1 goes on on the server: 0 of 40 events so far\n",
    );
    startReplay([{ state: "running", done: 5 }]);
    const waiting = startCommand(["events", "replay", "--state", "exhausted"], api.environment);
    await waiting.waitFor(/5 of 40 sent/);
    const { code, stdout } = await waiting.end("SIGINT");
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: "replay r1 goes on on the server: 5 of 40 events so far\n",
    });
  });
});
