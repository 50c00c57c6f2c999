import { Button, Checkbox, Stack, Switch, Text } from "@mantine/core";
import { useState } from "react";
import { useMay } from "../../api/session.ts";
import { RotateSecretDialog } from "../../components/rotate-secret-dialog.tsx";
import { useDraftValue } from "./drafts.ts";
import { useEditor, useField } from "./editor.ts";
import { TextField } from "./fields.tsx";
import { Group, Section } from "./section.tsx";
import { WebhookTest } from "./webhook-test.tsx";
import { useWebhookWords } from "./webhook-words.ts";

const EVENTS = [
  ["assistant-request", "assistantRequest"],
  ["tool-calls", "toolCalls"],
  ["status-update", "statusUpdate"],
  ["end-of-call-report", "endOfCallReport"],
] as const;

export default function WebhookSection() {
  const words = useWebhookWords();
  return (
    <Section id="webhook" title={words.title} description={words.description}>
      <TextField path="webhook_url" label={words.url} help={words.urlHelp} type="url" />
      <TextField
        path="webhook_fallback_url"
        label={words.fallbackUrl}
        help={words.fallbackUrlHelp}
        type="url"
      />
      <EventsField />
      <Secret />
      <WebhookTest />
    </Section>
  );
}

/** null is every event, also those that come later; a list is these and no others. */
function EventsField() {
  const words = useWebhookWords();
  const { value, error, set } = useField("webhook_events");
  const chosen = Array.isArray(value) ? value.map(String) : undefined;
  return (
    <Group title={words.events}>
      <Switch
        label={words.allEvents}
        checked={chosen === undefined}
        error={error}
        onChange={(event) => set(event.currentTarget.checked ? undefined : EVENTS.map(([type]) => type))}
      />
      {chosen && (
        <Checkbox.Group value={chosen} onChange={set} aria-label={words.events}>
          <Stack gap="xs">
            {EVENTS.map(([type, word]) => (
              <Checkbox key={type} value={type} label={words[word]} description={type} />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
    </Group>
  );
}

/** Written here and never read: whoever looks over a shoulder learns nothing. */
function Secret() {
  const words = useWebhookWords();
  const { id } = useEditor();
  const maySee = useMay("own");
  const hasSecret = useDraftValue(id, "webhook_secret") !== null;
  const [isRotating, setRotating] = useState(false);
  return (
    <Group title={words.secret}>
      {maySee ? (
        <div>
          <Text size="sm" c="dimmed" mb={8}>
            {hasSecret ? words.secretSet : words.secretOfAccount}
          </Text>
          <Button variant="default" size="xs" onClick={() => setRotating(true)}>
            {hasSecret ? words.rotate : words.rotateNew}
          </Button>
        </div>
      ) : (
        <Text size="sm" c="dimmed">
          {words.secretForOwners}
        </Text>
      )}
      {isRotating && <RotateSecretDialog whose={{ assistantId: id }} onClose={() => setRotating(false)} />}
    </Group>
  );
}
