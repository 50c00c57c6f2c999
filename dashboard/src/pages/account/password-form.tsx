import { Button, Group, PasswordInput, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import { useSession } from "../../api/session.ts";
import { FormError } from "../../components/form-error.tsx";
import { useAccountWords } from "./account-words.ts";
import { problemOf } from "./account-problem.ts";

export function PasswordForm() {
  const words = useAccountWords();
  const { user } = useSession();
  const queryClient = useQueryClient();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const change = useMutation({
    mutationFn: () =>
      need(api.POST("/api/v1/me/password", { body: { current_password: current, new_password: next } })),
    onSuccess: () => {
      setCurrent("");
      setNext("");
      notifications.show({ message: words.passwordChanged });
      void queryClient.invalidateQueries({ queryKey: ["own-sessions"] });
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate();
      }}
    >
      {/* For password managers, which keep a password with whose it is. */}
      <input type="hidden" autoComplete="username" value={user.email} />
      <Stack gap="md" maw={360}>
        <PasswordInput
          label={words.current}
          autoComplete="current-password"
          required
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <PasswordInput
          label={words.next}
          description={words.nextHelp}
          autoComplete="new-password"
          required
          value={next}
          onChange={(event) => setNext(event.currentTarget.value)}
        />
        <FormError>{change.error ? problemOf(change.error, words) : undefined}</FormError>
        <Group>
          <Button type="submit" variant="default" loading={change.isPending}>
            {words.changePassword}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
