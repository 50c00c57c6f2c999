import { createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EXIT } from "../../src/cli/exit-codes.ts";
import { runCommand } from "../harness/cli.ts";
import { createContractApi, KEY, type ContractApi } from "../harness/contract-api.ts";

let api: ContractApi;
beforeAll(async () => {
  api = await createContractApi();
});
afterAll(() => api.close());

/** One or two lines, what and what to do; never a stack. */
function expectShort(stderr: string): void {
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stderr.trimEnd().split("\n").length).toBeLessThanOrEqual(2);
}

describe("the command line", () => {
  test.each([
    [["--help"]],
    [["start", "--help"]],
    [["demo", "--help"]],
    [["listen", "--help"]],
    [["events", "--help"]],
    [["events", "list", "--help"]],
    [["events", "show", "--help"]],
    [["events", "attempts", "--help"]],
    [["events", "replay", "--help"]],
    [["trigger", "--help"]],
    [["check-receiver", "--help"]],
  ])("explains itself: %j", async (args) => {
    const { code, stdout, stderr } = await runCommand(args);
    expect({ code, stderr }).toEqual({ code: EXIT.done, stderr: "" });
    expect(stdout).toContain("Usage: switchhook");
  });

  test.each([
    [["lisen"], "unknown command 'lisen'"],
    [["events", "lst"], "unknown command 'lst'"],
    [["listen", "--nope"], "unknown option '--nope'"],
    [["events", "show"], "missing required argument 'id'"],
    [["listen", "--types", "tool-call"], "tool-call is not an event."],
    [["listen", "--since", "yesterday"], "--since: yesterday is not a time."],
    [["listen", "--forward", "localhost:3000"], "--forward: localhost:3000 is not a URL"],
    [["events", "list", "--state", "lost"], "--state: lost is not a state."],
    [["events", "list", "--limit", "0"], "--limit: 0 is not a count."],
    [["events", "replay"], "Nothing says what to send again."],
    [["events", "replay", "e1", "--call", "c1"], "Ids and filters cannot be mixed."],
    [["trigger", "status"], "status is not an event."],
    [["trigger", "all", "--to", "nowhere"], "--to: nowhere is not a URL"],
    [["check-receiver", "nowhere"], "<url>: nowhere is not a URL"],
    [
      ["check-receiver", "http://127.0.0.1:9/", "--tool-arguments", "x"],
      "--tool-arguments: must be a JSON object.",
    ],
    [["check-receiver", "http://127.0.0.1:9/", "--secret", ""], "--secret: must not be empty."],
  ])("refuses %j", async (args, message) => {
    const { code, stdout, stderr } = await runCommand(args, api.environment);
    expect({ code, stdout }).toEqual({ code: EXIT.usage, stdout: "" });
    expect(stderr).toContain(`error: ${message}`);
    expectShort(stderr);
  });

  test("says with --json what is wrong in one JSON value", async () => {
    const { code, stderr } = await runCommand(["events", "lst", "--json"]);
    expect(code).toBe(EXIT.usage);
    expect(JSON.parse(stderr)).toMatchObject({ error: expect.any(String), exit_code: EXIT.usage });
  });
});

describe("the connection", () => {
  test("no key: says where one comes from", async () => {
    const { code, stderr } = await runCommand(["events", "list"], { SWITCHHOOK_URL: api.url });
    expect(code).toBe(EXIT.unauthorized);
    expect(stderr).toContain("error: No API key.\nSet SWITCHHOOK_API_KEY, or pass --api-key.");
    expectShort(stderr);
  });

  test.each([["events list"], ["events show e1"], ["events replay e1"], ["trigger all"], ["listen"]])(
    "%s with a key that the server does not know",
    async (line) => {
      const { code, stderr } = await runCommand(
        [...line.split(" "), "--api-key", "fl_other"],
        api.environment,
      );
      expect(code).toBe(EXIT.unauthorized);
      expect(stderr).toContain("refused the API key: Unauthorized: The API key is not known (401).");
      expectShort(stderr);
    },
  );

  test.each([["events list"], ["listen"], ["listen --secret x"], ["trigger all"]])(
    "%s where no server runs",
    async (line) => {
      const url = await unusedUrl();
      const { code, stderr } = await runCommand([...line.split(" "), "--url", url, "--api-key", KEY]);
      expect(code).toBe(EXIT.unreachable);
      expect(stderr).toContain(
        `error: The server at ${url}/api/v1 cannot be reached: connection refused.\nStart it`,
      );
      expectShort(stderr);
    },
  );

  test("an id that does not exist", async () => {
    const { code, stderr } = await runCommand(["events", "show", "nope"], api.environment);
    expect(code).toBe(EXIT.notFound);
    expect(stderr).toContain("error: Webhook event not found (404).\nCheck the id");
    expectShort(stderr);
  });

  test("an id is one segment of the path, whatever is in it", async () => {
    await runCommand(["events", "show", "../settings/webhook?x"], api.environment);
    expect(api.requests.at(-1)?.path).toBe("/webhook-events/..%2Fsettings%2Fwebhook%3Fx");
  });

  test("a refusal is told in the server's words", async () => {
    api.routes["GET /webhook-events"] = () => ({
      status: 400,
      body: { error: "Validation failed", details: ["call_id: is not an id"] },
    });
    const { code, stderr } = await runCommand(["events", "list"], api.environment);
    expect(code).toBe(EXIT.failed);
    expect(stderr).toBe(
      "error: The server refused the request: Validation failed: call_id: is not an id (400).\n",
    );
  });

  test("a server that fails: its request id leads to its log", async () => {
    api.routes["GET /webhook-events"] = () => ({ status: 500, body: { error: "Internal server error" } });
    const { code, stderr } = await runCommand(["events", "list"], api.environment);
    expect(code).toBe(EXIT.failed);
    expect(stderr).toContain(
      "failed: Internal server error (500).\nIts log has the reason, under the request id req-1.",
    );
  });

  test("something else that listens there", async () => {
    const other = createServer((_request, response) => response.end("<html>hello</html>"));
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    for (const command of ["events list", "listen --secret x"]) {
      const { code, stderr } = await runCommand([...command.split(" "), "--url", url, "--api-key", KEY]);
      expect(code).toBe(EXIT.failed);
      expect(stderr).toMatch(/What answers at .* (is not a Switchhook server|has no stream)/);
      expectShort(stderr);
    }
    other.closeAllConnections();
    await new Promise((resolve) => other.close(resolve));
  });

  test("the URL of the line `ready` works as well as the bare one", async () => {
    api.routes["GET /webhook-events"] = () => ({ body: { webhook_events: [], next_cursor: null } });
    for (const url of [api.url, `${api.url}/`, `${api.url}/api/v1`, `${api.url}/api/v1/`]) {
      const { code } = await runCommand(["events", "list", "--url", url], api.environment);
      expect(code).toBe(EXIT.done);
    }
  });
});

/** A port that was free a moment ago. */
async function unusedUrl(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
