/** A body that was read, or why it cannot be taken. */
export type JsonBody = { outcome: "read"; value: unknown } | { outcome: "refused"; problem: string };

/** Deeper than any configuration or JSON Schema; serialising and PostgreSQL's json type both recurse, and have a bottom. */
const MAX_DEPTH = 100;

/**
 * Parses a JSON body and refuses what could not be stored and given back as it came. Pure.
 *
 * Everything that is refused here would otherwise be changed in silence (a number beyond the range of a double becomes
 * null, `__proto__` disappears) or fail much later as a server error (PostgreSQL cannot hold a NUL character or half a
 * surrogate pair). An empty body is `undefined`: the official client sends Content-Type: application/json with every
 * request, also without a body (facts 14.1).
 */
export function readJsonBody(text: string): JsonBody {
  if (text.trim() === "") return { outcome: "read", value: undefined };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { outcome: "refused", problem: `The body is not JSON: ${(error as Error).message}` };
  }
  const problem = findProblem(value);
  return problem === undefined ? { outcome: "read", value } : { outcome: "refused", problem };
}

/** Walks with a list of its own instead of recursion: the depth is what is being checked. */
function findProblem(root: unknown): string | undefined {
  const open: [value: unknown, depth: number][] = [[root, 1]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [value, depth] = next;
    if (typeof value === "string") {
      if (!isStorable(value))
        return "A text has a NUL character or half a surrogate pair, which cannot be stored";
    } else if (typeof value === "number") {
      if (!Number.isFinite(value)) return "A number is too large: at most 1.7976931348623157e308";
    } else if (typeof value === "object" && value !== null) {
      if (depth > MAX_DEPTH) return `The body is nested too deeply: at most ${MAX_DEPTH} levels`;
      for (const [key, entry] of Object.entries(value)) {
        if (key === "__proto__") return "A field cannot be named __proto__";
        if (!isStorable(key)) return "A field's name has a NUL character or half a surrogate pair";
        open.push([entry, depth + 1]);
      }
    }
  }
  return undefined;
}

function isStorable(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}
