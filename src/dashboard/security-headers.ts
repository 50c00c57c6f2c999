/**
 * What a browser may do with the dashboard: run its own scripts, talk to this server, play recordings, use the
 * microphone; and nothing else, whatever a transcript or a webhook's answer holds.
 *
 * @param host       as the request names this server, for WebSockets: not every browser takes `'self'` for them
 * @param publicUrl  where recordings and web calls are, should the page have come by another name
 */
export function securityHeaders(host: string, publicUrl: string | undefined): Record<string, string> {
  const hosts = [...new Set([host, ...(publicUrl === undefined ? [] : [new URL(publicUrl).host])])];
  const sockets = hosts.flatMap((each) => [`ws://${each}`, `wss://${each}`]).join(" ");
  const elsewhere = publicUrl === undefined ? "" : ` ${new URL(publicUrl).origin}`;
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    // The component library writes its colours into a style element.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `media-src 'self' blob:${elsewhere}`,
    `connect-src 'self' ${sockets}${elsewhere}`,
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  return {
    "Content-Security-Policy": policy.join("; "),
    "X-Content-Type-Options": "nosniff",
    // One-time links and ids are nobody else's.
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "microphone=(self), camera=(), geolocation=(), payment=()",
  };
}
