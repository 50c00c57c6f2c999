import type { IncomingHttpHeaders } from "node:http";

/**
 * Whether a browser says that one of this server's own pages asks. Browsers send `Sec-Fetch-Site` and, with whatever
 * changes something, `Origin`, and no page can forge them; what is no browser sends neither, and has no cookie of
 * somebody else's to misuse.
 */
export function isOwnPage(
  headers: IncomingHttpHeaders,
  server: { host: string; publicUrl: string | undefined },
): boolean {
  const site = headers["sec-fetch-site"];
  // `none`: typed, or a bookmark.
  if (site !== undefined && site !== "same-origin" && site !== "none") return false;
  const { origin } = headers;
  if (origin === undefined) return true;
  // `null`: a sandbox, or a file.
  if (!URL.canParse(origin)) return false;
  const hosts = [server.host, server.publicUrl === undefined ? undefined : new URL(server.publicUrl).host];
  // Without the scheme: behind a proxy that ends TLS the request comes as http.
  return hosts.includes(new URL(origin).host);
}
