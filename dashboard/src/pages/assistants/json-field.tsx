import { Skeleton, Text } from "@mantine/core";
import { Suspense, useState } from "react";
import { deferred } from "../../components/deferred.tsx";
import { isSame } from "./document.ts";
import classes from "./json-field.module.css";
import type { JsonEditorProps } from "./json-editor.tsx";
import { useJsonWords } from "./json-words.ts";

// A large part of the page that most people never open.
const JsonEditor = deferred(() => import("./json-editor.tsx"));

interface JsonFieldProps extends Pick<JsonEditorProps, "label" | "check" | "minHeight" | "isReadOnly"> {
  value: unknown;
  /** undefined: emptied */
  onChange: (value: unknown) => void;
  error?: string | undefined;
  /** an empty field is no value, and no mistake */
  mayBeEmpty?: boolean;
}

/** A value as JSON. What is no JSON (yet) stays in the field, and is said; only values leave it. */
export function JsonField({ value, onChange, error, mayBeEmpty = false, ...editor }: JsonFieldProps) {
  const words = useJsonWords();
  const [text, setText] = useState(() => print(value));
  const [shown, setShown] = useState(value);

  // Changed from elsewhere (another field, a discarded draft): not by what was typed here, whose layout is kept.
  if (!isSame(shown, value)) {
    setShown(value);
    setText(print(value));
  }

  const read = parse(text);
  const change = (next: string) => {
    setText(next);
    const changed = next.trim() === "" && mayBeEmpty ? { value: undefined } : parse(next);
    if (!("value" in changed)) return;
    setShown(changed.value);
    onChange(changed.value);
  };
  const isBroken = !("value" in read) && !(mayBeEmpty && text.trim() === "");
  return (
    <div>
      <div className={classes.frame} data-broken={isBroken || error !== undefined}>
        <Suspense fallback={<Skeleton height={editor.minHeight ?? 160} />}>
          <JsonEditor {...editor} text={text} onChange={change} />
        </Suspense>
      </div>
      <Text size="sm" c="var(--bad)" mt={4} role="alert" className={classes.problem}>
        {isBroken ? words.noJson : error}
      </Text>
    </div>
  );
}

function print(value: unknown): string {
  return value === undefined ? "" : JSON.stringify(value, null, 2);
}

function parse(text: string): { value: unknown } | { problem: true } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    // The editor shows where.
    return { problem: true };
  }
}
