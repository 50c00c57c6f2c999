import { Menu, UnstyledButton, useMantineColorScheme, type MantineColorScheme } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import IconCheck from "@tabler/icons-react/icons/IconCheck";
import IconExternalLink from "@tabler/icons-react/icons/IconExternalLink";
import IconLogout from "@tabler/icons-react/icons/IconLogout";
import IconSelector from "@tabler/icons-react/icons/IconSelector";
import IconUser from "@tabler/icons-react/icons/IconUser";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useLocation } from "wouter";
import { api } from "../api/client.ts";
import { need } from "../api/failure.ts";
import { endSession, startSession, useSession } from "../api/session.ts";
import { chooseLanguage, LANGUAGES, useLanguage, type Language } from "../language/language.ts";
import { useLayoutWords } from "./layout-words.ts";
import classes from "./user-menu.module.css";

const SCHEMES = [
  ["auto", "system"],
  ["light", "light"],
  ["dark", "dark"],
] as const satisfies readonly (readonly [MantineColorScheme, string])[];

/** At the foot of the navigation: who one is, for which organization, how things look, and in which language. */
export function UserMenu({ onNavigate }: { onNavigate?: (() => void) | undefined }) {
  const words = useLayoutWords();
  const language = useLanguage();
  const session = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { chooseOrganization, signOut } = useSessionActions();
  const organization = session.organizations.find(({ id }) => id === session.organization_id);
  return (
    <Menu position="top-start" width={240} withinPortal>
      <Menu.Target>
        <UnstyledButton className={classes.button} aria-label={words.accountMenu}>
          <span className={classes.names}>
            <span className={classes.name}>{session.user.name ?? session.user.email}</span>
            <span className={classes.organization}>{organization?.name ?? words.noOrganization}</span>
          </span>
          <IconSelector size={16} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          component={Link}
          href="/account"
          onClick={onNavigate}
          leftSection={<IconUser size={16} stroke={1.6} aria-hidden />}
        >
          {words.account}
        </Menu.Item>
        {session.organizations.length > 1 && (
          <>
            <Menu.Label>{words.organization}</Menu.Label>
            {session.organizations.map(({ id, name }) => (
              <Choice
                key={id}
                isChosen={id === session.organization_id}
                onChoose={() => void chooseOrganization(id)}
              >
                {name}
              </Choice>
            ))}
          </>
        )}
        <Menu.Label>{words.appearance}</Menu.Label>
        {SCHEMES.map(([scheme, word]) => (
          <Choice key={scheme} isChosen={colorScheme === scheme} onChoose={() => setColorScheme(scheme)}>
            {words[word]}
          </Choice>
        ))}
        <Menu.Label>{words.language}</Menu.Label>
        {(Object.keys(LANGUAGES) as Language[]).map((each) => (
          <Choice key={each} lang={each} isChosen={language === each} onChoose={() => chooseLanguage(each)}>
            {LANGUAGES[each]}
          </Choice>
        ))}
        <Menu.Divider />
        <Menu.Item
          component="a"
          href="/docs"
          target="_blank"
          rel="noreferrer"
          leftSection={<IconExternalLink size={16} stroke={1.6} aria-hidden />}
        >
          {words.apiReference}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLogout size={16} stroke={1.6} aria-hidden />}
          onClick={() => void signOut()}
        >
          {words.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Choice(props: { isChosen: boolean; lang?: string; onChoose: () => void; children: string }) {
  return (
    <Menu.Item
      role="menuitemradio"
      aria-checked={props.isChosen}
      {...(props.lang !== undefined && { lang: props.lang })}
      onClick={props.onChoose}
      rightSection={props.isChosen && <IconCheck size={14} aria-hidden />}
    >
      {props.children}
    </Menu.Item>
  );
}

function useSessionActions() {
  const queryClient = useQueryClient();
  const [, navigate] = useLocation();
  const tell = (error: unknown) =>
    notifications.show({ color: "red", message: error instanceof Error ? error.message : String(error) });
  return {
    async chooseOrganization(id: string) {
      try {
        const session = await need(api.PATCH("/api/v1/session", { body: { organization_id: id } }));
        // What is on the screen belongs to the other organization, and so may the address.
        queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
        startSession(session);
        navigate("/");
      } catch (error) {
        tell(error);
      }
    },
    async signOut() {
      try {
        await need(api.DELETE("/api/v1/session"));
        endSession();
        navigate("/");
      } catch (error) {
        tell(error);
      }
    },
  };
}
