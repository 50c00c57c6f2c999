import { Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { PageHeader } from "../../components/page-header.tsx";
import { useSession } from "../../api/session.ts";
import classes from "./account-page.module.css";
import { useAccountWords } from "./account-words.ts";
import { NameForm } from "./name-form.tsx";
import { OwnSessions } from "./own-sessions.tsx";
import { PasswordForm } from "./password-form.tsx";
import { SecondFactor } from "./second-factor.tsx";

/** What people settle for themselves, whatever their role is. */
export default function AccountPage() {
  const words = useAccountWords();
  const { user } = useSession();
  return (
    <>
      <PageHeader title={words.title} description={user.email} />
      <Part title={words.name}>
        <NameForm />
      </Part>
      <Part title={words.password} help={words.passwordHelp}>
        <PasswordForm />
      </Part>
      <Part title={words.factor} help={words.factorHelp}>
        <SecondFactor />
      </Part>
      <Part title={words.sessions} help={words.sessionsHelp}>
        <OwnSessions />
      </Part>
    </>
  );
}

function Part({ title, help, children }: { title: string; help?: string; children: ReactNode }) {
  return (
    <section className={classes.part}>
      <div>
        <Title order={2}>{title}</Title>
        <Text c="dimmed" size="sm">
          {help}
        </Text>
      </div>
      <div>{children}</div>
    </section>
  );
}
