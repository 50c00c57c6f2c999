/** How an MCP server's URL may look (facts 10.2), and why not. */
export type McpUrl = { outcome: "ok"; url: URL } | { outcome: "refused"; reason: string };

/**
 * https alone, because the headers are credentials. http is taken where the operator has allowed the private address:
 * a server on the same machine or network has no certificate to show. Pure; whether the host is public, the guard says.
 *
 * @param isAllowedPrivate  the host is an address of SWITCHHOOK_ALLOW_PRIVATE_WEBHOOKS
 */
export function readMcpUrl(text: string, isAllowedPrivate: (url: URL) => boolean): McpUrl {
  if (!URL.canParse(text)) return refused("must be a URL such as https://mcp.example.com/mcp");
  const url = new URL(text);
  if (url.username || url.password) return refused("must not hold a user name or password; use headers");
  if (url.hash) return refused("must not have a fragment (#)");
  const isPrivateHttp = url.protocol === "http:" && isAllowedPrivate(url);
  if (url.protocol !== "https:" && !isPrivateHttp) return refused("must begin with https://");
  return { outcome: "ok", url };
}

function refused(reason: string): McpUrl {
  return { outcome: "refused", reason };
}
