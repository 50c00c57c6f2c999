import { createContext, useContext } from "react";
import { setAt, useDraftValue, useProblems } from "./drafts.ts";
import { problemAt } from "./problems.ts";
import type { Catalog } from "./provider-block.ts";

/** What every field of the form is about. */
export interface Editor {
  id: string;
  catalog: Catalog;
}

const EditorContext = createContext<Editor | undefined>(undefined);
export const EditorProvider = EditorContext.Provider;

export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (!editor) throw new Error("a field of the form stands outside of it");
  return editor;
}

export interface Field {
  value: unknown;
  /** the server's refusal */
  error: string | undefined;
  /**
   * @param value  undefined: emptied. At the top level the server keeps null for it; within a block the field is taken
   *               away, so that the default applies
   */
  set: (value: unknown) => void;
}

/** @param path  as the server writes it: `speech_config.silence.max_attempts` */
export function useField(path: string): Field {
  const { id } = useEditor();
  const value = useDraftValue(id, path);
  const problems = useProblems(id);
  const isTop = !/[.[]/.test(path);
  return {
    value,
    error: problemAt(problems, path),
    set: (changed) => setAt(id, path, changed === undefined && isTop ? null : changed),
  };
}
