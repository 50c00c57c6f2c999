import type { CallContent, CallReport } from "./call-report.ts";

/** The sentences that the text and the HTML of a report share. Pure; nothing here is escaped. */

const END_REASONS: Record<string, string> = {
  user_hangup: "the caller hung up",
  assistant_hangup: "the assistant hung up",
  max_duration: "the longest duration was reached",
  user_cancelled: "the caller gave up before the answer",
  rejected_by_webhook: "your server refused the call",
  insufficient_credits: "the balance was used up",
  ended_by_api: "it was ended through the API",
  transferred: "it was transferred",
  busy: "the line was busy",
  no_answer: "nobody answered",
  not_joined: "nobody joined in time",
  declined: "the call was declined",
  unreachable: "the number could not be reached",
  not_configured: "nothing says how to answer this number",
  error: "something failed",
  connection_lost: "the connection was lost",
  server_shutdown: "the server was stopped",
  server_lost: "the server failed",
};

/** How it ended, in words. A reason that we do not know is shown as it is: more are to come. */
export function endingOf({ endReason, status, direction }: CallReport): string {
  if (endReason === null) return status;
  if (endReason === "user_hangup" && direction !== "inbound") return "the other side hung up";
  return END_REASONS[endReason] ?? endReason.replaceAll("_", " ");
}

export function partiesOf(report: CallReport): string {
  const own = ownSideOf(report);
  const customer = report.customerNumber ?? "a withheld number";
  switch (report.direction) {
    case "inbound":
      return `${customer} called ${own}`;
    case "outbound":
      return `${own} called ${customer}`;
    case "web":
      return `A visitor called ${own} from the web`;
  }
}

function ownSideOf({ ownNumber, ownNumberName, assistantName }: CallReport): string {
  const name = ownNumberName ?? assistantName;
  if (ownNumber === null) return name ?? "the assistant";
  return name === null ? ownNumber : `${name} (${ownNumber})`;
}

/** `3 min 25 s`; a call that was never answered has none. */
export function lengthOf({ startedAt, durationSeconds }: CallReport): string {
  if (startedAt === null) return "not answered";
  const minutes = Math.floor(durationSeconds / 60);
  const seconds = durationSeconds % 60;
  return minutes === 0 ? `${seconds} s` : `${minutes} min ${seconds} s`;
}

/** UTC and said so: the server does not know where the reader is. */
export function instantInWords(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
}

const LONGEST_SUBJECT = 150;

/** Who, with whom, how long and how it ended: enough to leave the e-mail unread. One line, whatever names hold. */
export function subjectOf(report: CallReport): string {
  const hasFailed = report.status !== "ended";
  const ending = hasFailed && report.error !== null ? report.error : endingOf(report);
  const subject = `${partiesOf(report)}: ${lengthOf(report)}, ${ending}`.replaceAll(/[\s\p{Cc}]+/gu, " ");
  return subject.length > LONGEST_SUBJECT ? `${subject.slice(0, LONGEST_SUBJECT - 1)}…` : subject;
}

/** The facts of the head, in their order. */
export function factsOf(report: CallReport): [label: string, value: string][] {
  const assistant = [report.assistantName, report.businessName].filter((name) => name !== null).join(", ");
  return [
    ["Call", partiesOf(report)],
    ...(assistant === "" ? [] : ([["Assistant", assistant]] satisfies [string, string][])),
    ["Began", instantInWords(report.startedAt ?? report.createdAt)],
    ["Length", lengthOf(report)],
    ["End", endingOf(report)],
    ...(report.error === null ? [] : ([["Error", report.error]] satisfies [string, string][])),
    ["Call ID", report.callId],
  ];
}

/** What was said. The system's own messages are instructions, and nobody said them. */
export function spokenOf(
  { messages }: CallContent,
  direction: CallReport["direction"],
): { speaker: string; words: string }[] {
  const speakers: Record<string, string> = {
    user: direction === "outbound" ? "Called party" : "Caller",
    assistant: "Assistant",
  };
  return messages
    .filter(({ role }) => role !== "system")
    .map(({ role, content }) => ({ speaker: speakers[role] ?? role, words: content }));
}

const MOST_ROWS = 200;

/** An analysis as rows of a table: what is nested gets a path for a label, a list of plain values one row. */
export function rowsOf(analysis: Record<string, unknown>): [label: string, value: string][] {
  const rows: [string, string][] = [];
  const add = (label: string, value: unknown): void => {
    if (rows.length >= MOST_ROWS) return;
    if (typeof value !== "object" || value === null) {
      rows.push([label, plain(value)]);
      return;
    }
    const entries = Object.entries(value);
    const isPlainList =
      Array.isArray(value) && value.every((element) => typeof element !== "object" || element === null);
    if (isPlainList || entries.length === 0)
      rows.push([label, entries.map(([, element]) => plain(element)).join(", ")]);
    else for (const [key, element] of entries) add(label === "" ? key : `${label}.${key}`, element);
  };
  for (const [key, value] of Object.entries(analysis)) add(key, value);
  return rows;
}

function plain(value: unknown): string {
  if (value === null || value === undefined) return "–";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "string" ? value : JSON.stringify(value);
}

export const WITHHELD =
  "The assistant is in GDPR mode: no transcript, summary or analysis of this call was kept.";
export const CLOSING =
  "Sent because this address is in the assistant's notification_email or notification_emails.";
