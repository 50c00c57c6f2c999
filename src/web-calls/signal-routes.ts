import websocket, { type WebSocket } from "@fastify/websocket";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Clock } from "../clock.ts";
import type { JoinRefusal, JoinResult, WebCarrier } from "./web-carrier.ts";

/**
 * Where LiveKit's clients connect: a WebSocket at `/rtc`, and `/rtc/validate`, which says in words why it was refused.
 * `/rtc/v1` is their newer way, with one peer connection; its 404 sends them to this one.
 */

/** A description with many candidates has about 20 kB. */
const MOST_MESSAGE_BYTES = 131_072;
/** A client that starts sends some 40 messages; then a handful in ten seconds. */
const MOST_MESSAGES = 300;
const WINDOW_MS = 10_000;

/** WebSocket close codes (RFC 6455, 7.4.1). */
const POLICY = 1_008;

/** What the routes need of a carrier. */
export type JoinPort = Pick<WebCarrier, "join" | "validate">;

type Accepted = Extract<JoinResult, { outcome: "accepted" }>;

export async function signalRoutes(
  server: FastifyInstance,
  options: { carrier: () => JoinPort; clock: Clock },
): Promise<void> {
  const accepted = new WeakMap<FastifyRequest, Accepted>();
  await server.register(websocket, { options: { maxPayload: MOST_MESSAGE_BYTES, perMessageDeflate: false } });

  server.get<{ Querystring: Record<string, string | undefined> }>(
    "/rtc",
    {
      websocket: true,
      async preValidation(request, reply) {
        if (!request.ws) {
          await refuse(reply, { outcome: "refused", statusCode: 404, message: "This is a WebSocket" });
          return;
        }
        const result = await options.carrier().join({
          token: tokenOf(request),
          isResume: request.query["reconnect"] === "1",
        });
        if (result.outcome === "refused") await refuse(reply, result);
        else accepted.set(request, result);
      },
    },
    (socket, request) => {
      const { open } = accepted.get(request)!;
      relay(socket, open, options.clock);
    },
  );

  server.get("/rtc/validate", async (request, reply) => {
    // Pages of any origin: a web call is made to be embedded, and the token is what opens it.
    void reply.header("access-control-allow-origin", "*");
    const result = await options.carrier().validate(tokenOf(request));
    if (result.outcome === "refused") return refuse(reply, result);
    return reply.type("text/plain").send("success");
  });
  for (const path of ["/rtc/v1", "/rtc/v1/validate"]) {
    server.get(path, { onRequest: notHere }, notHere);
  }
}

/** In a hook: by the time of the handler a WebSocket would be open, and closing it means something else to clients. */
async function notHere(_request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  return reply.header("access-control-allow-origin", "*").code(404).type("text/plain").send("not found");
}

function relay(socket: WebSocket, open: Accepted["open"], clock: Clock): void {
  let windowStartedMs = clock.monotonicMs();
  let messages = 0;
  const receiver = open({
    send: (message) => socket.send(message),
    close: (code, reason) => socket.close(code, reason),
  });
  socket.on("message", (data, isBinary) => {
    const now = clock.monotonicMs();
    if (now - windowStartedMs > WINDOW_MS) {
      windowStartedMs = now;
      messages = 0;
    }
    if (++messages > MOST_MESSAGES) {
      socket.close(POLICY, "too many messages");
      return;
    }
    const bytes = data as Buffer;
    receiver.receive(isBinary ? new Uint8Array(bytes) : bytes.toString("utf8"));
  });
  socket.on("close", () => receiver.closed());
  // A message that is too long, or is none: `close` follows.
  socket.on("error", () => undefined);
}

function tokenOf(request: FastifyRequest): string | undefined {
  const { access_token: inQuery } = request.query as Record<string, unknown>;
  if (typeof inQuery === "string") return inQuery;
  return /^Bearer (\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
}

function refuse(reply: FastifyReply, { statusCode, message }: JoinRefusal): FastifyReply {
  // LiveKit's clients show the text of 401 and 403, and take a 404 for final only where it says this.
  const isGone = statusCode === 404 || statusCode === 410;
  return reply
    .code(isGone ? 404 : statusCode)
    .type("text/plain")
    .send(isGone ? `requested room does not exist: ${message}` : message);
}
