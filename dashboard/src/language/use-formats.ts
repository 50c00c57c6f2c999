import { useMemo } from "react";
import { formatsFor, type Formats } from "./formats.ts";
import { localeOf, useLanguage } from "./language.ts";

/** In the reader's language. */
export function useFormats(): Formats {
  const language = useLanguage();
  return useMemo(() => formatsFor(localeOf(language)), [language]);
}
