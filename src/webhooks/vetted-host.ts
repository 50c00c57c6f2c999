import type { AllowedRange } from "../config.ts";
import type { Resolve } from "./name-cache.ts";
import { checkAddress, checkUrl, hostOf, portOf } from "./url-guard.ts";

/**
 * Resolves a URL's host at the time it is configured, so that a wrong one is told at once. The dialer does it again
 * when it connects: what a name means today says nothing of tomorrow.
 *
 * @returns why it may not be reached; undefined: it may
 */
export async function refuseHost(
  url: URL,
  options: { resolve: Resolve; allowed: readonly AllowedRange[] },
): Promise<string | undefined> {
  const check = checkUrl(url.href, options.allowed);
  if (check.outcome === "refused") return check.reason;
  let addresses;
  try {
    addresses = await options.resolve(hostOf(url));
  } catch {
    // Whether the name is wrong or the name server is away, it cannot be used now; the code would say no more.
    return `${hostOf(url)} does not resolve to an address`;
  }
  for (const { address } of addresses) {
    const vetted = checkAddress(address, portOf(url), options.allowed);
    if (vetted.outcome === "refused") return vetted.reason;
  }
  return addresses.length === 0 ? `${hostOf(url)} does not resolve to an address` : undefined;
}

/** Whether the URL names a private address that the operator has allowed. Pure. */
export function isAllowedPrivate(url: URL, allowed: readonly AllowedRange[]): boolean {
  return checkUrl(url.href, allowed).outcome === "ok" && checkUrl(url.href, []).outcome === "refused";
}
