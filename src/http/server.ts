import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { ApiError, toError } from "../errors.ts";
import { newId } from "../ids.ts";
import type { Logger } from "../logger.ts";
import { createAllowedMethods } from "./allowed-methods.ts";
import { readJsonBody } from "./json-body.ts";

const MAX_BODY_BYTES = 1_048_576;

/** More than fits into a request: Node takes 16 KiB of request line and headers. An id is never too long, only unknown. */
const MAX_PARAMETER_LENGTH = 16_384;

/** The HTTP server without any route: errors in the flat shape of facts 12.3, bodies, request ids. */
export function createHttpServer(options: {
  logger: Logger;
  /** addresses, networks, or `loopback`: who is believed in X-Forwarded-For, -Host and -Proto. @default nobody */
  trustedProxies?: readonly string[];
}): FastifyInstance {
  const server = fastify({
    trustProxy: [...(options.trustedProxies ?? [])],
    bodyLimit: MAX_BODY_BYTES,
    genReqId: () => newId(),
    // `%2F` inside a segment belongs to the id (facts 14.1): it is decoded after the route was chosen.
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: MAX_PARAMETER_LENGTH },
    forceCloseConnections: true,
    // What the router itself refuses (`%zz` in a path) passes neither hooks nor the error handler.
    frameworkErrors: (_error, request, reply: FastifyReply) => {
      const message = "The path is not a valid URL: a % must be followed by two hex digits";
      void reply
        .code(400)
        .header("X-Request-Id", request.id)
        .send(new ApiError("bad_request", { message }).body);
    },
  });

  // JSON and nothing else; Fastify would also take text/plain.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("application/json", { parseAs: "string" }, (_request, text, done) => {
    const body = readJsonBody(text as string);
    if (body.outcome === "read") done(null, body.value);
    else done(new ApiError("invalid_json", { message: body.problem }));
  });

  server.addHook("onSend", (request, reply, _payload, done) => {
    reply.header("X-Request-Id", request.id);
    done();
  });

  const allowedMethods = createAllowedMethods();
  server.addHook("onRoute", ({ method, url }) => {
    for (const each of [method].flat()) allowedMethods.add(each, url);
  });
  server.setNotFoundHandler((request) => {
    const path = request.url.split("?", 1)[0]!;
    const allowed = allowedMethods.of(path);
    if (allowed.length === 0) {
      throw new ApiError("not_found", { message: `There is no ${request.method} ${path}` });
    }
    throw new ApiError("method_not_allowed", {
      message: `${path} takes ${allowed.join(", ")}, not ${request.method}`,
      headers: { Allow: allowed.join(", ") },
    });
  });
  server.setErrorHandler((thrown, request, reply) => {
    const error = toError(thrown);
    const refusal = error instanceof ApiError ? error : toRefusal(error);
    if (refusal) return reply.code(refusal.status).headers(refusal.headers).send(refusal.body);
    logFailure(options.logger, request, error);
    return reply.code(500).send(new ApiError("internal_error", { fields: { request_id: request.id } }).body);
  });
  return server;
}

/** What Fastify itself refuses; undefined: a fault of ours, to be read in the log, and neutral outside. */
function toRefusal(error: Error): ApiError | undefined {
  const { statusCode = 500 } = error as { statusCode?: number };
  switch (statusCode) {
    case 413:
      return new ApiError("payload_too_large", {
        message: `A body may have at most ${MAX_BODY_BYTES} bytes`,
      });
    case 415:
      return new ApiError("unsupported_media_type", { message: "Send Content-Type: application/json" });
    default:
      return statusCode >= 400 && statusCode < 500
        ? new ApiError("bad_request", { message: error.message })
        : undefined;
  }
}

function logFailure(logger: Logger, request: FastifyRequest, err: Error): void {
  // PostgreSQL repeats the offending row in `detail`: customers' data and tools' secrets, which no log may hold.
  if ("detail" in err) Object.defineProperty(err, "detail", { enumerable: false });
  logger.error(
    { err, request_id: request.id, method: request.method, route: request.routeOptions.url },
    "a request failed",
  );
}
