// A complete webhook receiver: checks the signature, answers the two events that want an answer, notes the other two.
// Run it:  WEBHOOK_SECRET=whsec_... node receiver.js
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import { pathToFileURL } from "node:url";

const MAX_AGE_SECONDS = 300;

/** The body is genuine when HMAC-SHA256(secret, "<timestamp>.<raw body>") is what the header says, and it is fresh. */
export function isGenuine(headers, rawBody, secret, nowSeconds = Date.now() / 1000) {
  const timestamp = headers["x-webhook-timestamp"] ?? "";
  const given = Buffer.from(headers["x-webhook-signature"] ?? "");
  const expected = Buffer.from(
    "sha256=" + createHmac("sha256", secret).update(`${timestamp}.`).update(rawBody).digest("hex"),
  );
  const isFresh = Math.abs(nowSeconds - Number(timestamp)) <= MAX_AGE_SECONDS;
  return isFresh && given.length === expected.length && timingSafeEqual(given, expected);
}

/** One function an event: what comes back is the answer. */
export const handlers = {
  // Before the call is answered. {} keeps the saved assistant; this one greets callers that we know by name.
  "assistant-request": ({ customer }) =>
    customer.number === "+31612345678"
      ? { assistant: { first_message: "Hello Ada, how can I help?", metadata: { customer_id: 7 } } }
      : {},
  // While the caller waits: answer within 10 seconds.
  "tool-calls": ({ tool_call_list }) => ({
    results: tool_call_list.map((call) => ({ tool_call_id: call.id, ...runTool(call.function) })),
  }),
  "status-update": ({ call, error }) =>
    console.log(`call ${call.id}: ${call.status}${error ? ` (${error})` : ""}`),
  "end-of-call-report": ({ call, duration_seconds, summary }) =>
    console.log(`call ${call.id} took ${duration_seconds} s: ${summary}`),
};

function runTool({ name, arguments: args }) {
  if (name === "opening_hours") return { result: { day: args.day, opens: "9:00", closes: "17:30" } };
  return { error: `There is no tool named ${name}` };
}

/** The server. `seen` remembers event ids: an event may be delivered twice, and its X-Webhook-Id stays the same. */
export function createReceiver(secret, seen = new Set()) {
  async function receive(request, response) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const rawBody = Buffer.concat(chunks);
    if (!isGenuine(request.headers, rawBody, secret)) return response.writeHead(401).end("bad signature");

    const { message } = JSON.parse(rawBody.toString());
    const id = request.headers["x-webhook-id"];
    const isRepeat = seen.has(id) && !["assistant-request", "tool-calls"].includes(message.type);
    const answer = isRepeat ? undefined : handlers[message.type]?.(message);
    seen.add(id);
    return response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer ?? {}));
  }
  return createServer((request, response) => {
    // A connection that is lost in mid-request, or a handler's mistake, must not end the process. 500: it comes again.
    receive(request, response).catch((error) => {
      console.error(error);
      response.writeHead(500).end();
    });
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const secret = process.env.WEBHOOK_SECRET;
  if (!secret) throw new Error("WEBHOOK_SECRET is not set: GET /api/v1/settings/webhook shows it");
  createReceiver(secret).listen(3000, () => console.log("listening on http://localhost:3000"));
}
