import type { AttemptRow } from "./event-list-store.ts";
import { webhookHeaders } from "./signature.ts";

/** Who has to do something about a failed attempt. Pure. */
export type Fault = "receiver" | "network" | "operator";

/**
 * @returns undefined when nothing failed, or when the caller was simply gone
 */
export function faultOf(attempt: { outcome: string; status_code: number | null }): Fault | undefined {
  switch (attempt.outcome) {
    case "delivered":
    case "aborted":
      return undefined;
    // An address that this installation's rules forbid.
    case "refused":
      return "operator";
    case "connection-failed":
      return attempt.status_code === null ? "network" : "receiver";
    default:
      return "receiver";
  }
}

/**
 * The same request as a line for a shell. The signature is left out: it is of a moment that is over, and a receiver would
 * refuse it. The body is read from a file, because a shell's quoting would change bytes that were signed.
 */
export function curlOf(url: string, event: { id: string; type: string }): string {
  const headers = [
    "Content-Type: application/json",
    `X-Webhook-Event: ${event.type}`,
    `X-Webhook-Id: ${event.id}`,
  ];
  return [
    `curl -sS -i -X POST ${quote(url)}`,
    ...headers.map((header) => `-H ${quote(header)}`),
    "--data-binary @body.json",
  ].join(" ");
}

/**
 * What was sent along, by the very function that sends. Of the signatures there is only their place: they are made anew
 * for every attempt and kept nowhere.
 */
function requestHeaders(event: { id: string; type: string }, startedAt: Date): Record<string, string> {
  const timestampSeconds = Math.floor(startedAt.getTime() / 1_000);
  const headers = webhookHeaders({ ...event, body: Buffer.alloc(0) }, [""], timestampSeconds);
  return { ...headers, "X-Webhook-Signature": "sha256=…", "webhook-signature": "v1,…" };
}

function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** An attempt as the API shows it. */
export function toAttemptOnWire(attempt: AttemptRow, event: { id: string; type: string }) {
  return {
    id: attempt.id,
    number: attempt.number,
    started_at: attempt.created_at,
    url: attempt.url,
    outcome: attempt.outcome,
    status_code: attempt.status_code,
    error: attempt.error,
    fault: faultOf(attempt) ?? null,
    timings: {
      dns_ms: attempt.dns_ms,
      connect_ms: attempt.connect_ms,
      tls_ms: attempt.tls_ms,
      first_byte_ms: attempt.first_byte_ms,
      total_ms: attempt.duration_ms,
    },
    connection: attempt.connection,
    remote_address: attempt.remote_address,
    request_headers: requestHeaders(event, attempt.created_at),
    response_headers: attempt.response_headers,
    response_body: attempt.response_body?.toString("utf8") ?? "",
    curl: curlOf(attempt.url, event),
  };
}
