import { TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useLocation } from "wouter";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import { FormDialog } from "../../components/form-dialog.tsx";
import { linksOf, NONE, NumberFields } from "./number-fields.tsx";
import { useNumbersWords } from "./numbers-words.ts";

export function NumberCreateDialog({ onClose }: { onClose: () => void }) {
  const words = useNumbersWords();
  const queryClient = useQueryClient();
  const [, navigate] = useLocation();
  const form = useForm({
    initialValues: { phoneNumber: "", name: "", assistantId: NONE, workflowId: NONE, trunkId: NONE },
  });
  const create = useMutation({
    mutationFn: (values: typeof form.values) =>
      need(
        api.POST("/api/v1/numbers", {
          // Written as people write numbers: with spaces, dashes, brackets.
          body: { phone_number: values.phoneNumber.replaceAll(/[\s().-]/g, ""), ...linksOf(values) },
        }),
      ),
    onSuccess: async ({ number }) => {
      await queryClient.invalidateQueries({ queryKey: ["numbers"] });
      navigate(`/numbers/${number.id}`);
    },
  });
  return (
    <FormDialog
      title={words.add}
      submitLabel={words.add}
      isBusy={create.isPending}
      error={create.error}
      onSubmit={form.onSubmit((values) => create.mutate(values))}
      onClose={onClose}
    >
      <TextInput
        label={words.number}
        description={words.numberHelp}
        type="tel"
        required
        data-autofocus
        {...form.getInputProps("phoneNumber")}
      />
      <NumberFields form={form} />
    </FormDialog>
  );
}
