import { Button, Code, Group, Modal, PasswordInput, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Suspense, useState } from "react";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import { secondFactorOf } from "../../api/second-factor.ts";
import { sessionQuery } from "../../api/session.ts";
import { CopyButton } from "../../components/copy-button.tsx";
import { deferred } from "../../components/deferred.tsx";
import { FormDialog } from "../../components/form-dialog.tsx";
import { FormError } from "../../components/form-error.tsx";
import { problemOf } from "./account-problem.ts";
import { useAccountWords } from "./account-words.ts";

const QrCode = deferred(() => import("./qr-code.tsx"));

export type FactorTask = "set-up" | "remove" | "codes";

/**
 * One step after the other:
 *
 *   password ─┬─ set-up ─▶ secret (with its first code) ─▶ recovery codes
 *             ├─ codes ───────────────────────────────▶ recovery codes
 *             └─ remove (with a code) ─▶ closed
 */
type Step =
  | { name: "password" }
  | { name: "secret"; secret: string; uri: string }
  | { name: "codes"; codes: readonly string[] };

export function FactorDialog({ task, onClose }: { task: FactorTask; onClose: () => void }) {
  const words = useAccountWords();
  const queryClient = useQueryClient();
  const [step, setStep] = useState<Step>({ name: "password" });
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | undefined>();

  /** @returns the next step; undefined: that was the last */
  const proceed = async (): Promise<Step | undefined> => {
    if (step.name === "secret") {
      const digits = code.replaceAll(/\s/g, "");
      const answer = await need(api.POST("/api/v1/me/totp/confirm", { body: { code: digits } }));
      return { name: "codes", codes: answer.recovery_codes };
    }
    switch (task) {
      case "set-up": {
        const { totp } = await need(api.POST("/api/v1/me/totp", { body: { password } }));
        return { name: "secret", ...totp };
      }
      case "codes": {
        const answer = await need(api.POST("/api/v1/me/recovery-codes", { body: { password } }));
        return { name: "codes", codes: answer.recovery_codes };
      }
      case "remove": {
        await need(api.DELETE("/api/v1/me/totp", { body: { password, ...secondFactorOf(code) } }));
        return undefined;
      }
    }
  };

  const submit = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const next = await proceed();
      if (next?.name !== "secret") await queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
      setBusy(false);
      if (next) setStep(next);
      else onClose();
    } catch (error) {
      setBusy(false);
      setProblem(problemOf(error as Error, words));
    }
  };

  if (step.name === "codes") return <RecoveryCodes codes={step.codes} onClose={onClose} />;
  const title = { "set-up": words.factor, remove: words.remove, codes: words.newCodes }[task];
  return (
    <FormDialog
      title={title}
      submitLabel={step.name === "secret" ? words.confirm : task === "remove" ? words.remove : words.goOn}
      isDangerous={task === "remove"}
      isBusy={isBusy}
      error={null}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      {step.name === "password" && (
        <PasswordInput
          label={words.confirmPassword}
          description={words.confirmPasswordHelp}
          autoComplete="current-password"
          required
          data-autofocus
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
      )}
      {step.name === "secret" && <Secret secret={step.secret} uri={step.uri} />}
      {(step.name === "secret" || task === "remove") && (
        <TextInput
          label={step.name === "secret" ? words.code : words.codeOrRecovery}
          autoComplete="one-time-code"
          required
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
      )}
      {task === "remove" && <Text c="dimmed">{words.removeHelp}</Text>}
      <FormError>{problem}</FormError>
    </FormDialog>
  );
}

function Secret({ secret, uri }: { secret: string; uri: string }) {
  const words = useAccountWords();
  return (
    <>
      <Text>{words.scan}</Text>
      <Suspense fallback={<div style={{ height: 208 }} />}>
        <QrCode text={uri} sizePx={208} />
      </Suspense>
      <Group gap="xs" wrap="nowrap" align="center">
        <Code style={{ overflowWrap: "anywhere" }}>{secret}</Code>
        <CopyButton value={secret} what={words.secret} />
      </Group>
    </>
  );
}

function RecoveryCodes({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const words = useAccountWords();
  return (
    <Modal
      opened
      onClose={onClose}
      title={words.codesTitle}
      // Gone for good with a click beside it, they would be.
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <Stack gap="md">
        <Text>{words.codesHelp}</Text>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing={4} verticalSpacing={4}>
          {codes.map((code) => (
            <Code key={code}>{code}</Code>
          ))}
        </SimpleGrid>
        <Group justify="space-between">
          <CopyButton value={codes.join("\n")} what={words.codes} />
          <Button onClick={onClose}>{words.close}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
