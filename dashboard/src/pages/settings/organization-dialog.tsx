import { TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import { FormDialog } from "../../components/form-dialog.tsx";
import { ShownOnce } from "../../components/shown-once.tsx";
import { useOrganizationsWords } from "./organizations-words.ts";

/** Makes an organization under another, and shows its first key. */
export function OrganizationDialog({ parentId, onClose }: { parentId: string; onClose: () => void }) {
  const words = useOrganizationsWords();
  const queryClient = useQueryClient();
  const [name, setName] = useState("");
  const create = useMutation({
    mutationFn: () =>
      need(api.POST("/api/v1/organizations", { body: { name: name.trim(), parent_org_id: parentId } })),
    onSuccess: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: ["organization"] }),
        // Who makes it is its owner: the user menu has it from now on.
        queryClient.invalidateQueries({ queryKey: ["session"] }),
      ]),
  });
  if (create.data) {
    return (
      <ShownOnce
        title={words.keyTitle(create.data.name)}
        help={words.keyHelp}
        value={create.data.api_key}
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
        label={words.name}
        description={words.nameHelp}
        required
        maxLength={255}
        data-autofocus
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
    </FormDialog>
  );
}
