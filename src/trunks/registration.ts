import type { RegisterAnswer } from "../telephony/sip/trunk-requests.ts";

/** How it stands with a registration of ours at a trunk. */
export interface Registration {
  /** null: it was never tried */
  state: "registered" | "failed" | null;
  since: Date | null;
  expiresAt: Date | null;
  lastStatus: number | null;
  lastError: string | null;
  /** attempts without success since the last success */
  failures: number;
  /** what is asked for: a registrar may want more (423) */
  askSeconds: number;
}

/** Short enough that a NAT between does not forget us, and that a process which dies is not called for long. */
const ASK_SECONDS = 300;
const LONGEST_SECONDS = 86_400;

export const NOT_REGISTERED: Registration = {
  state: null,
  since: null,
  expiresAt: null,
  lastStatus: null,
  lastError: null,
  failures: 0,
  askSeconds: ASK_SECONDS,
};

const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 300_000;
/** A refused password is not tried more often: registrars lock out addresses that do. */
const REFUSED_RETRY_MS = 60_000;
const LONGEST_RETRY_AFTER_SECONDS = 3_600;

/**
 * What the answer to a REGISTER means, and when the next one goes (RFC 3261, 10.2): well before expiry; at once with
 * what the registrar wants at least (423); else later and later, at random, so that a registrar that comes back is not
 * met by everybody. Pure.
 *
 * @param random  0 to 1
 */
export function nextRegistration(
  before: Registration,
  { answer, expiresSeconds }: RegisterAnswer,
  { now, random }: { now: Date; random: number },
): { registration: Registration; againInMs: number } {
  const lastStatus = answer.outcome === "answered" ? answer.statusCode : null;
  if (expiresSeconds !== undefined && expiresSeconds > 0) {
    return {
      registration: {
        ...before,
        state: "registered",
        since: before.state === "registered" ? before.since : now,
        expiresAt: new Date(now.getTime() + expiresSeconds * 1_000),
        lastStatus,
        lastError: null,
        failures: 0,
      },
      againInMs: expiresSeconds * 1_000 * (0.75 + 0.1 * random),
    };
  }
  const stillHolds = before.expiresAt !== null && before.expiresAt > now;
  const state = stillHolds ? "registered" : "failed";
  const failed: Registration = {
    ...before,
    state,
    since: state === before.state ? before.since : now,
    expiresAt: stillHolds ? before.expiresAt : null,
    lastStatus,
    lastError: describe(answer),
    failures: before.failures + 1,
  };
  const wanted =
    lastStatus === 423 && answer.outcome === "answered" ? Number(answer.header("min-expires")) : 0;
  if (wanted > before.askSeconds && wanted <= LONGEST_SECONDS) {
    return { registration: { ...failed, askSeconds: wanted }, againInMs: 0 };
  }
  return { registration: failed, againInMs: retryInMs(before.failures, { answer, expiresSeconds }, random) };
}

function retryInMs(failures: number, { answer }: RegisterAnswer, random: number): number {
  const backoffMs =
    Math.min(FIRST_RETRY_MS * 2 ** Math.min(failures, 20), LONGEST_RETRY_MS) * (0.5 + 0.5 * random);
  if (answer.outcome === "silent") return backoffMs;
  const asked = Number(/^\s*(\d+)/.exec(answer.header("retry-after") ?? "")?.[1] ?? 0);
  const isRefused = [401, 403, 407].includes(answer.statusCode);
  return Math.max(
    backoffMs,
    Math.min(asked, LONGEST_RETRY_AFTER_SECONDS) * 1_000,
    isRefused ? REFUSED_RETRY_MS * (1 + random) : 0,
  );
}

function describe(answer: RegisterAnswer["answer"]): string {
  if (answer.outcome === "silent") return answer.detail;
  const { statusCode } = answer;
  switch (statusCode) {
    case 401:
    case 407:
      return `the user name or password was refused (SIP ${statusCode})`;
    case 423:
      return "the registrar wants a longer registration (SIP 423)";
    default:
      return statusCode < 300 ? "the registrar accepted and granted no time" : `SIP ${statusCode}`;
  }
}
