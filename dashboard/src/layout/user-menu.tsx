import { Menu, UnstyledButton, useMantineColorScheme, type MantineColorScheme } from "@mantine/core";
import IconCheck from "@tabler/icons-react/icons/IconCheck";
import IconDotsVertical from "@tabler/icons-react/icons/IconDotsVertical";
import IconExternalLink from "@tabler/icons-react/icons/IconExternalLink";
import { chooseLanguage, LANGUAGES, useLanguage, type Language } from "../language/language.ts";
import { useLayoutWords } from "./layout-words.ts";
import classes from "./user-menu.module.css";

const SCHEMES = [
  ["auto", "system"],
  ["light", "light"],
  ["dark", "dark"],
] as const satisfies readonly (readonly [MantineColorScheme, string])[];

/** At the foot of the navigation: how things look, and in which language. */
export function UserMenu() {
  const words = useLayoutWords();
  const language = useLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu position="top-start" width={220} withinPortal>
      <Menu.Target>
        <UnstyledButton className={classes.button}>
          <span className={classes.name}>{words.accountMenu}</span>
          <IconDotsVertical size={16} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{words.appearance}</Menu.Label>
        {SCHEMES.map(([scheme, word]) => (
          <Menu.Item
            key={scheme}
            role="menuitemradio"
            aria-checked={colorScheme === scheme}
            onClick={() => setColorScheme(scheme)}
            rightSection={colorScheme === scheme && <IconCheck size={14} aria-hidden />}
          >
            {words[word]}
          </Menu.Item>
        ))}
        <Menu.Label>{words.language}</Menu.Label>
        {(Object.keys(LANGUAGES) as Language[]).map((each) => (
          <Menu.Item
            key={each}
            role="menuitemradio"
            aria-checked={language === each}
            lang={each}
            onClick={() => chooseLanguage(each)}
            rightSection={language === each && <IconCheck size={14} aria-hidden />}
          >
            {LANGUAGES[each]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          component="a"
          href="/docs"
          target="_blank"
          rel="noreferrer"
          rightSection={<IconExternalLink size={14} aria-hidden />}
        >
          {words.apiReference}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
