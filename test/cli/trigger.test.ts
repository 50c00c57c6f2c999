import { Agent } from "undici";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { exampleCall, exampleEvent, signedHeaders } from "../../src/cli/example-events.ts";
import { systemClock } from "../../src/clock.ts";
import { WEBHOOK_EVENTS } from "../../src/webhooks/event.ts";
import { post } from "../../src/webhooks/post.ts";
import { verifySignature } from "../../src/webhooks/signature.ts";
import { jsonLines, runCommand } from "../harness/cli.ts";
import { createContractApi, wireAttempt, type ContractApi } from "../harness/contract-api.ts";
import { ACCOUNT_SECRET } from "../harness/event-stream.ts";
import { createReceiver, type ReceivedRequest, type Receiver } from "../harness/receiver.ts";

let api: ContractApi;
let receiver: Receiver;
beforeAll(async () => {
  api = await createContractApi();
  receiver = await createReceiver();
});
beforeEach(() => {
  receiver.requests = [];
  receiver.behave = () => ({ answer: {} });
  api.requests = [];
  api.routes = {
    "GET /settings/webhook": () => ({
      body: { webhook: { url: null, secret: ACCOUNT_SECRET, events: null } },
    }),
  };
});
afterAll(async () => {
  await receiver.close();
  await api.close();
});
const trigger = (...args: string[]) => runCommand(["trigger", ...args], api.environment);

function verified({ headers, body }: ReceivedRequest, secret: string): string {
  return verifySignature({
    secret,
    timestamp: String(headers["x-webhook-timestamp"]),
    signature: String(headers["x-webhook-signature"]),
    body,
    nowSeconds: Date.now() / 1_000,
  });
}

describe("from this machine", () => {
  test("all four, in the order of a call, of one call, signed with the account's secret", async () => {
    const { code, stdout } = await trigger("all", "--to", receiver.url);
    expect(code).toBe(0);
    expect(receiver.requests.map(({ message }) => message["type"])).toEqual([...WEBHOOK_EVENTS]);
    expect(receiver.requests.map((request) => verified(request, ACCOUNT_SECRET))).toEqual(
      Array(4).fill("genuine"),
    );
    expect(new Set(receiver.requests.map(({ message }) => (message["call"] as { id: string }).id)).size).toBe(
      1,
    );
    expect(stdout).toMatch(/^assistant-request +200 +\d+ ms\n {2}\{\}\n {2}→ the saved assistant answers$/m);
    expect(stdout).toContain("→ the answer is empty: the model is told nothing");
  });

  test("needs no server when it is told the secret", async () => {
    const { code } = await runCommand(["trigger", "tool-calls", "--to", receiver.url, "--secret", "s3cret"]);
    expect(code).toBe(0);
    expect(verified(receiver.requests[0]!, "s3cret")).toBe("genuine");
  });

  test.each([
    ["its own secret", "whsec_own", "whsec_own"],
    ["no secret of its own", null, ACCOUNT_SECRET],
  ])("as an assistant with %s", async (_what, own, expected) => {
    api.routes["GET /assistants/a1"] = () => ({ body: { assistant: { id: "a1", webhook_secret: own } } });
    expect((await trigger("status-update", "--to", receiver.url, "--assistant", "a1")).code).toBe(0);
    const [request] = receiver.requests;
    expect(verified(request!, expected)).toBe("genuine");
    expect(request!.message["assistant"]).toMatchObject({ id: "a1" });
  });

  test("says how an answer is taken", async () => {
    receiver.behave = () => ({ answer: { error: "We are closed." } });
    expect((await trigger("assistant-request", "--to", receiver.url)).stdout).toContain(
      "→ the call is rejected, and the text is spoken",
    );
    receiver.behave = () => ({ raw: "OK" });
    const [sent] = jsonLines(await trigger("tool-calls", "--to", receiver.url, "--json"));
    expect(sent).toMatchObject({
      type: "tool-calls",
      outcome: "answered",
      status: 200,
      response_body: "OK",
      understood_as: "the answer is not JSON in UTF-8",
    });
  });

  test("a receiver that refuses is a failure, one that is not there another", async () => {
    receiver.behave = () => ({ answer: {}, status: 500 });
    expect(await trigger("status-update", "--to", receiver.url)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("status-update       500"),
    });
    expect(await trigger("status-update", "--to", "http://127.0.0.1:9/")).toMatchObject({
      code: 3,
      stdout: expect.stringContaining("connection refused"),
    });
  });

  test("the headers are those of a real delivery", async () => {
    const at = systemClock.now();
    const event = exampleEvent("status-update", exampleCall("c1"), { eventId: "e1", at });
    const dispatcher = new Agent();
    await post(
      dispatcher,
      { ...systemClock, now: () => at },
      {
        eventId: event.id,
        type: event.type,
        url: receiver.url,
        secrets: ["s"],
        body: event.body,
        deadlineMs: 5_000,
        maxResponseBytes: 100,
      },
    );
    await dispatcher.close();
    const { headers } = receiver.requests[0]!;
    const ofTheConnection = new Set(["host", "connection", "content-length"]);
    expect(
      Object.fromEntries(Object.entries(headers).filter(([name]) => !ofTheConnection.has(name))),
    ).toEqual(
      Object.fromEntries(
        Object.entries(signedHeaders(event, "s", at)).map(([name, value]) => [name.toLowerCase(), value]),
      ),
    );
  });
});

describe("from the server", () => {
  test("to the account's webhook", async () => {
    api.routes["POST /settings/webhook/test"] = () => ({
      body: { attempt: wireAttempt({ id: undefined, number: undefined }), is_verified_by: null },
    });
    const { code, stdout } = await trigger("end-of-call-report");
    expect(code).toBe(0);
    expect(api.requests[0]!.body).toEqual({ type: "end-of-call-report" });
    expect(stdout).toContain("attempt  2026-11-24 12:00:00.500  delivered, 200");
  });

  test("to an assistant's webhook; a failure is one of the command's", async () => {
    api.routes["POST /assistants/a1/webhook/test"] = ({ body }) => ({
      body: {
        attempt: wireAttempt({ outcome: "http-error", status_code: body.type === "tool-calls" ? 500 : 200 }),
      },
    });
    const result = await trigger("all", "--assistant", "a1", "--json");
    expect(result.code).toBe(1);
    expect(jsonLines(result).map(({ type, attempt }) => [type, attempt.status_code])).toEqual([
      ["assistant-request", 200],
      ["tool-calls", 500],
      ["status-update", 200],
      ["end-of-call-report", 200],
    ]);
  });
});
