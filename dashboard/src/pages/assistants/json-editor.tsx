import { json, jsonParseLinter } from "@codemirror/lang-json";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { linter, type Diagnostic } from "@codemirror/lint";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import CodeMirror from "@uiw/react-codemirror";
import { useMemo } from "react";

export interface JsonEditorProps {
  /** for screen readers */
  label: string;
  text: string;
  onChange: (text: string) => void;
  /** what is wrong with the value, beyond that it is JSON */
  check?: ((value: unknown) => string | undefined) | undefined;
  minHeight?: string;
  isReadOnly?: boolean;
}

const parse = jsonParseLinter();

// Colours are those of the theme: they change with it, and have its contrast.
const look = [
  EditorView.theme({
    "&": { fontSize: "12.5px", backgroundColor: "var(--surface-quiet)", color: "var(--mantine-color-text)" },
    "&.cm-focused": { outline: "2px solid var(--mantine-primary-color-filled)", outlineOffset: "-1px" },
    ".cm-content": {
      fontFamily: "var(--mantine-font-family-monospace)",
      caretColor: "var(--mantine-color-text)",
      padding: "10px 0",
    },
    ".cm-cursor": { borderLeftColor: "var(--mantine-color-text)" },
    ".cm-gutters": {
      backgroundColor: "var(--surface-quiet)",
      color: "var(--mantine-color-dimmed)",
      borderRight: "1px solid var(--line)",
    },
    ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "transparent" },
    "&.cm-focused .cm-activeLine": { backgroundColor: "var(--surface-hover)" },
    "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
      backgroundColor: "color-mix(in srgb, var(--mantine-primary-color-filled) 28%, transparent)",
    },
    ".cm-foldPlaceholder": {
      backgroundColor: "transparent",
      border: "0",
      color: "var(--mantine-color-dimmed)",
    },
    ".cm-tooltip": {
      backgroundColor: "var(--surface)",
      border: "1px solid var(--line)",
      color: "var(--mantine-color-text)",
    },
    ".cm-panels": { backgroundColor: "var(--surface)", color: "var(--mantine-color-text)" },
  }),
  syntaxHighlighting(
    HighlightStyle.define([
      { tag: tags.propertyName, color: "var(--accent-text)" },
      { tag: tags.string, color: "var(--good)" },
      { tag: [tags.number, tags.bool, tags.null], color: "var(--warn)" },
    ]),
  ),
];

/** CodeMirror for JSON. Tab leaves it, so that nobody who uses the keyboard is kept in it; Escape closes its panels. */
export default function JsonEditor(props: JsonEditorProps) {
  const { label, check, isReadOnly = false } = props;
  const extensions = useMemo(
    () => [
      json(),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": label }),
      linter((view): Diagnostic[] => {
        const text = view.state.doc.toString();
        if (text.trim() === "") return [];
        const broken = parse(view);
        if (broken.length > 0 || !check) return broken;
        const message = check(JSON.parse(text));
        return message === undefined
          ? []
          : [{ from: 0, to: view.state.doc.length, severity: "warning", message }];
      }),
      ...look,
    ],
    [label, check],
  );
  return (
    <CodeMirror
      value={props.text}
      onChange={props.onChange}
      extensions={extensions}
      theme="none"
      readOnly={isReadOnly}
      indentWithTab={false}
      minHeight={props.minHeight ?? "160px"}
      basicSetup={{ foldGutter: true, highlightActiveLine: !isReadOnly, autocompletion: false }}
    />
  );
}
