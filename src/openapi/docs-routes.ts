import fastify, { type FastifyInstance } from "fastify";

/** Nothing from elsewhere: operators may have no internet, and what they look at is nobody's business. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/**
 * `GET /docs`: the API to browse. The page's library is five megabytes of script, so it is loaded with the first visit,
 * into a server of its own that is only asked from here.
 */
export function docsRoutes(server: FastifyInstance): void {
  let loading: Promise<FastifyInstance> | undefined;

  async function load(): Promise<FastifyInstance> {
    const { default: reference } = await import("@scalar/fastify-api-reference");
    const inner = fastify();
    await inner.register(reference, {
      routePrefix: "/docs",
      logLevel: "silent",
      configuration: {
        url: "/api/openapi.json",
        title: "Switchhook API",
        telemetry: false,
        withDefaultFonts: false,
        hideClientButton: true,
        showDeveloperTools: "never",
        agent: { disabled: true },
      },
    });
    await inner.ready();
    return inner;
  }

  for (const path of ["/docs", "/docs/*"]) {
    server.get(path, async (request, reply) => {
      loading ??= load().catch((error: unknown) => {
        // Not for ever: the next visit tries again.
        loading = undefined;
        throw error;
      });
      const answer = await (await loading).inject({ method: "GET", url: request.url });
      const { location, "content-type": type } = answer.headers;
      void reply.code(answer.statusCode).header("Content-Security-Policy", POLICY);
      if (request.url.endsWith(".js")) void reply.header("Cache-Control", "public, max-age=3600");
      if (location !== undefined) void reply.header("Location", location);
      if (type !== undefined) void reply.type(type);
      return reply.send(answer.rawPayload);
    });
  }
  server.addHook("onClose", async () => {
    await (await loading?.catch(() => undefined))?.close();
  });
}
