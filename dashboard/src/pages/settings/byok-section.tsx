import { Button, Group, PasswordInput, Skeleton, Stack, Text, Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import { useMay } from "../../api/session.ts";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { FormDialog } from "../../components/form-dialog.tsx";
import { RoleNote } from "../../components/role-note.tsx";
import { StatusBadge } from "../../components/status-badge.tsx";
import classes from "../../components/rows.module.css";
import { useByokWords } from "./byok-words.ts";

const NAMES = {
  openai: "OpenAI",
  deepgram: "Deepgram",
  elevenlabs: "ElevenLabs",
  google: "Google Gemini",
  google_vertex: "Google Vertex AI",
  mistral: "Mistral",
  xai: "xAI",
  gladia: "Gladia",
  inworld: "Inworld",
  resend: "Resend (e-mail)",
} as const;
type Provider = keyof typeof NAMES;
const PROVIDERS = Object.keys(NAMES) as Provider[];

/** The organization's own keys for services: written, never read. */
export default function ByokSection() {
  const words = useByokWords();
  const mayOwn = useMay("own");
  const queryClient = useQueryClient();
  const [setting, setSetting] = useState<Provider | undefined>();
  const [removing, setRemoving] = useState<Provider | undefined>();
  const { data, error, refetch } = useQuery({
    queryKey: ["byok"],
    queryFn: ({ signal }) => need(api.GET("/api/v1/byok", { signal })),
    select: (answer) => answer.byok_keys as Record<string, string | null>,
  });
  if (error && !data) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={420} />;
  return (
    <Stack maw={720} gap="md">
      <Text c="dimmed">{words.help}</Text>
      <RoleNote needs="own" />
      <ul className={classes.rows}>
        {PROVIDERS.map((provider) => {
          const has = typeof data[`${provider}_secret_id`] === "string";
          return (
            <li key={provider}>
              <div>
                <Text fw={500}>{NAMES[provider]}</Text>
                <StatusBadge tone={has ? "good" : "neutral"}>{has ? words.has : words.hasNot}</StatusBadge>
              </div>
              {mayOwn && (
                <Group gap="xs">
                  {has && (
                    <Button
                      size="xs"
                      variant="subtle"
                      color="gray"
                      aria-label={words.removeTitle(NAMES[provider])}
                      onClick={() => setRemoving(provider)}
                    >
                      {words.remove}
                    </Button>
                  )}
                  <Button
                    size="xs"
                    variant="default"
                    aria-label={words.setNamed(NAMES[provider])}
                    onClick={() => setSetting(provider)}
                  >
                    {has ? words.replace : words.set}
                  </Button>
                </Group>
              )}
            </li>
          );
        })}
      </ul>
      {setting && <KeyDialog provider={setting} onClose={() => setSetting(undefined)} />}
      {removing && (
        <ConfirmDialog
          title={words.removeTitle(NAMES[removing])}
          confirmLabel={words.removeConfirm}
          isDangerous
          onConfirm={async () => {
            await need(api.DELETE("/api/v1/byok", { body: { provider: removing } }));
            await queryClient.invalidateQueries({ queryKey: ["byok"] });
          }}
          onClose={() => setRemoving(undefined)}
        >
          {words.removeHelp}
        </ConfirmDialog>
      )}
    </Stack>
  );
}

function KeyDialog({ provider, onClose }: { provider: Provider; onClose: () => void }) {
  const words = useByokWords();
  const queryClient = useQueryClient();
  const [key, setKey] = useState("");
  const save = useMutation({
    mutationFn: () => need(api.POST("/api/v1/byok", { body: { provider, api_key: key.trim() } })),
    onSuccess: async () => {
      notifications.show({ message: words.saved });
      await queryClient.invalidateQueries({ queryKey: ["byok"] });
      onClose();
    },
  });
  const field = {
    label: words.key,
    required: true,
    "data-autofocus": true,
    autoComplete: "off",
    spellCheck: false,
    value: key,
  };
  return (
    <FormDialog
      title={words.setTitle(NAMES[provider])}
      submitLabel={words.save}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      {provider === "google_vertex" ? (
        <Textarea
          {...field}
          description={words.jsonHelp}
          autosize
          minRows={4}
          maxRows={12}
          onChange={({ currentTarget }) => setKey(currentTarget.value)}
        />
      ) : (
        <PasswordInput
          {...field}
          description={words.keyHelp}
          onChange={({ currentTarget }) => setKey(currentTarget.value)}
        />
      )}
    </FormDialog>
  );
}
