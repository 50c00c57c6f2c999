import { Button, Group, Modal, Select, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { ShownOnce } from "../../components/shown-once.tsx";
import { useWebhookWords } from "./webhook-words.ts";

const OVERLAPS = ["0", "3600", "86400", "604800"] as const;

/** Replaces the secret, the old one signing beside it for a while; then shows the new one, once. */
export function RotateDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const words = useWebhookWords();
  const queryClient = useQueryClient();
  const [overlap, setOverlap] = useState("86400");
  const rotate = useMutation({
    mutationFn: () =>
      need(
        api.POST("/api/v1/assistants/{id}/webhook/rotate-secret", {
          params: { path: { id } },
          body: { overlap_seconds: Number(overlap) },
        }),
      ),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["assistant", id] }),
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
    <Modal opened onClose={onClose} title={words.rotateTitle}>
      <Stack gap="md">
        <Text>{words.rotateHelp}</Text>
        <Select
          label={words.overlap}
          data={OVERLAPS.map((value) => ({ value, label: words[`overlap${value}`] }))}
          value={overlap}
          onChange={(value) => value !== null && setOverlap(value)}
        />
        {rotate.error && <ErrorNotice error={rotate.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button loading={rotate.isPending} onClick={() => rotate.mutate()}>
            {words.replace}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
