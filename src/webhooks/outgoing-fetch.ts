import { fetch as undiciFetch, type Dispatcher, type RequestInit } from "undici";

/**
 * `fetch` through the dialer, for libraries that want one. Redirects are failures: they would carry credentials to a host
 * that nobody has named.
 */
export function createOutgoingFetch(dispatcher: Dispatcher): typeof fetch {
  return ((input: string | URL, init?: RequestInit) =>
    undiciFetch(input, { ...init, redirect: "error", dispatcher })) as unknown as typeof fetch;
}
