import { UnstyledButton } from "@mantine/core";
import IconSearch from "@tabler/icons-react/icons/IconSearch";
import { Link, useLocation } from "wouter";
import { routes, sections } from "../routes.tsx";
import { openFinder } from "./finder-store.ts";
import { useLayoutWords } from "./layout-words.ts";
import { Logo } from "./logo.tsx";
import classes from "./navigation.module.css";
import { UserMenu } from "./user-menu.tsx";

/** The left column; in a drawer on a phone, which `onNavigate` closes. */
export function Navigation({ onNavigate }: { onNavigate?: () => void }) {
  const words = useLayoutWords();
  const [location] = useLocation();
  return (
    <div className={classes.column}>
      <Link href="/" className={classes.brand} onClick={onNavigate}>
        <Logo size={22} />
        Switchhook
      </Link>
      <UnstyledButton
        className={classes.find}
        onClick={() => {
          onNavigate?.();
          openFinder();
        }}
      >
        <IconSearch size={15} aria-hidden />
        <span>{words.find}</span>
        <kbd aria-hidden className={classes.keys}>
          Ctrl K
        </kbd>
      </UnstyledButton>
      <nav aria-label={words.navigation} className={classes.groups}>
        {sections.map((group) => (
          <ul key={group[0]?.path} className={classes.group}>
            {group.map(({ path, word, icon: Icon }) => (
              <li key={path}>
                <Link
                  href={path}
                  className={classes.item}
                  aria-current={isWithin(location, path) ? "page" : undefined}
                  onClick={onNavigate}
                  onPointerEnter={() =>
                    void routes.find((route) => firstPart(route.path) === path)?.page.load()
                  }
                >
                  <Icon size={17} stroke={1.6} aria-hidden />
                  {words[word]}
                </Link>
              </li>
            ))}
          </ul>
        ))}
      </nav>
      <UserMenu onNavigate={onNavigate} />
    </div>
  );
}

function isWithin(location: string, path: string): boolean {
  return path === "/" ? location === "/" : location === path || location.startsWith(`${path}/`);
}

function firstPart(path: string): string {
  return path.replace(/\/:.*$/, "") || "/";
}
