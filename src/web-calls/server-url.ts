/**
 * The `server_url` of a web call: where a browser opens its WebSocket. Pure.
 *
 * @param publicUrl     PUBLIC_URL
 * @param listeningUrl  where the server listens
 * @param requestedUrl  by which the request for the call came: what is left where the server listens on every address
 */
export function serverUrlOf(urls: {
  publicUrl: string | undefined;
  listeningUrl: string;
  requestedUrl: string;
}): string {
  const { publicUrl, listeningUrl, requestedUrl } = urls;
  const isWildcard = ["0.0.0.0", "[::]"].includes(new URL(listeningUrl).hostname);
  const url = publicUrl ?? (isWildcard ? requestedUrl : listeningUrl);
  // http: is ws:, https: is wss:
  return url.replace(/^http/, "ws").replace(/\/+$/, "");
}
