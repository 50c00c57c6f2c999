import { Menu, UnstyledButton, useMantineColorScheme, type MantineColorScheme } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import IconExternalLink from "@tabler/icons-react/icons/IconExternalLink";
import IconLogout from "@tabler/icons-react/icons/IconLogout";
import IconSelector from "@tabler/icons-react/icons/IconSelector";
import IconUser from "@tabler/icons-react/icons/IconUser";
import { Link, useLocation } from "wouter";
import { api } from "../api/client.ts";
import { need } from "../api/failure.ts";
import { endSession, useSession } from "../api/session.ts";
import { chooseLanguage, LANGUAGES, useLanguage, type Language } from "../language/language.ts";
import { useLayoutWords } from "./layout-words.ts";
import { useOpenOrganization } from "./open-organization.ts";
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
          <Choices
            label={words.organization}
            value={session.organization_id ?? ""}
            onChoose={(id) => void chooseOrganization(id)}
            choices={session.organizations.map(({ id, name }) => ({ value: id, name }))}
          />
        )}
        <Choices
          label={words.appearance}
          value={colorScheme}
          onChoose={(scheme) => setColorScheme(scheme as MantineColorScheme)}
          choices={SCHEMES.map(([scheme, word]) => ({ value: scheme, name: words[word] }))}
        />
        <Choices
          label={words.language}
          value={language}
          onChoose={(chosen) => chooseLanguage(chosen as Language)}
          choices={Object.entries(LANGUAGES).map(([value, name]) => ({ value, name, lang: value }))}
        />
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

function Choices(props: {
  label: string;
  value: string;
  onChoose: (value: string) => void;
  choices: readonly { value: string; name: string; lang?: string }[];
}) {
  return (
    <Menu.RadioGroup value={props.value} onChange={props.onChoose}>
      <Menu.Label>{props.label}</Menu.Label>
      {props.choices.map(({ value, name, lang }) => (
        <Menu.RadioItem key={value} value={value} {...(lang !== undefined && { lang })} closeMenuOnClick>
          {name}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}

function useSessionActions() {
  const [, navigate] = useLocation();
  const openOrganization = useOpenOrganization();
  const tell = (error: unknown) =>
    notifications.show({ color: "red", message: error instanceof Error ? error.message : String(error) });
  return {
    async chooseOrganization(id: string) {
      try {
        await openOrganization(id);
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
