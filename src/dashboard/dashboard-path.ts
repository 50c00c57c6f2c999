/** What the server itself answers; whatever else is asked for belongs to the dashboard. */
const SERVERS_OWN = ["api", "v1", "rtc", "recordings", "health", "docs", "metrics"];

export type DashboardPath =
  /** a file of the build, by its path in there */
  | { kind: "file"; file: string }
  /** a page of the dashboard, which finds out in the browser which one */
  | { kind: "page" }
  | { kind: "none" };

/**
 * What a path asks of the dashboard. Everything with a dot in its last part is a file; so is what lies under `/assets/`,
 * because a script that is not there must not be answered with a page. Pure.
 *
 * @param path  as it came, without the query
 */
export function readDashboardPath(path: string): DashboardPath {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return { kind: "none" };
  }
  const segments = decoded.split("/").filter((segment) => segment !== "");
  const [first, last] = [segments[0], segments.at(-1)];
  if (first === undefined || last === undefined) return { kind: "page" };
  // `.vite` is for our own scripts, and nothing above the folder is anybody's.
  if (SERVERS_OWN.includes(first) || segments.some((segment) => segment.startsWith(".")))
    return { kind: "none" };
  if (first !== "assets" && !last.includes(".")) return { kind: "page" };
  return { kind: "file", file: segments.join("/") };
}

/** Vite puts a hash of the content into these names: another content has another name. */
export function isImmutable(file: string): boolean {
  return file.startsWith("assets/");
}
