/** How often may be asked; 0: as often as one likes. */
export interface RateLimits {
  /** of an API key, in a minute */
  requestsPerMinute: number;
  /** of somebody who has signed in: a page makes many */
  sessionRequestsPerMinute: number;
  /** tried with one e-mail, in ten minutes */
  signInsPerEmail: number;
  /** of one call, in a minute */
  controlsPerMinute: number;
}

/** As config.ts has it: gives the value, or throws an Error that says what is allowed. */
type Read = (name: string, reader: (text: string) => number, fallback: number) => number;

/** config.ts's share of the limits. Requests and controls as the contract has them (facts 12.2). */
export function readRateLimits(read: Read): RateLimits {
  return {
    requestsPerMinute: read("RATE_LIMIT_REQUESTS_PER_MINUTE", count, 100),
    // A dashboard with several pages open asks some ten times a second while they load.
    sessionRequestsPerMinute: read("RATE_LIMIT_SESSION_REQUESTS_PER_MINUTE", count, 1_000),
    signInsPerEmail: read("RATE_LIMIT_SIGN_INS_PER_EMAIL", count, 10),
    controlsPerMinute: read("RATE_LIMIT_CONTROLS_PER_MINUTE", count, 10),
  };
}

/** For whatever has a limit, or none. */
export function count(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error("must be a whole number from 0 (no limit) to 999999999");
  return Number(text);
}
