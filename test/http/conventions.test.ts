import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../src/ids.ts";
import { startTwoOrganizations, TRANSPORTS, type TwoOrganizations } from "../harness/two-organizations.ts";

describe.each(TRANSPORTS)("over %s", (transport) => {
  let two: TwoOrganizations;
  beforeAll(async () => {
    two = await startTwoOrganizations(transport);
  });
  afterAll(() => two.close());

  describe("the key", () => {
    const refusal = {
      status: 401,
      body: { error: "Unauthorized", message: "Invalid or missing API key" },
      headers: { "www-authenticate": "Bearer" },
    };

    test.each([
      ["GET", "/assistants"],
      ["POST", "/assistants"],
      ["GET", "/agents"],
      ["PATCH", "/assistants/x"],
      ["DELETE", "/assistants/x"],
      ["GET", "/numbers"],
      ["POST", "/numbers"],
      ["GET", "/numbers/x"],
      ["PATCH", "/numbers/x"],
      ["DELETE", "/numbers/x"],
      ["GET", "/calls"],
      ["GET", "/calls/x"],
      ["GET", "/settings/webhook"],
      ["PATCH", "/settings/webhook"],
    ])("%s %s wants one", async (method, path) => {
      expect(await two.api.request(method, path, {})).toMatchObject(refusal);
      expect(await two.api.request(method, path, { key: "fl_wrong" })).toMatchObject(refusal);
    });

    test.each(["", "Bearer", "Basic Zmw6", "fl_mine_0123456789abcdef", "Bearer fl_mine_0123456789abcdef x"])(
      "is not found in %j",
      async (authorization) => {
        expect(await two.api.request("GET", "/assistants", { headers: { authorization } })).toMatchObject(
          refusal,
        );
      },
    );

    test("is asked for before the body is read", async () => {
      expect((await two.api.request("POST", "/assistants", { raw: "{" })).status).toBe(401);
    });

    test("is not wanted for health", async () => {
      expect(await two.api.request("GET", "/health", {})).toMatchObject({
        status: 200,
        body: {
          status: "ok",
          timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
          version: "test",
          checks: { database: { status: "ok", latency_ms: expect.any(Number) } },
        },
      });
    });
  });

  test.each(["/assistants", "/agents", "/numbers", "/calls"])(
    "%s/{id} of nothing, of nonsense, and of an escaped path is 404",
    async (path) => {
      // `%2F` belongs to the id, which names nothing; it does not lead to another route (facts 14.1).
      for (const id of [newId(), "nonsense", "..%2Fnumbers%2Fx", "%00", "%E2%82%AC", "a".repeat(3_000)]) {
        const { status, body } = await two.mine.call("GET", `${path}/${id}`);
        expect({ id, status, error: body.error }).toEqual({
          id,
          status: 404,
          error: expect.stringMatching(/^(Assistant|Number|Call) not found$/),
        });
      }
    },
  );

  describe("a body", () => {
    test.each([
      ["that is not JSON", "{", 400, "Invalid JSON"],
      ["that is a list", "[]", 400, "Validation failed"],
      ["that is a text", '"x"', 400, "Validation failed"],
      ["that is null", "null", 400, "Validation failed"],
      ["that is empty", "", 400, "Validation failed"],
      ["with a number too large", '{"name":"x","metadata":1e999}', 400, "Invalid JSON"],
      ["with a NUL character", '{"name":"x\\u0000"}', 400, "Invalid JSON"],
      ["with __proto__", '{"name":"x","metadata":{"__proto__":{}}}', 400, "Invalid JSON"],
      [
        "nested too deeply",
        `{"name":"x","metadata":${"[".repeat(99_999)}${"]".repeat(99_999)}}`,
        400,
        "Invalid JSON",
      ],
      ["that is too large", JSON.stringify({ name: "x".repeat(1_100_000) }), 413, "Payload too large"],
    ])("%s is refused", async (_sentence, raw, status, error) => {
      const response = await two.api.request("POST", "/assistants", { key: two.mine.key, raw });
      expect(response).toMatchObject({ status, body: { error, message: expect.any(String) } });
    });

    test.each(["text/plain", "application/x-www-form-urlencoded", "application/xml"])(
      "of type %s is refused",
      async (type) => {
        const headers = { "content-type": type };
        const response = await two.api.request("POST", "/assistants", {
          key: two.mine.key,
          raw: '{"name":"x"}',
          headers,
        });
        expect(response).toMatchObject({
          status: 415,
          body: { error: "Unsupported media type", message: "Send Content-Type: application/json" },
        });
      },
    );

    test("may name its character set", async () => {
      const headers = { "content-type": "application/json; charset=utf-8" };
      const response = await two.api.request("POST", "/assistants", {
        key: two.mine.key,
        body: { name: "Café 😀" },
        headers,
      });
      expect(response).toMatchObject({ status: 201, body: { assistant: { name: "Café 😀" } } });
    });

    test("need not be there, whatever the content type says", async () => {
      const { call } = two.mine;
      expect((await call("GET", "/assistants")).status).toBe(200);
      const { id } = (await call("POST", "/assistants", { name: "Desk" })).body.assistant;
      expect((await call("PATCH", `/assistants/${id}`)).status).toBe(200);
      expect(await call("DELETE", `/assistants/${id}`)).toMatchObject({
        status: 200,
        body: { success: true },
      });
      expect((await call("DELETE", `/assistants/${id}`)).status).toBe(404);
    });
  });

  test("what does not exist is 404, in the flat shape", async () => {
    expect(await two.mine.call("GET", "/nothing?x=1")).toMatchObject({
      status: 404,
      body: { error: "Not found", message: "There is no GET /api/v1/nothing" },
    });
  });

  test.each([
    ["PUT", "/assistants", "GET, HEAD, POST"],
    ["POST", "/assistants/x", "DELETE, GET, HEAD, PATCH"],
    ["DELETE", "/calls/x", "GET, HEAD"],
    ["DELETE", "/settings/webhook", "GET, HEAD, PATCH"],
    ["POST", "/health", "GET, HEAD"],
  ])("%s %s is 405 and names what is allowed", async (method, path, allow) => {
    expect(await two.mine.call(method, path)).toMatchObject({
      status: 405,
      headers: { allow },
      body: { error: "Method not allowed" },
    });
  });

  test("a path that is no URL is 400, in the flat shape", async () => {
    const { status, body, headers } = await two.mine.call("GET", "/assistants/%zz");
    expect({ status, body }).toEqual({
      status: 400,
      body: {
        error: "Bad request",
        code: "bad_request",
        message: expect.stringContaining("not a valid URL"),
      },
    });
    expect(headers["x-request-id"]).toEqual(expect.any(String));
  });

  test("every answer has an id of its own", async () => {
    const ids = new Set<string | undefined>();
    for (const path of ["/health", "/assistants", "/nothing", "/assistants/x"]) {
      ids.add((await two.mine.call("GET", path)).headers["x-request-id"]);
    }
    expect(ids.size).toBe(4);
  });
});
