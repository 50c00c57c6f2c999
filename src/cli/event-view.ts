import { dateAndTime, formatDuration } from "./moment.ts";
import { printable, shortened, type Output, type Style } from "./output.ts";
import type { WireAttempt, WireEvent } from "./wire-events.ts";

const STATE_STYLES: Record<string, Style> = {
  delivered: "green",
  pending: "yellow",
  "in-flight": "yellow",
  failed: "red",
  exhausted: "red",
};
const TYPE_WIDTH = "end-of-call-report".length;
const STATE_WIDTH = "delivered".length;
const MAX_BODY_CHARACTERS = 2_000;

/** One line of a list; the id comes last, because it is what is copied. */
export function showEventLine(output: Output, event: WireEvent): void {
  const { state, sequence, attempt_count: attempts } = event;
  output.line(
    [
      output.paint("dim", dateAndTime(new Date(event.created_at))),
      shortened(event.type, 40).padEnd(TYPE_WIDTH),
      (sequence === null ? "" : `#${sequence}`).padEnd(3),
      output.paint(STATE_STYLES[state] ?? "dim", state.padEnd(STATE_WIDTH)),
      countAttempts(attempts).padEnd("99 attempts".length),
      shortened(event.id, 64),
    ].join("  "),
  );
}

export function showEvent(output: Output, event: WireEvent): void {
  const { endpoint } = event;
  const routing = event.reason ? `${event.routing}: ${event.reason}` : event.routing;
  const fields: [string, string | undefined][] = [
    ["event", event.id],
    ["type", `${event.type}${event.is_synchronous ? " (a call waited for the answer)" : ""}`],
    ["call", event.call_id],
    ["sequence", event.sequence?.toString()],
    ["created", dateAndTime(new Date(event.created_at))],
    ["routing", routing],
    ["endpoint", endpoint ? `${endpoint.url} (${endpoint.level}, ${endpoint.id})` : "none"],
    ["state", `${event.state}, ${countAttempts(event.attempt_count)}`],
    ["next try", event.next_attempt_at ? dateAndTime(new Date(event.next_attempt_at)) : undefined],
  ];
  showFields(output, fields);
  if (event.body !== undefined) {
    output.line();
    output.line(printable(JSON.stringify(event.body, undefined, 2)));
  }
}

function countAttempts(count: number): string {
  return `${count} ${count === 1 ? "attempt" : "attempts"}`;
}

/** What one request did, whose fault a failure was, and how to do it again by hand. */
export function showAttempt(output: Output, attempt: WireAttempt): void {
  const { status_code: status, error, fault, timings } = attempt;
  const isDelivered = status !== null && status >= 200 && status <= 299;
  const result = [attempt.outcome, status === null ? "" : String(status), error ?? ""].filter(Boolean);
  const phases = Object.entries(timings).flatMap(([name, ms]) =>
    ms === null || name === "total_ms"
      ? []
      : [`${name.replace(/_ms$/, "").replace("_", " ")} ${formatDuration(ms)}`],
  );
  const total = timings.total_ms === null ? "" : formatDuration(timings.total_ms);
  const place = [attempt.remote_address, attempt.connection && `${attempt.connection} connection`];
  output.line(
    `${output.paint("bold", attempt.number === undefined ? "attempt" : `attempt ${attempt.number}`)}  ` +
      `${dateAndTime(new Date(attempt.started_at))}  ` +
      output.paint(isDelivered ? "green" : "red", shortened(result.join(", "), 200)),
  );
  showFields(output, [
    ["to", [attempt.url, ...place.filter(Boolean)].join(", ")],
    ["fault", fault ? FAULTS[fault] : undefined],
    ["time", phases.length > 0 ? `${total} (${phases.join(", ")})` : total],
    ["answer", attempt.response_body === "" ? undefined : attempt.response_body],
    ["again", attempt.curl],
  ]);
}

const FAULTS = {
  receiver: "the receiver's",
  network: "the network's",
  operator: "the server's own, or its configuration's",
} as const;

export function showFields(output: Output, fields: readonly (readonly [string, string | undefined])[]): void {
  for (const [name, value] of fields) {
    if (value === undefined || value === "") continue;
    const text = value.length > MAX_BODY_CHARACTERS ? `${value.slice(0, MAX_BODY_CHARACTERS)}…` : value;
    const lines = printable(text).replaceAll("\n", `\n${" ".repeat(12)}`);
    output.line(`  ${output.paint("dim", name.padEnd(8))}  ${lines}`);
  }
}
