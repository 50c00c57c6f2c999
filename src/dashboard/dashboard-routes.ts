import { existsSync } from "node:fs";
import path from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { isImmutable, readDashboardPath } from "./dashboard-path.ts";
import { securityHeaders } from "./security-headers.ts";

const INDEX = "index.html";
/** RFC 8246: not even a reload asks for it again. */
const FOR_EVER = "public, max-age=31536000, immutable";

/** What there is to see where nobody has built the dashboard. Without a style or a script: the policy lets none in. */
const NOT_BUILT = `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Switchhook</title>
<h1>The dashboard is not built</h1>
<p>The server runs; its dashboard is made by <code>npm run build:dashboard</code>, which <code>npm start</code> does by itself.
Reload this page afterwards.</p>
<p><a href="/docs">The API's documentation</a></p>
</html>
`;

/**
 * The dashboard, at whatever path is not the server's own. Files are those of the last build, compressed where the
 * browser takes it; every other path is answered with the page, which finds its way in the browser.
 */
export async function dashboardRoutes(
  server: FastifyInstance,
  options: { directory: string; publicUrl: string | undefined },
): Promise<void> {
  const { directory } = options;
  await server.register(fastifyStatic, {
    root: directory,
    serve: false,
    preCompressed: true,
    cacheControl: false,
    // Before the first build there is no folder.
    suppressWarning: true,
  });

  server.get("/*", (request, reply) => {
    const asked = readDashboardPath(request.url.split("?", 1)[0]!);
    if (asked.kind === "none") return reply.callNotFound();
    void reply.headers(securityHeaders(request.host, options.publicUrl));
    if (!existsSync(path.join(directory, INDEX))) {
      if (asked.kind === "file") return reply.callNotFound();
      return reply
        .code(503)
        .header("Cache-Control", "no-store")
        .type("text/html; charset=utf-8")
        .send(NOT_BUILT);
    }
    const file = asked.kind === "page" ? INDEX : asked.file;
    // Not a file that is missing: it may be there after the next build.
    const isKept = isImmutable(file) && existsSync(path.join(directory, file));
    void reply.header("Cache-Control", isKept ? FOR_EVER : "no-cache");
    return reply.sendFile(file);
  });
}
