import { Select, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../api/client.ts";
import { need } from "../api/failure.ts";
import { FormDialog } from "./form-dialog.tsx";
import { ShownOnce } from "./shown-once.tsx";
import { useRotateSecretWords } from "./rotate-secret-words.ts";

export type SecretOwner = { account: true } | { assistantId: string };

const OVERLAPS = ["0", "3600", "86400", "604800"] as const;
const DEFAULT_OVERLAP = "86400";

/** Replaces a secret, the old one signing beside it for a while; then shows the new one, once. */
export function RotateSecretDialog({ whose, onClose }: { whose: SecretOwner; onClose: () => void }) {
  const words = useRotateSecretWords();
  const queryClient = useQueryClient();
  const [overlap, setOverlap] = useState<string>(DEFAULT_OVERLAP);
  const [own, setOwn] = useState("");
  const rotate = useMutation({
    mutationFn: () => {
      const body = { overlap_seconds: Number(overlap), ...(own !== "" && { secret: own }) };
      return need(
        "account" in whose
          ? api.POST("/api/v1/settings/webhook/rotate-secret", { body })
          : api.POST("/api/v1/assistants/{id}/webhook/rotate-secret", {
              params: { path: { id: whose.assistantId } },
              body,
            }),
      );
    },
    onSuccess: () =>
      queryClient.invalidateQueries({
        queryKey: "account" in whose ? ["account-webhook"] : ["assistant", whose.assistantId],
      }),
  });
  if (rotate.data) {
    return (
      <ShownOnce
        title={words.newTitle}
        help={words.newHelp}
        value={rotate.data.webhook.secret}
        doneLabel={words.done}
        onClose={onClose}
      />
    );
  }
  return (
    <FormDialog
      title={words.title}
      submitLabel={words.replace}
      isBusy={rotate.isPending}
      error={rotate.error}
      onSubmit={() => rotate.mutate()}
      onClose={onClose}
    >
      <Text>{words.help}</Text>
      <Select
        label={words.overlap}
        data={OVERLAPS.map((value) => ({ value, label: words[`overlap${value}`] }))}
        value={overlap}
        onChange={(value) => value !== null && setOverlap(value)}
      />
      <TextInput
        label={words.own}
        description={words.ownHelp}
        value={own}
        autoComplete="off"
        spellCheck={false}
        onChange={({ currentTarget }) => setOwn(currentTarget.value)}
      />
    </FormDialog>
  );
}
