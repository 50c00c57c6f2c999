import { diffLines } from "diff";
import { isSame } from "./document.ts";

export type DiffPart =
  | { kind: "removed" | "added" | "same"; lines: readonly string[] }
  /** a long stretch in which nothing differs */
  | { kind: "folded"; lines: readonly string[] };

/** Lines around a change that are shown as they are. */
const CONTEXT = 3;

/** Line by line over JSON whose fields stand in one order, so that only what differs differs. Pure. */
export function diffOf(before: unknown, after: unknown): DiffPart[] {
  if (isSame(before, after)) return [];
  const parts = diffLines(print(before), print(after)).map(({ added, removed, value }) => ({
    kind: added ? ("added" as const) : removed ? ("removed" as const) : ("same" as const),
    lines: value.replace(/\n$/, "").split("\n"),
  }));
  return parts.flatMap((part, index) =>
    part.kind === "same" ? folded(part.lines, index === 0, index === parts.length - 1) : [part],
  );
}

function folded(lines: readonly string[], isFirst: boolean, isLast: boolean): DiffPart[] {
  const head = isFirst ? 0 : CONTEXT;
  const tail = isLast ? 0 : CONTEXT;
  if (lines.length <= head + tail + 2) return [{ kind: "same", lines }];
  const parts: DiffPart[] = [
    { kind: "same", lines: lines.slice(0, head) },
    { kind: "folded", lines: lines.slice(head, lines.length - tail) },
    { kind: "same", lines: lines.slice(lines.length - tail) },
  ];
  return parts.filter((part) => part.lines.length > 0);
}

function print(value: unknown): string {
  return `${JSON.stringify(inOrder(value), null, 2)}\n`;
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, each]) => [key, inOrder(each)]),
  );
}
