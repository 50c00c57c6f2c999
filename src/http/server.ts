import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { ApiError, toError } from "../errors.ts";
import { newId } from "../ids.ts";
import type { Logger } from "../logger.ts";
import { createAllowedMethods } from "./allowed-methods.ts";
import { readJsonBody } from "./json-body.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** set by the key check; routes behind it may rely on it */
    organizationId: string;
  }
}

const MAX_BODY_BYTES = 1_048_576;

/** More than fits into a request: Node takes 16 KiB of request line and headers. An id is never too long, only unknown. */
const MAX_PARAMETER_LENGTH = 16_384;

/** The HTTP server without any route: errors in the flat shape of facts 12.3, bodies, request ids. */
export function createHttpServer(options: { logger: Logger }): FastifyInstance {
  const server = fastify({
    bodyLimit: MAX_BODY_BYTES,
    genReqId: () => newId(),
    // `%2F` inside a segment belongs to the id (facts 14.1): it is decoded after the route was chosen.
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: MAX_PARAMETER_LENGTH },
    forceCloseConnections: true,
    // What the router itself refuses (`%zz` in a path) passes neither hooks nor the error handler.
    frameworkErrors: (_error, request, reply: FastifyReply) => {
      void reply.code(400).header("X-Request-Id", request.id).send({
        error: "Bad request",
        message: "The path is not a valid URL: a % must be followed by two hex digits",
      });
    },
  });

  // JSON and nothing else; Fastify would also take text/plain.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("application/json", { parseAs: "string" }, (_request, text, done) => {
    const body = readJsonBody(text as string);
    if (body.outcome === "read") done(null, body.value);
    else done(new ApiError(400, "Invalid JSON", { message: body.problem }));
  });

  server.addHook("onSend", (request, reply, _payload, done) => {
    reply.header("X-Request-Id", request.id);
    done();
  });

  const allowedMethods = createAllowedMethods();
  server.addHook("onRoute", ({ method, url }) => {
    for (const each of [method].flat()) allowedMethods.add(each, url);
  });
  server.setNotFoundHandler((request, reply) => {
    const path = request.url.split("?", 1)[0]!;
    const allowed = allowedMethods.of(path);
    if (allowed.length === 0) {
      return reply.code(404).send({ error: "Not found", message: `There is no ${request.method} ${path}` });
    }
    return reply
      .code(405)
      .header("Allow", allowed.join(", "))
      .send({
        error: "Method not allowed",
        message: `${path} takes ${allowed.join(", ")}, not ${request.method}`,
      });
  });
  server.setErrorHandler((thrown, request, reply) => {
    const { status, body } = toAnswer(toError(thrown), request, options.logger);
    return reply.code(status).send(body);
  });
  return server;
}

/** Refusals are told to the client; anything else is ours to read in the log, and neutral outside. */
function toAnswer(error: Error, request: FastifyRequest, logger: Logger): { status: number; body: object } {
  if (error instanceof ApiError) {
    const { status, message, longMessage, details } = error;
    const more = { ...(longMessage !== undefined && { message: longMessage }), ...(details && { details }) };
    return { status, body: { error: message, ...more } };
  }
  const { statusCode = 500 } = error as { statusCode?: number };
  switch (statusCode) {
    case 413: {
      const message = `A body may have at most ${MAX_BODY_BYTES} bytes`;
      return { status: 413, body: { error: "Payload too large", message } };
    }
    case 415: {
      const message = "Send Content-Type: application/json";
      return { status: 415, body: { error: "Unsupported media type", message } };
    }
    default:
      if (statusCode >= 400 && statusCode < 500) {
        return { status: statusCode, body: { error: "Bad request", message: error.message } };
      }
      logFailure(logger, request, error);
      return { status: 500, body: { error: "Internal server error", request_id: request.id } };
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
