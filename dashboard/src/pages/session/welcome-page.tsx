import { Anchor, Button, PasswordInput, Skeleton, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useLocation } from "wouter";
import { api } from "../../api/client.ts";
import { ApiFailure, need } from "../../api/failure.ts";
import { secondFactorOf } from "../../api/second-factor.ts";
import { startSession } from "../../api/session.ts";
import type { Wire } from "../../api/wire.ts";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { FormError } from "../../components/form-error.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { useSessionWords } from "./session-words.ts";
import { problemText } from "./sign-in-problem.ts";

type OneTimeLink = Wire<"OneTimeLink">;

/**
 * Behind every one-time link: the first visitor chooses e-mail and password, somebody invited joins, a lost password is
 * replaced. The token stands behind `#`, which browsers send to nobody.
 */
export default function WelcomePage() {
  const words = useSessionWords();
  const [token] = useState(() => new URLSearchParams(location.hash.slice(1)).get("token") ?? "");
  const link = useQuery({
    queryKey: ["link", token],
    queryFn: async () => (await need(api.POST("/api/v1/links/look", { body: { token } }))).link,
    enabled: token !== "",
    staleTime: Infinity,
    retry: false,
  });
  if (link.data) return <LinkForm token={token} link={link.data} />;
  const code = link.error instanceof ApiFailure ? link.error.code : undefined;
  if (token === "" || code === "link_not_found") {
    return <DeadLink title={words.linkBroken} help={words.linkBrokenHelp} />;
  }
  if (code === "link_over") return <DeadLink title={words.linkOver} help={words.linkOverHelp} />;
  if (link.error) return <ErrorNotice error={link.error} onRetry={() => void link.refetch()} />;
  return (
    <>
      <PageHeader title={words.welcome} description={words.checkingLink} />
      <Skeleton height={220} />
    </>
  );
}

function DeadLink({ title, help }: { title: string; help: string }) {
  const words = useSessionWords();
  return (
    <>
      <PageHeader title={title} description={help} />
      <Anchor component={Link} href="/">
        {words.toSignIn}
      </Anchor>
    </>
  );
}

function LinkForm({ token, link }: { token: string; link: OneTimeLink }) {
  const words = useSessionWords();
  const [, navigate] = useLocation();
  const [email, setEmail] = useState(link.email ?? "");
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | undefined>();
  const isNew = !link.has_account;

  const accept = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const body = {
        token,
        password,
        ...(link.email === null && { email }),
        ...(isNew && name.trim() !== "" && { name: name.trim() }),
        ...(link.has_totp && secondFactorOf(code)),
      };
      startSession(await need(api.POST("/api/v1/links/accept", { body })));
      navigate("/", { replace: true });
    } catch (error) {
      setBusy(false);
      setProblem(problemText(error, "app", words));
    }
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void accept();
      }}
    >
      <Head link={link} />
      <Stack gap="md">
        <TextInput
          label={words.email}
          type="email"
          autoComplete="username"
          required
          readOnly={link.email !== null}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        {isNew && (
          <TextInput
            label={words.name}
            autoComplete="name"
            maxLength={255}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
        <PasswordInput
          label={words.choosePassword}
          description={link.purpose === "invitation" && !isNew ? words.joinKnownHelp : words.passwordHelp}
          autoComplete={link.purpose === "invitation" && !isNew ? "current-password" : "new-password"}
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {link.has_totp && (
          <TextInput
            label={words.codeOrRecovery}
            autoComplete="one-time-code"
            required
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
        )}
        <FormError>{problem}</FormError>
        <Button type="submit" fullWidth loading={isBusy}>
          {words.enter}
        </Button>
      </Stack>
    </form>
  );
}

function Head({ link }: { link: OneTimeLink }) {
  const words = useSessionWords();
  switch (link.purpose) {
    case "welcome":
      return <PageHeader title={words.welcome} description={words.welcomeHelp} />;
    case "password":
      return <PageHeader title={words.newPassword} />;
    case "invitation":
      return (
        <PageHeader
          title={words.join(link.organization_name ?? "Switchhook")}
          description={
            link.role && <Text>{words.joinHelp(link.created_by ?? words.somebody, words[link.role])}</Text>
          }
        />
      );
  }
}
