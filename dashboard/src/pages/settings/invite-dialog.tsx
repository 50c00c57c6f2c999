import { Radio, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import type { Role } from "../../api/session.ts";
import { FormDialog } from "../../components/form-dialog.tsx";
import { ShownOnce } from "../../components/shown-once.tsx";
import { useMembersWords } from "./members-words.ts";
import { useRoleChoices } from "./role-choices.ts";

export function InviteDialog({ onClose }: { onClose: () => void }) {
  const words = useMembersWords();
  const roles = useRoleChoices();
  const queryClient = useQueryClient();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("member");
  const invite = useMutation({
    mutationFn: () => need(api.POST("/api/v1/invitations", { body: { email: email.trim(), role } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["invitations"] }),
  });
  if (invite.data) {
    const { invitation } = invite.data;
    return (
      <ShownOnce
        title={words.linkTitle}
        help={(invitation.is_emailed ? words.linkEmailed : words.linkByHand)(invitation.email)}
        value={invitation.url}
        doneLabel={words.done}
        onClose={onClose}
      />
    );
  }
  return (
    <FormDialog
      title={words.invite}
      submitLabel={words.send}
      isBusy={invite.isPending}
      error={invite.error}
      onSubmit={() => invite.mutate()}
      onClose={onClose}
    >
      <TextInput
        label={words.email}
        type="email"
        required
        data-autofocus
        value={email}
        onChange={({ currentTarget }) => setEmail(currentTarget.value)}
      />
      <Radio.Group label={words.role} value={role} onChange={(value) => setRole(value)}>
        <Stack gap="sm" mt={6}>
          {roles.map(({ value, label }) => (
            <Radio key={value} value={value} label={label} description={words[`${value}Help`]} />
          ))}
        </Stack>
      </Radio.Group>
    </FormDialog>
  );
}
