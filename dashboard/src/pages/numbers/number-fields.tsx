import { Select, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import { assistantsQuery, trunksQuery } from "../../api/lists.ts";
import { useNumbersWords } from "./numbers-words.ts";

export interface NumberValues {
  name: string;
  assistantId: string;
  workflowId: string;
  trunkId: string;
}

/** What a select shows for nothing, which the API says with null. */
export const NONE = "";

/** A number's name and who takes its calls: for a new one as for one that is changed. */
export function NumberFields<Values extends NumberValues>({ form }: { form: UseFormReturnType<Values> }) {
  const words = useNumbersWords();
  const assistants = useQuery(assistantsQuery);
  const workflows = useQuery({
    queryKey: ["workflows"],
    queryFn: async ({ signal }) => (await need(api.GET("/api/v1/workflows", { signal }))).workflows,
  });
  const trunks = useQuery(trunksQuery);
  const named = (rows: readonly { id: string; name: string }[] | undefined, none: string) => [
    { value: NONE, label: none },
    ...(rows ?? []).map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <>
      <TextInput label={words.name} description={words.nameHelp} {...form.getInputProps("name")} />
      <Select
        label={words.assistant}
        searchable
        data={named(assistants.data, words.webhookDecides)}
        {...form.getInputProps("assistantId")}
      />
      <Select
        label={words.workflow}
        description={words.answeredByHelp}
        searchable
        data={named(workflows.data, words.none)}
        {...form.getInputProps("workflowId")}
      />
      <Select
        label={words.trunk}
        description={words.trunkHelp}
        data={named(trunks.data, words.firstTrunk)}
        {...form.getInputProps("trunkId")}
      />
    </>
  );
}

export function linksOf(values: NumberValues) {
  return {
    name: values.name.trim() || null,
    assistant_id: values.assistantId || null,
    workflow_id: values.workflowId || null,
    transfer_trunk_id: values.trunkId || null,
  };
}
