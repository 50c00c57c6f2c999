import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * The receivers of a benchmark, in a process of their own: `/ok…` answers at once, `/dead…` never answers. Tells its
 * parent the port, and on request when which event arrived first.
 */
const arrivals = new Map<string, number>();
let count = 0;

const server = createServer((request, response) => {
  const eventId = request.headers["x-webhook-id"];
  if (typeof eventId === "string" && !arrivals.has(eventId)) {
    arrivals.set(eventId, performance.timeOrigin + performance.now());
  }
  request.resume();
  const isDead = request.url?.startsWith("/dead");
  if (isDead) return;
  count++;
  response.writeHead(200, { "content-length": "2", "content-type": "application/json" }).end("{}");
});
server.keepAliveTimeout = 60_000;
// On all of 127.0.0.0/8, so that endpoints can have origins of their own.
server.listen(0, "0.0.0.0", () => process.send?.({ port: (server.address() as AddressInfo).port }));

process.on("message", (question: "arrivals" | "count" | "forget") => {
  if (question === "arrivals") process.send?.({ arrivals: [...arrivals] });
  if (question === "count") process.send?.({ count });
  if (question === "forget") {
    arrivals.clear();
    count = 0;
    process.send?.({ count });
  }
});
process.on("disconnect", () => process.exit(0));
