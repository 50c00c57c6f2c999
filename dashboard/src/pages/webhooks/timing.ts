import type { Wire } from "../../api/wire.ts";

export const PHASES = ["dns", "connect", "tls", "first_byte", "done"] as const;
export type Phase = (typeof PHASES)[number];

export interface TimingPart {
  phase: Phase;
  ms: number;
  /** of the whole, 0 to 1 */
  share: number;
}

/**
 * What of a request took how long, in the order in which it happened. The API tells how long DNS, connection and TLS took
 * each, and when the first byte and the end came, counted from the start. A warm connection had nothing to open. Pure.
 */
export function timingParts(timings: Wire<"WebhookAttempt">["timings"]): TimingPart[] {
  const {
    dns_ms: dns,
    connect_ms: connect,
    tls_ms: tls,
    first_byte_ms: firstByte,
    total_ms: total,
  } = timings;
  const wholeMs = total ?? 0;
  const openingMs = (dns ?? 0) + (connect ?? 0) + (tls ?? 0);
  const parts: [Phase, number | null][] = [
    ["dns", dns],
    ["connect", connect],
    ["tls", tls],
    // Without a first byte all of the rest was waiting for it.
    ["first_byte", Math.max(0, (firstByte ?? wholeMs) - openingMs)],
    ["done", firstByte === null ? null : Math.max(0, wholeMs - firstByte)],
  ];
  return parts.flatMap(([phase, ms]) =>
    ms === null ? [] : [{ phase, ms, share: wholeMs === 0 ? 0 : Math.min(1, ms / wholeMs) }],
  );
}
