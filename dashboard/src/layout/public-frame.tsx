import type { ReactNode } from "react";
import { chooseLanguage, LANGUAGES, useLanguage, type Language } from "../language/language.ts";
import { useLayoutWords } from "./layout-words.ts";
import { Logo } from "./logo.tsx";
import classes from "./public-frame.module.css";

/** Around the pages for who has not signed in. */
export function PublicFrame({ children }: { children: ReactNode }) {
  const words = useLayoutWords();
  const language = useLanguage();
  return (
    <div className={classes.frame}>
      <header className={classes.brand}>
        <Logo size={28} />
        Switchhook
      </header>
      <main className={classes.page}>{children}</main>
      <footer className={classes.foot} aria-label={words.language}>
        {(Object.keys(LANGUAGES) as Language[]).map((each) => (
          <button
            key={each}
            type="button"
            lang={each}
            aria-pressed={language === each}
            onClick={() => chooseLanguage(each)}
          >
            {LANGUAGES[each]}
          </button>
        ))}
      </footer>
    </div>
  );
}
