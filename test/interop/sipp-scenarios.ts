import { createHash } from "node:crypto";
import type { Seen } from "./sipp-run.ts";

/** Numbers of ours, by how they behave. */
export const NUMBERS = {
  /** greets, and stays */
  desk: "+31850000001",
  /** rings for a while */
  slow: "+31850000002",
  /** hangs up after a second */
  brief: "+31850000003",
  /** what is pressed reaches a model that the test can look into */
  keypad: "+31850000004",
  /** has no assistant */
  bare: "+31850000005",
  /** nobody's */
  nobody: "+31850000009",
} as const;

/** What happens beside the scenario, in a call that is in progress. */
export type Meanwhile = "transfer" | "read-digits";

export interface ScenarioRow {
  /** in `sipp/` */
  file: string;
  /** in `sipp/`: for a call of ours that comes to the caller's address meanwhile */
  beside?: string;
  over?: "udp" | "tcp";
  /** keywords of the scenario: `[status]` */
  keys?: Record<string, string>;
  more?: readonly string[];
  meanwhile?: Meanwhile;
  /** how our record of the call ends; undefined: there must be none */
  ends: string | undefined;
  ladder?: (ladder: readonly Seen[]) => string[];
  /** a timer of 32 s in it: begins with the first, so that the others run beside it */
  isLong?: boolean;
}

export interface CallerRow extends ScenarioRow {
  number?: keyof typeof NUMBERS;
  digits?: string;
}

export interface CalledRow extends ScenarioRow {
  /** who calls them: the server by its API, or our SIP stack alone where the API cannot give up a ringing call */
  by?: "server" | "stack";
  /** when the stack gives up */
  giveUp?: "at-once" | "ringing";
  brief?: boolean;
}

/** Messages of one kind: `received INVITE`, `sent 200 OK`. */
export function picked(ladder: readonly Seen[], direction: Seen["direction"], start: RegExp): Seen[] {
  return ladder.filter((seen) => seen.direction === direction && start.test(seen.text));
}

/**
 * A machine under load is late, and never early, except after what was seen late itself; so late in the end, that the last
 * repeat before 64 × T1 may not come.
 * @returns what is wrong with the times between messages
 */
function paced(seen: readonly Seen[], gapsMs: readonly number[]): string[] {
  const gaps = seen.slice(1).map(({ atMs }, index) => atMs - seen[index]!.atMs);
  const hasAll = gaps.length === gapsMs.length || (gapsMs.length > 4 && gaps.length === gapsMs.length - 1);
  const isRight = gaps.every(
    (gap, index) => gap > Math.max(0.6 * gapsMs[index]!, gapsMs[index]! - 200) && gap < gapsMs[index]! + 700,
  );
  return hasAll && isRight ? [] : [`came ${gaps.join(", ")} ms apart, and should ${gapsMs.join(", ")}`];
}

const none = (seen: readonly Seen[], what: string) =>
  seen.length === 0 ? [] : [`${what} came ${seen.length} times`];
/** Counted here (RFC 7616, 3.4.1): Debian's sipp knows MD5 alone. */
function provedBySha256(ladder: readonly Seen[]): string[] {
  const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
  const invite = picked(ladder, "received", /^INVITE[^]*Proxy-Authorization/)[0]?.text ?? "";
  const proof = /^Proxy-Authorization: Digest (.+)$/m.exec(invite)?.[1] ?? "";
  const word = (name: string) => new RegExp(String.raw`\b${name}="?([^",\s]+)`).exec(proof)?.[1] ?? "";
  const who = sha256("trunk-out:carrier.example:interop-secret");
  const what = sha256(`INVITE:${word("uri")}`);
  const right = sha256([who, "one", word("nc"), word("cnonce"), "auth", what].join(":"));
  const isRight = word("algorithm") === "SHA-256" && word("response") === right;
  return isRight ? [] : [`not the answer by SHA-256: ${proof}`];
}
const times = (seen: readonly Seen[], count: number, what: string) =>
  seen.length === count ? [] : [`${what} came ${seen.length} times, not ${count}`];
const secondLegs = (ladder: readonly Seen[]) => picked(ladder, "received", /^INVITE sip:\+31201234567@/);
const DOUBLING_MS = [500, 1_000, 2_000, 4_000, 8_000, 16_000];
/** timers E and G, and the repeats of a 2xx: doubling up to T2 */
const UP_TO_T2_MS = [500, 1_000, 2_000, 4_000, 4_000, 4_000, 4_000, 4_000, 4_000, 4_000];
const QUIET = ["-nr", "-pause_msg_ign"];
const USER = "ended user_hangup";
const LOST = "ended-with-error connection_lost";
const CANCELLED = "ended user_cancelled";

/** Scenarios in which sipp calls us. */
export const CALLERS: readonly CallerRow[] = [
  { file: "call", ends: USER },
  { file: "call", over: "tcp", ends: USER },
  { file: "compact-headers", ends: USER },
  // sipp strips white space at the beginning of a line, unless a key brings it.
  { file: "folded-headers", more: ["-key", "fold", " \t"], ends: USER },
  { file: "tel-uri", ends: USER },
  { file: "two-vias", ends: USER },
  { file: "loose-route", number: "brief", ends: "ended max_duration" },
  { file: "no-contact", ends: undefined },
  { file: "wrong-tag", ends: USER },
  { file: "bye-unknown-call", ends: undefined },
  { file: "cancel-unknown-call", ends: undefined },
  { file: "reinvite-unknown-call", ends: undefined },
  { file: "options", ends: undefined },
  { file: "options", over: "tcp", ends: undefined },
  { file: "options-in-call", ends: USER },
  { file: "unknown-method", ends: undefined },
  { file: "message-refused", ends: undefined },
  { file: "update-refused", ends: USER },
  { file: "refer-refused-by-us", ends: USER },
  { file: "notify-alone", ends: undefined },
  { file: "require-unknown", ends: undefined },
  { file: "require-100rel", ends: undefined },
  { file: "require-timer", ends: undefined },
  { file: "supported-extensions", ends: USER },
  { file: "max-forwards-0", ends: USER },
  { file: "unknown-number", number: "nobody", ends: undefined },
  { file: "unknown-number", number: "nobody", over: "tcp", ends: undefined },
  { file: "not-configured", number: "bare", ends: "rejected not_configured" },
  {
    file: "refusal-ack-late",
    number: "nobody",
    more: QUIET,
    ends: undefined,
    ladder: (ladder) => paced(picked(ladder, "received", /^SIP\/2.0 404/), UP_TO_T2_MS.slice(0, 3)),
  },
  {
    file: "refusal-never-acked",
    isLong: true,
    number: "nobody",
    more: QUIET,
    ends: undefined,
    ladder: (ladder) => paced(picked(ladder, "received", /^SIP\/2.0 404/), UP_TO_T2_MS),
  },
  {
    file: "no-ack",
    isLong: true,
    more: QUIET,
    ends: LOST,
    ladder: (ladder) => paced(picked(ladder, "received", /^SIP\/2.0 200/), UP_TO_T2_MS),
  },
  {
    file: "ack-late",
    more: QUIET,
    ends: USER,
    ladder: (ladder) =>
      paced(picked(ladder, "received", /^SIP\/2.0 200[^]*CSeq: 1 INVITE/), UP_TO_T2_MS.slice(0, 2)),
  },
  { file: "invite-twice", more: QUIET, ends: USER },
  {
    file: "bye-twice",
    more: QUIET,
    ends: USER,
    ladder: (ladder) => times(picked(ladder, "received", /^SIP\/2.0 200[^]*CSeq: 2 BYE/), 2, "200 for BYE"),
  },
  {
    file: "bye-before-ack",
    more: QUIET,
    ends: CANCELLED,
    ladder: (ladder) => times(picked(ladder, "received", /^SIP\/2.0 200[^]*CSeq: 1 INVITE/), 1, "200"),
  },
  { file: "bye-while-ringing", number: "slow", ends: CANCELLED },
  { file: "cancel-at-once", number: "slow", ends: CANCELLED },
  { file: "cancel-ringing", number: "slow", ends: CANCELLED },
  { file: "cancel-ringing", number: "slow", over: "tcp", ends: CANCELLED },
  { file: "cancel-after-answer", ends: USER },
  { file: "expires", number: "slow", ends: CANCELLED },
  { file: "hold-sendonly", ends: USER },
  { file: "hold-inactive", ends: USER },
  { file: "hold-zero-address", ends: USER },
  { file: "codec-change", ends: USER },
  { file: "reinvite-without-offer", ends: USER },
  { file: "reinvite-refused", ends: USER },
  { file: "reinvite-while-ringing", number: "slow", ends: CANCELLED },
  { file: "cseq-lower", ends: USER },
  { file: "merged-request", number: "slow", ends: CANCELLED },
  { file: "info-dtmf-relay", number: "keypad", meanwhile: "read-digits", digits: "7*", ends: USER },
  { file: "info-dtmf", number: "keypad", meanwhile: "read-digits", digits: "4", ends: USER },
  { file: "info-other", ends: USER },
  { file: "dtmf-rtp", number: "keypad", meanwhile: "read-digits", digits: "5#", ends: USER },
  { file: "audio", ends: USER },
  { file: "rtp-from-elsewhere", ends: USER },
  { file: "offerless-invite", ends: USER },
  { file: "large-offer", ends: USER },
  { file: "large-offer", over: "tcp", ends: USER },
  { file: "video-refused", ends: USER },
  { file: "no-codec", ends: undefined },
  { file: "unknown-body", ends: undefined },
  { file: "multipart-offer", ends: USER },
  { file: "anonymous", ends: USER },
  { file: "tcp-reconnect", over: "tcp", ends: USER },
  { file: "we-hang-up", number: "brief", ends: "ended max_duration" },
  { file: "we-hang-up", number: "brief", over: "tcp", ends: "ended max_duration" },
  {
    file: "our-bye-unanswered",
    isLong: true,
    number: "brief",
    more: QUIET,
    ends: "ended max_duration",
    ladder: (ladder) => paced(picked(ladder, "received", /^BYE/), UP_TO_T2_MS),
  },
  {
    file: "our-bye-481",
    number: "brief",
    more: QUIET,
    ends: "ended max_duration",
    ladder: (ladder) => times(picked(ladder, "received", /^BYE/), 1, "BYE"),
  },
  { file: "byes-cross", number: "brief", more: ["-nr"], ends: "ended max_duration" },
  { file: "refer-accepted", meanwhile: "transfer", ends: "transferred transferred" },
  // Then we call whom it is for ourselves, by the way that the call came (docs/transfers.md).
  {
    file: "refer-refused",
    keys: { status: "403 Forbidden" },
    beside: "second-leg-taken",
    meanwhile: "transfer",
    ends: "transferred transferred",
    ladder: (ladder) => times(secondLegs(ladder), 1, "INVITE"),
  },
  {
    file: "refer-refused",
    keys: { status: "405 Method Not Allowed" },
    beside: "second-leg-busy",
    meanwhile: "transfer",
    ends: USER,
    ladder: (ladder) => times(secondLegs(ladder), 1, "INVITE"),
  },
  {
    file: "refer-refused",
    keys: { status: "603 Decline" },
    beside: "second-leg-taken",
    meanwhile: "transfer",
    ends: "transferred transferred",
    ladder: (ladder) => times(secondLegs(ladder), 1, "INVITE"),
  },
  // It was called, and nobody is called twice.
  {
    file: "refer-busy",
    beside: "second-leg-taken",
    meanwhile: "transfer",
    ends: USER,
    ladder: (ladder) => none(secondLegs(ladder), "INVITE"),
  },
  { file: "refer-then-bye", meanwhile: "transfer", ends: "transferred transferred" },
];

const refusals: [status: string, ends: string][] = [
  ["486 Busy Here", "failed busy"],
  ["600 Busy Everywhere", "failed busy"],
  ["480 Temporarily Unavailable", "failed no_answer"],
  ["408 Request Timeout", "failed no_answer"],
  ["404 Not Found", "failed unreachable"],
  ["484 Address Incomplete", "failed unreachable"],
  ["403 Forbidden", "failed declined"],
  ["603 Decline", "failed declined"],
  ["420 Bad Extension", "failed unreachable"],
  ["488 Not Acceptable Here", "failed unreachable"],
  ["500 Server Internal Error", "failed unreachable"],
];

/** Scenarios in which we call sipp. */
export const CALLED: readonly CalledRow[] = [
  { file: "called", ends: USER },
  { file: "called", over: "tcp", ends: USER },
  { file: "called-we-hang-up", brief: true, ends: "ended max_duration" },
  { file: "called-we-hang-up", brief: true, over: "tcp", ends: "ended max_duration" },
  { file: "called-at-once", ends: USER },
  {
    file: "called-silent",
    isLong: true,
    more: QUIET,
    ends: "failed unreachable",
    ladder: (ladder) => paced(picked(ladder, "received", /^INVITE/), DOUBLING_MS),
  },
  { file: "called-early-media", ends: USER },
  ...refusals.map(([status, ends]): CalledRow => ({ file: "called-refused", keys: { status }, ends })),
  { file: "called-refused", keys: { status: "486 Busy Here" }, over: "tcp", ends: "failed busy" },
  { file: "called-unavailable", ends: "failed unreachable" },
  {
    file: "called-redirected",
    ends: "failed unreachable",
    ladder: (ladder) => times(picked(ladder, "received", /^INVITE/), 1, "INVITE"),
  },
  { file: "called-refused-twice", more: QUIET, ends: "failed busy" },
  { file: "called-answered-twice", more: QUIET, ends: USER },
  { file: "called-forked", ends: USER },
  { file: "called-401", ends: USER },
  { file: "called-407", ends: USER },
  { file: "called-407", over: "tcp", ends: USER },
  {
    file: "called-wrong-password",
    ends: "failed unreachable",
    ladder: (ladder) => times(picked(ladder, "received", /^INVITE/), 2, "INVITE"),
  },
  { file: "called-stale-nonce", ends: USER },
  {
    file: "called-unknown-algorithm",
    ends: "failed unreachable",
    ladder: (ladder) => none(picked(ladder, "received", /^INVITE[^]*Proxy-Authorization/), "a password"),
  },
  { file: "called-sha256", ends: USER, ladder: provedBySha256 },
  { file: "called-loose-route", brief: true, ends: "ended max_duration" },
  { file: "called-no-answer-body", ends: "failed unreachable" },
  { file: "called-wrong-codec", ends: "failed unreachable" },
  { file: "called-hold", ends: USER },
  { file: "called-options", ends: USER },
  { file: "called-ack-late", ends: USER },
  { file: "called-refer", meanwhile: "transfer", ends: "transferred transferred" },
  { file: "called-cancelled", by: "stack", giveUp: "ringing", ends: "487" },
  { file: "called-cancelled-early", by: "stack", giveUp: "at-once", more: QUIET, ends: "487" },
  { file: "called-cancel-crosses", by: "stack", giveUp: "ringing", ends: "487" },
  { file: "called-cancel-ignored", isLong: true, by: "stack", giveUp: "ringing", more: QUIET, ends: "487" },
];
