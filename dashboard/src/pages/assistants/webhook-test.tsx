import { Anchor, Button, Select, Skeleton, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import type { Wire } from "../../api/wire.ts";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { JsonView } from "../../components/json-view.tsx";
import { StatusBadge } from "../../components/status-badge.tsx";
import { useFormats } from "../../language/use-formats.ts";
import { draftOf, useDraftValue } from "./drafts.ts";
import { useEditor } from "./editor.ts";
import { Group } from "./section.tsx";
import classes from "./webhook-test.module.css";
import { bodyShown } from "./webhook-body.ts";
import { useWebhookWords } from "./webhook-words.ts";

const TYPES = ["status-update", "assistant-request", "tool-calls", "end-of-call-report"] as const;

/** The test button, and what the receiver answered. */
export function WebhookTest() {
  const words = useWebhookWords();
  const queryClient = useQueryClient();
  const { id } = useEditor();
  const url = useDraftValue(id, "webhook_url");
  const [type, setType] = useState<(typeof TYPES)[number]>("status-update");
  const test = useMutation({
    mutationFn: () =>
      need(api.POST("/api/v1/assistants/{id}/webhook/test", { params: { path: { id } }, body: { type } })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ["webhook-events"] }),
  });
  const isUnsaved = url !== draftOf(id)?.saved["webhook_url"];
  return (
    <Group title={words.test}>
      <Text size="sm" c="dimmed">
        {words.testHelp} {isUnsaved && words.testUnsaved}
      </Text>
      <div className={classes.controls}>
        <Select
          label={words.testType}
          data={[...TYPES]}
          value={type}
          onChange={(chosen) => chosen && setType(chosen)}
        />
        <Button variant="default" loading={test.isPending} onClick={() => test.mutate()}>
          {words.test}
        </Button>
      </div>
      <div aria-live="polite">
        {test.isPending && (
          <>
            <span className="visually-hidden">{words.testing}</span>
            <Skeleton height={96} />
          </>
        )}
        {test.error && <ErrorNotice error={test.error} />}
        {test.data && !test.isPending && (
          <>
            {test.data.attempt ? <Attempt attempt={test.data.attempt} /> : <Text>{words.stillWaiting}</Text>}
            <Anchor component={Link} href={`/webhooks/events/${test.data.webhook_event_id}`} size="sm">
              {words.openEvent}
            </Anchor>
          </>
        )}
      </div>
    </Group>
  );
}

function Attempt({ attempt }: { attempt: Wire<"WebhookAttempt"> }) {
  const words = useWebhookWords();
  const formats = useFormats();
  const { status_code: status, error, timings, response_body: body } = attempt;
  const time = formats.milliseconds(timings.total_ms ?? 0);
  const isGood = error === null && status !== null && status < 300;
  return (
    <div className={classes.attempt}>
      <StatusBadge tone={isGood ? "good" : "bad"}>
        {status === null
          ? words.failed(error ?? attempt.outcome, time)
          : words.answered(String(status), time)}
      </StatusBadge>
      {body === "" ? (
        <Text size="sm" c="dimmed">
          {words.noBody}
        </Text>
      ) : (
        <JsonView label={words.answer} value={bodyShown(body)} />
      )}
    </div>
  );
}
