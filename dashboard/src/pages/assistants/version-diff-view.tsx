import { Text } from "@mantine/core";
import { useMemo } from "react";
import { useFormats } from "../../language/use-formats.ts";
import { diffOf, type DiffPart } from "./version-diff.ts";
import classes from "./versions.module.css";
import { useVersionsWords } from "./versions-words.ts";

const SIGNS = { removed: "−", added: "+", same: " " } as const;

/** A sign and a colour for each line that differs: colour is never the only sign. */
export function VersionDiff({ before, after }: { before: unknown; after: unknown }) {
  const words = useVersionsWords();
  const parts = useMemo(() => diffOf(before, after), [before, after]);
  if (parts.length === 0) return <Text c="dimmed">{words.same}</Text>;
  return (
    <div className={classes.diff}>
      {parts.map((part, index) => (
        <Part key={index} part={part} />
      ))}
    </div>
  );
}

function Part({ part }: { part: DiffPart }) {
  const words = useVersionsWords();
  const formats = useFormats();
  if (part.kind === "folded") {
    return (
      <details className={classes.folded}>
        <summary>{words.unchanged(formats.number(part.lines.length))}</summary>
        <Lines kind="same" lines={part.lines} />
      </details>
    );
  }
  if (part.kind === "same") return <Lines kind="same" lines={part.lines} />;
  const Element = part.kind === "added" ? "ins" : "del";
  return (
    <Element className={classes.change}>
      <span className="visually-hidden">{words[part.kind]}</span>
      <Lines kind={part.kind} lines={part.lines} />
    </Element>
  );
}

function Lines({ kind, lines }: { kind: keyof typeof SIGNS; lines: readonly string[] }) {
  return lines.map((line, index) => (
    <span key={index} className={classes.line} data-kind={kind}>
      <span aria-hidden>{SIGNS[kind]}</span>
      <span>{line}</span>
    </span>
  ));
}
