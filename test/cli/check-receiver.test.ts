import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test, vi } from "vitest";
// @ts-expect-error -- the example is plain JavaScript, as a customer's first receiver is
import { createReceiver as createExample } from "../../examples/receiver-node/receiver.js";
import { jsonLines, runCommand, startCommand } from "../harness/cli.ts";
import { createContractApi } from "../harness/contract-api.ts";
import { hmac, isFresh, isSame, SECRET, soundParts, startReceiver } from "../harness/faulty-receiver.ts";
import { RECEIVER_FAULTS } from "../harness/receiver-faults.ts";

async function check(url: string, ...args: string[]) {
  const result = await runCommand(["check-receiver", url, "--secret", SECRET, "--json", ...args]);
  const [report] = jsonLines(result);
  const of = (verdict: string): string[] =>
    report.checks
      .filter((one: any) => one.verdict === verdict)
      .map(({ id }: { id: string }) => id)
      .toSorted();
  return { ...result, report, found: { fail: of("fail"), warn: of("warn"), skip: of("skip") } };
}

describe.concurrent("finds a receiver that", () => {
  test.each(Object.entries(RECEIVER_FAULTS))(
    "%s",
    { timeout: 60_000 },
    async (name, { parts, found: expected }) => {
      const receiver = await startReceiver({ ...soundParts, ...parts() });
      const rotation = name.includes("rotation") ? ["--previous-secret", "whsec_before"] : [];
      const { code, report, found } = await check(receiver.url, ...rotation);
      await receiver.close();
      const { fail = [], warn = [] } = expected;
      const skip = [...(expected.skip ?? [])];
      if (rotation.length === 0 && !skip.includes("previous-secret")) skip.push("previous-secret");
      expect(found).toEqual({ fail: fail.toSorted(), warn: warn.toSorted(), skip: skip.toSorted() });
      expect(code).toBe(fail.length > 0 ? 1 : 0);
      for (const one of report.checks) {
        if (one.verdict === "fail" || one.verdict === "warn") expect(one.advice).toMatch(/[.?]$/);
      }
    },
  );
});

test("the example receiver passes everything", async () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
  const error = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const example = createExample(SECRET) as Server;
  await new Promise<void>((resolve) => example.listen(0, "127.0.0.1", resolve));
  const { port } = example.address() as AddressInfo;
  const { code, found } = await check(`http://127.0.0.1:${port}/`);
  example.closeAllConnections();
  await new Promise((resolve) => example.close(resolve));
  log.mockRestore();
  error.mockRestore();
  expect({ code, ...found }).toEqual({ code: 0, fail: [], warn: [], skip: ["previous-secret"] });
});

test("a receiver that knows both secrets of a rotation passes everything, and nothing is skipped", async () => {
  const receiver = await startReceiver({
    ...soundParts,
    isGenuine: (headers, body) =>
      isFresh(headers) &&
      [SECRET, "whsec_before"].some((secret) =>
        isSame(headers["x-webhook-signature"], hmac(secret, headers["x-webhook-timestamp"], body)),
      ),
  });
  const { code, found } = await check(receiver.url, "--previous-secret", "whsec_before");
  await receiver.close();
  expect({ code, ...found }).toEqual({ code: 0, fail: [], warn: [], skip: [] });
});

test("one that is meant for some events gets only those", async () => {
  const seen = new Set<string>();
  const receiver = await startReceiver({
    ...soundParts,
    answer(message) {
      seen.add(message.type);
      return { status: 204 };
    },
  });
  const { code, found } = await check(receiver.url, "--types", "end-of-call-report");
  await receiver.close();
  expect({ code, fail: found.fail, warn: found.warn }).toEqual({ code: 0, fail: [], warn: [] });
  expect(found.skip).toContain("accepts-tool-calls");
  expect([...seen].toSorted()).toEqual(["call-starred", "end-of-call-report"]);
});

test("asks for the tool that it was told", async () => {
  const calls: unknown[] = [];
  const receiver = await startReceiver({
    ...soundParts,
    answer(message, headers) {
      if (message.type === "tool-calls") calls.push(message.tool_call_list[0].function);
      return soundParts.answer(message, headers);
    },
  });
  await check(receiver.url, "--tool", "opening_hours", "--tool-arguments", '{"day":"friday"}');
  await receiver.close();
  expect(calls[0]).toEqual({ name: "opening_hours", arguments: { day: "friday" } });
});

test("tells people check by check, with what to change, and takes the secret from the server", async () => {
  const api = await createContractApi();
  api.routes["GET /settings/webhook"] = () => ({ body: { webhook: { secret: SECRET } } });
  const receiver = await startReceiver({ ...soundParts, otherMethod: () => ({ status: 500 }) });
  const { code, stdout } = await runCommand(["check-receiver", receiver.url], api.environment);
  await receiver.close();
  await api.close();
  expect(code).toBe(1);
  expect(stdout).toMatch(/^ {2}pass {2}answers status-update with 2xx +200$/m);
  expect(stdout).toMatch(/^ {2}FAIL {2}does not break on GET +500\n {8}Answer 405 or 200: .*\.$/m);
  expect(stdout.trim().split("\n").at(-1)).toBe("31 passed, 2 failed, 1 skipped");
});

test("nobody there: says so at once", async () => {
  const receiver = await startReceiver(soundParts);
  await receiver.close();
  const { code, stdout, stderr } = await runCommand(["check-receiver", receiver.url, "--secret", SECRET]);
  expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
  expect(stderr).toBe(
    `error: The receiver at ${receiver.url} cannot be reached: connection refused.\nStart it, or check the URL and the port.\n`,
  );
});

test("Ctrl-C in the middle is no pass", async () => {
  const receiver = await startReceiver({ ...soundParts, answer: () => ({ status: 200, afterMs: 60_000 }) });
  const checking = startCommand([
    "check-receiver",
    receiver.url,
    "--secret",
    SECRET,
    "--types",
    "status-update",
  ]);
  await receiver.firstRequest;
  const { code, stderr } = await checking.end("SIGINT");
  await receiver.close();
  expect(code).toBe(1);
  expect(stderr).toContain("Interrupted before all checks were made.");
});
