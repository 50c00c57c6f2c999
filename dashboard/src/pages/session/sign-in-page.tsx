import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { ApiFailure, need } from "../../api/failure.ts";
import { startSession } from "../../api/session.ts";
import { FormError } from "../../components/form-error.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { useSessionWords } from "./session-words.ts";
import { problemText, type Factor } from "./sign-in-problem.ts";

/** E-mail and password, and then the code for whoever has a second factor. */
export default function SignInPage() {
  const words = useSessionWords();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  /** undefined: no code has been asked for */
  const [factor, setFactor] = useState<Factor | undefined>();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | undefined>();

  const signIn = async () => {
    setBusy(true);
    setProblem(undefined);
    const second = factor === "app" ? { totp_code: code.replaceAll(/\s/g, "") } : { recovery_code: code };
    try {
      const body = { email, password, ...(factor && second) };
      startSession(await need(api.POST("/api/v1/session", { body })));
    } catch (error) {
      setBusy(false);
      setCode("");
      if (error instanceof ApiFailure && error.code === "totp_code_required") setFactor("app");
      else setProblem(problemText(error, factor, words));
    }
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void signIn();
      }}
    >
      <PageHeader title={words.title} />
      <Stack gap="md">
        {factor === undefined ? (
          <>
            <TextInput
              label={words.email}
              type="email"
              autoComplete="username"
              required
              autoFocus
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
            <PasswordInput
              label={words.password}
              autoComplete="current-password"
              required
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
          </>
        ) : (
          <TextInput
            key={factor}
            label={factor === "app" ? words.code : words.recoveryCode}
            description={factor === "app" ? words.codeHelp : words.recoveryHelp}
            autoComplete="one-time-code"
            inputMode={factor === "app" ? "numeric" : "text"}
            required
            autoFocus
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
        )}
        <FormError>{problem}</FormError>
        <Button type="submit" fullWidth loading={isBusy}>
          {factor === undefined ? words.signIn : words.confirm}
        </Button>
        {factor === undefined ? (
          <Text size="sm" c="dimmed">
            {words.lost}
          </Text>
        ) : (
          <Stack gap={4} align="flex-start">
            <Anchor
              component="button"
              type="button"
              size="sm"
              onClick={() => {
                setCode("");
                setProblem(undefined);
                setFactor(factor === "app" ? "recovery" : "app");
              }}
            >
              {factor === "app" ? words.useRecovery : words.useApp}
            </Anchor>
            <Anchor component="button" type="button" size="sm" onClick={() => setFactor(undefined)}>
              {words.back}
            </Anchor>
          </Stack>
        )}
      </Stack>
    </form>
  );
}
