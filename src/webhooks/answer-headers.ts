import type { IncomingHttpHeaders } from "node:http";

/** More is cut off: a receiver must not fill our database. */
const KEPT_BYTES = 8_192;
/** They let whoever reads the log act as us. */
const WITHHELD = new Set(["set-cookie", "authorization", "proxy-authenticate"]);

/** The headers of an answer as the log keeps them, names in small letters, values of the same name joined. Pure. */
export function keptHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const kept: Record<string, string> = {};
  let sizeBytes = 0;
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    // NUL is the one character that PostgreSQL takes in no text.
    const text = (WITHHELD.has(name) ? "(withheld)" : [value].flat().join(", ")).replaceAll("\0", "");
    sizeBytes += name.length + text.length;
    if (sizeBytes > KEPT_BYTES) break;
    kept[name] = text;
  }
  return kept;
}
