import type { Wire } from "../../api/wire.ts";

const COLUMNS = ["id", "created_at", "call_type", "phone_number", "agent_name", "duration_sec"] as const;

/** By RFC 4180. A text that a spreadsheet would take for a formula gets an apostrophe before it. Pure. */
export function usageCsv(logs: readonly Wire<"UsageLog">[]): string {
  const lines = logs.map((log) => COLUMNS.map((column) => field(log[column])).join(","));
  return [COLUMNS.join(","), ...lines, ""].join("\r\n");
}

function field(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  // A telephone number begins with + and is none.
  const text = /^[=@\t\r-]|^\+(?!\d+$)/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
