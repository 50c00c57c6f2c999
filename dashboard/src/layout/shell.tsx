import { ActionIcon, Drawer } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import IconMenu2 from "@tabler/icons-react/icons/IconMenu2";
import type { ReactNode } from "react";
import { Finder } from "./finder.tsx";
import { useLayoutWords } from "./layout-words.ts";
import { Navigation } from "./navigation.tsx";
import { usePageChange } from "./page-change.ts";
import classes from "./shell.module.css";

/** The frame around every page: navigation on the left, in a drawer on a phone. */
export function Shell({ children }: { children: ReactNode }) {
  const words = useLayoutWords();
  const [isOpen, drawer] = useDisclosure(false);
  usePageChange();
  return (
    <div className={classes.shell}>
      <a href="#page" className={classes.skip}>
        {words.skip}
      </a>
      <aside className={classes.side}>
        <Navigation />
      </aside>
      <header className={classes.bar}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          onClick={drawer.open}
          aria-label={words.openNavigation}
          aria-expanded={isOpen}
        >
          <IconMenu2 size={20} />
        </ActionIcon>
        <span className={classes.name}>Switchhook</span>
      </header>
      <Drawer.Root opened={isOpen} onClose={drawer.close} size={264}>
        <Drawer.Overlay />
        <Drawer.Content aria-label={words.navigation}>
          <Drawer.Body h="100%" p={0}>
            <Navigation onNavigate={drawer.close} />
          </Drawer.Body>
        </Drawer.Content>
      </Drawer.Root>
      <main id="page" tabIndex={-1} className={classes.page}>
        {children}
      </main>
      <Finder />
    </div>
  );
}
