import fastify, { type FastifyInstance, type FastifyRequest } from "fastify";
import { ApiError, toError } from "../errors.ts";
import { newId } from "../ids.ts";
import type { Logger } from "../logger.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** set by the key check; routes behind it may rely on it */
    organizationId: string;
  }
}

const MAX_BODY_BYTES = 1_048_576;

/** Escapes that may hide what PostgreSQL cannot hold; only bodies with one of them are looked through. */
const SUSPECT = /\\u(0000|d[89a-f])/i;

function hasUnstorableText(value: unknown): boolean {
  if (typeof value === "string") return value.includes("\0") || !value.isWellFormed();
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([key, entry]) => hasUnstorableText(key) || hasUnstorableText(entry));
}

/** The HTTP server without any route: errors in the flat shape of facts 12.3, bodies, request ids. */
export function createHttpServer(options: { logger: Logger }): FastifyInstance {
  const server = fastify({
    bodyLimit: MAX_BODY_BYTES,
    genReqId: () => newId(),
    // `%2F` inside a segment belongs to the id (facts 14.1): it is decoded after the route was chosen.
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 1_000 },
    forceCloseConnections: true,
  });

  // The official client sends Content-Type: application/json with every request, also with no body at all.
  server.removeContentTypeParser("application/json");
  server.addContentTypeParser("application/json", { parseAs: "string" }, (_request, body, done) => {
    const text = body as string;
    if (text.trim() === "") return done(null, undefined);
    try {
      const parsed: unknown = JSON.parse(text);
      if (SUSPECT.test(text) && hasUnstorableText(parsed)) {
        const message = "A text contains a NUL character or half a surrogate pair, which cannot be stored";
        return done(new ApiError(400, "Invalid text", { message }));
      }
      done(null, parsed);
    } catch (error) {
      done(
        new ApiError(400, "Invalid JSON", { message: `The body is not JSON: ${(error as Error).message}` }),
      );
    }
  });

  server.addHook("onSend", (request, reply, _payload, done) => {
    reply.header("X-Request-Id", request.id);
    done();
  });
  server.setNotFoundHandler((request, reply) => {
    const path = request.url.split("?", 1)[0];
    return reply.code(404).send({ error: "Not found", message: `There is no ${request.method} ${path}` });
  });
  server.setErrorHandler((thrown, request, reply) => {
    const error = toError(thrown);
    if (error instanceof ApiError) {
      return reply.code(error.status).send({
        error: error.message,
        ...(error.longMessage !== undefined && { message: error.longMessage }),
        ...(error.details !== undefined && { details: error.details }),
      });
    }
    const { statusCode } = error as { statusCode?: number };
    if (statusCode === 413) {
      return reply
        .code(413)
        .send({ error: "Payload too large", message: `A body may have at most ${MAX_BODY_BYTES} bytes` });
    }
    if (statusCode === 415) {
      return reply
        .code(415)
        .send({ error: "Unsupported media type", message: "Send Content-Type: application/json" });
    }
    if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
      return reply.code(statusCode).send({ error: "Bad request", message: error.message });
    }
    logFailure(options.logger, request, error);
    return reply.code(500).send({ error: "Internal server error", request_id: request.id });
  });
  return server;
}

function logFailure(logger: Logger, request: FastifyRequest, err: Error): void {
  logger.error(
    { err, request_id: request.id, method: request.method, route: request.routeOptions.url },
    "a request failed",
  );
}
