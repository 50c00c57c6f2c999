import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { newId } from "../../src/ids.ts";
import { startEventTracing } from "../../src/webhooks/event-tracing.ts";

test("an attempt arrives at a collector as a span of the event's own trace", async () => {
  const received: { path: string | undefined; body: Buffer }[] = [];
  const collector = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      received.push({ path: request.url, body: Buffer.concat(parts) });
      response.writeHead(200, { "content-type": "application/x-protobuf" }).end();
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, "127.0.0.1", resolve));
  const tracing = startEventTracing({
    endpoint: `http://127.0.0.1:${(collector.address() as AddressInfo).port}/`,
    version: "test",
  });
  const eventId = newId();
  tracing.attempt(
    { type: "status-update", callId: newId(), createdAt: new Date(Date.now() - 5) },
    {
      eventId,
      deliveryId: null,
      endpointId: null,
      number: 1,
      startedAt: new Date(),
      url: "https://secret.example/path",
      outcome: "delivered",
      statusCode: 200,
      error: undefined,
      durationMs: 12,
      timings: { connectMs: 3, firstByteMs: 10 },
      connection: "cold",
      responseBody: Buffer.alloc(0),
    },
  );
  await tracing.stop();
  expect(received).toMatchObject([{ path: "/v1/traces" }]);
  const { body } = received[0]!;
  expect(body.includes(Buffer.from(eventId.replaceAll("-", ""), "hex"))).toBe(true);
  for (const text of ["webhook wait", "webhook status-update", "first byte", "switchhook"]) {
    expect(body.includes(text), text).toBe(true);
  }
  expect(body.includes("secret.example")).toBe(false);
  collector.closeAllConnections();
  await new Promise((resolve) => collector.close(resolve));
});
