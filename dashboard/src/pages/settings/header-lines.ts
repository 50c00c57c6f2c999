/** Headers as people write them, one a line. Pure. */
export type HeaderLines =
  | { outcome: "read"; headers: Record<string, string> }
  | { outcome: "wrong"; line: string };

export function readHeaderLines(text: string): HeaderLines {
  const headers: Record<string, string> = {};
  for (const line of text.split("\n").map((each) => each.trim())) {
    if (line === "") continue;
    const colon = line.indexOf(":");
    if (colon < 1) return { outcome: "wrong", line };
    headers[line.slice(0, colon).trim()] = line.slice(colon + 1).trim();
  }
  return { outcome: "read", headers };
}
