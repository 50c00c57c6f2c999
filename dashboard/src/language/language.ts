import { useSyncExternalStore } from "react";

// Every phrase exists in both languages, by type. Words lie beside the page that says them (`calls-words.ts`), so that
// they come with its chunk and pages do not share one long file.

export const LANGUAGES = { en: "English", nl: "Nederlands" } as const;
export type Language = keyof typeof LANGUAGES;

type Phrase = string | ((...values: never[]) => string);
type SamePhrases<Words> = { [Key in keyof Words]: Words[Key] extends string ? string : Words[Key] };

const STORAGE_KEY = "switchhook-language";
const listeners = new Set<() => void>();
let current: Language = chosenLanguage() ?? readersLanguage();
document.documentElement.lang = current;

/**
 * The words of one page or component.
 *
 * @returns a hook that gives them in the reader's language
 */
export function defineWords<Words extends Record<string, Phrase>>(words: {
  en: Words;
  nl: SamePhrases<NoInfer<Words>>;
}): () => SamePhrases<Words> {
  return () => {
    const language = useLanguage();
    return language === "en" ? (words.en as SamePhrases<Words>) : words.nl;
  };
}

export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, () => current);
}

export function chooseLanguage(language: Language): void {
  current = language;
  document.documentElement.lang = language;
  try {
    localStorage.setItem(STORAGE_KEY, language);
  } catch {
    // Storage is refused in some private windows: the choice then lasts until the page is loaded anew.
  }
  for (const listener of listeners) listener();
}

/** For Intl: the reader's own variety of the language (en-GB has a 24-hour clock), where the browser names one. */
export function localeOf(language: Language): string {
  return navigator.languages.find((locale) => locale.startsWith(language)) ?? language;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function chosenLanguage(): Language | undefined {
  try {
    const stored = localStorage.getItem(STORAGE_KEY);
    return stored === "en" || stored === "nl" ? stored : undefined;
  } catch {
    return undefined;
  }
}

function readersLanguage(): Language {
  const first = navigator.languages.find((locale) => /^(en|nl)\b/.test(locale));
  return first?.startsWith("nl") ? "nl" : "en";
}
