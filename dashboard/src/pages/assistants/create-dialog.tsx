import { Anchor, Radio, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useLocation } from "wouter";
import { FormDialog } from "../../components/form-dialog.tsx";
import { useLanguage } from "../../language/language.ts";
import { useAssistantChanges } from "./assistant-changes.ts";
import { useAssistantsWords } from "./assistants-words.ts";
import { useCatalogQuery } from "./catalog-query.ts";
import classes from "./create-dialog.module.css";
import { Notice } from "./notice.tsx";
import { hasLanguageModel, STARTING_POINTS, startingPoint, type StartingPoint } from "./starting-points.ts";

/** Name and starting point; everything else is then on the assistant's page. */
export function CreateDialog({ onClose }: { onClose: () => void }) {
  const words = useAssistantsWords();
  const language = useLanguage();
  const [, navigate] = useLocation();
  const { create } = useAssistantChanges();
  const { data: catalog, error: catalogError, refetch } = useCatalogQuery();
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<StartingPoint | undefined>();
  const canThink = !catalog || hasLanguageModel(catalog);
  const point = chosen ?? (canThink ? "receptionist" : "hello");

  const making = useMutation({
    mutationFn: async () => {
      if (!catalog) return undefined;
      return create(startingPoint(point, { name: name.trim() || words[point], language, catalog }));
    },
    onSuccess: (assistant) => assistant && navigate(`/assistants/${assistant.id}`),
  });

  return (
    <FormDialog
      title={words.createTitle}
      size="lg"
      submitLabel={words.make}
      isBusy={making.isPending}
      error={making.error ?? catalogError}
      onSubmit={() => (catalog ? making.mutate() : void refetch())}
      onClose={onClose}
    >
      <TextInput
        label={words.name}
        placeholder={words[point]}
        value={name}
        maxLength={255}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <Radio.Group label={words.startFrom} value={point} onChange={setChosen}>
        <Stack gap="xs" mt={6}>
          {STARTING_POINTS.map((each) => (
            <Radio.Card key={each} value={each} className={classes.choice}>
              <Radio.Indicator />
              <span>
                <Text component="span" fw={500} display="block">
                  {words[each]}
                </Text>
                <Text component="span" size="sm" c="dimmed" display="block">
                  {words[`${each}Help`]}
                </Text>
              </span>
            </Radio.Card>
          ))}
        </Stack>
      </Radio.Group>
      {!canThink && point !== "hello" && (
        <Notice>
          {words.needsKey}{" "}
          <Anchor component={Link} href="/settings/byok" inherit underline="always">
            {words.addKey}
          </Anchor>
        </Notice>
      )}
    </FormDialog>
  );
}
