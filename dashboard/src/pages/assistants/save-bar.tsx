import { Alert, Button, Group, Text } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { ApiFailure } from "../../api/failure.ts";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { useAssistantChanges } from "./assistant-changes.ts";
import { changesBetween } from "./document.ts";
import { discardDraft, draftOf, draftSaved, setProblems, useDraft, useIsChanged } from "./drafts.ts";
import { usePageWords } from "./page-words.ts";
import { problemsOf } from "./problems.ts";
import classes from "./save-bar.module.css";

/** There while something is unsaved; lies over the page, so that nothing moves when it comes. Ctrl S saves. */
export function SaveBar({ id }: { id: string }) {
  const words = usePageWords();
  const queryClient = useQueryClient();
  const { update } = useAssistantChanges();
  const draft = useDraft(id);
  const isChanged = useIsChanged(id);

  const saving = useMutation({
    mutationFn: async () => {
      const now = draftOf(id);
      if (!now) return;
      const saved = await update(id, changesBetween(now.saved, now.current));
      draftSaved(id, saved);
      queryClient.setQueryData(["assistant", id], saved);
    },
    onSuccess: () => notifications.show({ message: words.saved }),
    onError: (error) => {
      if (error instanceof ApiFailure) setProblems(id, problemsOf(error.details));
    },
  });
  const { reset, error } = saving;

  // The first field that was refused is where one goes on.
  useEffect(() => {
    if (!(error instanceof ApiFailure)) return;
    const field = document.querySelector<HTMLElement>('[aria-invalid="true"]');
    field?.scrollIntoView({ block: "center" });
    field?.focus({ preventScroll: true });
  }, [error]);

  const save = () => {
    if (isChanged && !saving.isPending) saving.mutate();
  };
  // Also from within a field, where most people are when they press it.
  useHotkeys([["mod+S", save]], [], true);

  if (!isChanged) return null;
  return (
    <section className={classes.bar} aria-label={words.unsaved}>
      <div className={classes.inside}>
        {draft?.newer && (
          <Alert color="yellow" variant="light" title={words.newerTitle}>
            <Text size="sm">{words.newer}</Text>
            <Button mt="xs" size="xs" variant="default" onClick={() => discardDraft(id)}>
              {words.takeTheirs}
            </Button>
          </Alert>
        )}
        {error && <ErrorNotice error={error} />}
        <Group justify="space-between" gap="xs">
          <Text fw={500} role="status">
            {error ? words.notSaved : words.unsaved}
          </Text>
          <Group gap="xs">
            <Button
              variant="default"
              onClick={() => {
                reset();
                discardDraft(id);
              }}
            >
              {words.discard}
            </Button>
            <Button onClick={save} loading={saving.isPending} aria-keyshortcuts="Control+S">
              {words.save}
            </Button>
          </Group>
        </Group>
      </div>
    </section>
  );
}
