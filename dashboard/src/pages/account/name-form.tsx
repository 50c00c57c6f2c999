import { Button, Group, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import { sessionQuery, useSession } from "../../api/session.ts";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { useAccountWords } from "./account-words.ts";

export function NameForm() {
  const words = useAccountWords();
  const { user } = useSession();
  const queryClient = useQueryClient();
  const [name, setName] = useState(user.name ?? "");
  const save = useMutation({
    mutationFn: async () => {
      const wanted = name.trim() === "" ? null : name.trim();
      await need(api.PATCH("/api/v1/me", { body: { name: wanted } }));
      await queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
    onSuccess: () => notifications.show({ message: words.saved }),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Group align="flex-end" gap="xs">
        <TextInput
          aria-label={words.name}
          autoComplete="name"
          maxLength={255}
          flex="1 1 200px"
          maw={360}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button
          type="submit"
          variant="default"
          loading={save.isPending}
          disabled={name.trim() === (user.name ?? "")}
        >
          {words.save}
        </Button>
      </Group>
      {save.error && <ErrorNotice error={save.error} />}
    </form>
  );
}
