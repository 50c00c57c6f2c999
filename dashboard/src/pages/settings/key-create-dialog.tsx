import { Select, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import { FormDialog } from "../../components/form-dialog.tsx";
import { ShownOnce } from "../../components/shown-once.tsx";
import { useKeysWords } from "./keys-words.ts";

const NEVER = "";
const DAYS = ["30", "90", "365"] as const;
const DAY_MS = 86_400_000;

export function KeyCreateDialog({ onClose }: { onClose: () => void }) {
  const words = useKeysWords();
  const queryClient = useQueryClient();
  const [name, setName] = useState("");
  const [days, setDays] = useState<string>(NEVER);
  const create = useMutation({
    mutationFn: () =>
      need(
        api.POST("/api/v1/api-keys", {
          body: {
            name: name.trim(),
            expires_at: days === NEVER ? null : new Date(Date.now() + Number(days) * DAY_MS).toISOString(),
          },
        }),
      ),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["api-keys"] }),
  });
  if (create.data) {
    return (
      <ShownOnce
        title={words.newTitle}
        help={words.newHelp}
        value={create.data.api_key.key}
        doneLabel={words.done}
        onClose={onClose}
      />
    );
  }
  return (
    <FormDialog
      title={words.add}
      submitLabel={words.create}
      isBusy={create.isPending}
      error={create.error}
      onSubmit={() => create.mutate()}
      onClose={onClose}
    >
      <TextInput
        label={words.nameLabel}
        description={words.nameHelp}
        required
        data-autofocus
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <Select
        label={words.expires}
        data={[
          { value: NEVER, label: words.expiresNever },
          ...DAYS.map((value) => ({ value, label: words[`expires${value}`] })),
        ]}
        value={days}
        onChange={(value) => setDays(value ?? NEVER)}
      />
    </FormDialog>
  );
}
