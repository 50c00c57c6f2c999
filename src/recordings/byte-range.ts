/** Which bytes a request wants (RFC 9110, 14.2). `end` is included, as in Content-Range. */
export type ByteRange =
  | { outcome: "whole" }
  | { outcome: "part"; start: number; end: number }
  /** it begins behind the end: 416 */
  | { outcome: "unsatisfiable" };

/**
 * One range; players ask for no more. Several, other units and what cannot be read are the whole, as the RFC allows.
 * Pure.
 */
export function readRange(header: string | undefined, sizeBytes: number): ByteRange {
  const match = /^bytes=\s*(\d{0,15})-(\d{0,15})\s*$/i.exec(header ?? "");
  const [, first = "", last = ""] = match ?? [];
  if (!match || (first === "" && last === "")) return { outcome: "whole" };
  if (first === "") {
    const count = Math.min(Number(last), sizeBytes);
    return count === 0
      ? { outcome: "unsatisfiable" }
      : { outcome: "part", start: sizeBytes - count, end: sizeBytes - 1 };
  }
  const start = Number(first);
  const end = last === "" ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  if (last !== "" && Number(last) < start) return { outcome: "whole" };
  return start >= sizeBytes ? { outcome: "unsatisfiable" } : { outcome: "part", start, end };
}
