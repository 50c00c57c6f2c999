import { fetch as undiciFetch, type Dispatcher, type RequestInit } from "undici";
import type { Clock } from "../clock.ts";
import type { AllowedRange } from "../config.ts";
import { createDialer, type Dialer } from "./dialer.ts";

/**
 * `fetch` through the dialer, for libraries that want one. Redirects are failures: they would carry credentials to a host
 * that nobody has named.
 */
export function createOutgoingFetch(dispatcher: Dispatcher): typeof fetch {
  return ((input: string | URL, init?: RequestInit) =>
    undiciFetch(input, { ...init, redirect: "error", dispatcher })) as unknown as typeof fetch;
}

const EVERYWHERE: readonly AllowedRange[] = ["0.0.0.0", "::"].map((address) => ({
  address,
  prefixLength: 0,
  port: undefined,
}));

/**
 * For a service that the operator has named in the settings: it may be at any address, private ones too, because nobody
 * else chooses it. For the same reason nothing but that one origin is reached, with connections of its own.
 */
export function createFetchOf(
  baseUrl: string,
  clock: Clock,
): { fetch: typeof fetch; close: Dialer["close"] } {
  const { origin } = new URL(baseUrl);
  const dialer = createDialer({ allowed: EVERYWHERE, clock });
  const outgoing = createOutgoingFetch(dialer.notifications);
  return {
    fetch: (input, init) => {
      const url = input instanceof Request ? input.url : String(input);
      if (new URL(url).origin !== origin) return Promise.reject(new Error(`only ${origin} may be reached`));
      return outgoing(input, init);
    },
    close: () => dialer.close(),
  };
}
