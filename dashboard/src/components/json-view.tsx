import { useComponentWords } from "./component-words.ts";
import { CopyButton } from "./copy-button.tsx";
import classes from "./json-view.module.css";

/** JSON to read and copy, with a height that it scrolls in. For editing there is CodeMirror, in the pages that edit. */
export function JsonView({ value, label }: { value: unknown; label?: string }) {
  const words = useComponentWords();
  const text = JSON.stringify(value, null, 2) ?? "";
  return (
    <div className={classes.frame}>
      <div className={classes.copy}>
        <CopyButton value={text} {...(label !== undefined && { what: label })} />
      </div>
      <section className={classes.scroller} tabIndex={0} aria-label={label ?? words.json}>
        <pre className={classes.text}>
          {pieces(text).map(({ kind, text: piece, at }) => (
            <span key={at} className={kind === "plain" ? undefined : classes[kind]}>
              {piece}
            </span>
          ))}
        </pre>
      </section>
    </div>
  );
}

type Kind = "key" | "string" | "word" | "plain";

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Words in colour; a large body stays plain, because thousands of spans are slow. */
function pieces(json: string): { kind: Kind; text: string; at: number }[] {
  if (json.length > 40_000) return [{ kind: "plain", text: json, at: 0 }];
  const found: { kind: Kind; text: string; at: number }[] = [];
  let end = 0;
  for (const match of json.matchAll(TOKEN)) {
    if (match.index > end) found.push({ kind: "plain", text: json.slice(end, match.index), at: end });
    const kind = match[2] !== undefined ? "key" : match[1] !== undefined ? "string" : "word";
    found.push({ kind, text: match[0], at: match.index });
    end = match.index + match[0].length;
  }
  found.push({ kind: "plain", text: json.slice(end), at: end });
  return found;
}
