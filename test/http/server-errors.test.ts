import { Writable } from "node:stream";
import { pino } from "pino";
import { expect, test } from "vitest";
import { createHttpServer } from "../../src/http/server.ts";

test("what we did not expect is neutral outside and whole in the log", async () => {
  const lines: string[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => (lines.push(chunk.toString()), done()),
  });
  const server = createHttpServer({ logger: pino(stream) });
  server.get("/fails/:id", () => {
    const cause = new Error("the disk is full");
    throw Object.assign(new Error("insert failed", { cause }), { detail: "Failing row contains (s3cret)." });
  });
  const response = await server.inject("/fails/1?key=s3cret");
  await server.close();

  const requestId = response.headers["x-request-id"];
  expect(response.statusCode).toBe(500);
  expect(response.json()).toEqual({
    error: "Internal server error",
    code: "internal_error",
    request_id: requestId,
  });
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0]!)).toMatchObject({
    request_id: requestId,
    route: "/fails/:id",
    err: { message: expect.stringContaining("insert failed") },
  });
  expect(lines[0]).toContain("the disk is full");
  expect(lines[0]).not.toContain("s3cret");
});
