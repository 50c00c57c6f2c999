import { Anchor, Button, Group, Select, Skeleton, Text, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { useAccountWords } from "./account-words.ts";
import { AttemptDetail } from "./attempt-detail.tsx";
import { EVENT_TYPES, type EventType } from "./event-kinds.ts";
import classes from "./webhooks.module.css";

/** The test button, and what the receiver answered. */
export function TestSection({ hasUrl }: { hasUrl: boolean }) {
  const words = useAccountWords();
  const queryClient = useQueryClient();
  const [type, setType] = useState<EventType>("status-update");
  const test = useMutation({
    mutationFn: () => need(api.POST("/api/v1/settings/webhook/test", { body: { type } })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ["webhook-events"] }),
  });
  const eventId = test.data?.webhook_event_id;
  const event = useQuery({
    queryKey: ["webhook-event", eventId],
    queryFn: ({ signal }) =>
      need(api.GET("/api/v1/webhook-events/{id}", { params: { path: { id: eventId! } }, signal })),
    enabled: eventId !== undefined,
  });
  return (
    <section className={classes.part}>
      <Title order={2}>{words.test}</Title>
      <Text c="dimmed" mb="sm">
        {hasUrl ? words.testHelp : words.testNoUrl}
      </Text>
      <Group gap="xs" align="end">
        <Select
          label={words.testType}
          data={[...EVENT_TYPES]}
          value={type}
          onChange={(chosen) => chosen && setType(chosen)}
          disabled={!hasUrl}
        />
        <Button variant="default" loading={test.isPending} disabled={!hasUrl} onClick={() => test.mutate()}>
          {words.test}
        </Button>
      </Group>
      <div aria-live="polite" className={classes.result}>
        {test.isPending && (
          <>
            <span className="visually-hidden">{words.testing}</span>
            <Skeleton height={120} />
          </>
        )}
        {test.error && <ErrorNotice error={test.error} />}
        {test.data && !test.isPending && (
          <>
            {test.data.attempt ? (
              <AttemptDetail attempt={test.data.attempt} body={event.data?.webhook_event.body ?? {}} />
            ) : (
              <Text>{words.testSlow}</Text>
            )}
            <Anchor
              component={Link}
              href={`/webhooks/events/${test.data.webhook_event_id}`}
              mt="sm"
              display="block"
            >
              {words.openEvent}
            </Anchor>
          </>
        )}
      </div>
    </section>
  );
}
