import { Accordion, Anchor, Button, Group, Skeleton, Text, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useParams, useSearchParams } from "wouter";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import { useLiveStream } from "../../api/live-stream.ts";
import { useMay } from "../../api/session.ts";
import type { Wire } from "../../api/wire.ts";
import { BackLink } from "../../components/back-link.tsx";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { CopyButton } from "../../components/copy-button.tsx";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { EventState } from "../../components/event-state.tsx";
import { Facts } from "../../components/facts.tsx";
import { JsonView } from "../../components/json-view.tsx";
import { useNow } from "../../components/clock.ts";
import { DateTime, TimeAgo } from "../../components/moments.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { RoleNote } from "../../components/role-note.tsx";
import { StatusBadge } from "../../components/status-badge.tsx";
import { useFormats } from "../../language/use-formats.ts";
import { AttemptDetail } from "./attempt-detail.tsx";
import { outcomeText, useAttemptWords } from "./attempt-words.ts";
import classes from "./attempt.module.css";
import { useEventWords } from "./event-words.ts";
import { useWebhooksWords } from "./webhooks-words.ts";

export default function EventPage() {
  const { id } = useParams<{ id: string }>();
  const words = useEventWords();
  const section = useWebhooksWords();
  const mayChange = useMay("change");
  const queryClient = useQueryClient();
  const [isReplaying, setReplaying] = useState(false);
  const path = { params: { path: { id } } };
  const event = useQuery({
    queryKey: ["webhook-event", id],
    queryFn: ({ signal }) => need(api.GET("/api/v1/webhook-events/{id}", { ...path, signal })),
    select: (answer) => answer.webhook_event,
  });
  const attempts = useQuery({
    queryKey: ["webhook-event", id, "attempts"],
    queryFn: ({ signal }) => need(api.GET("/api/v1/webhook-events/{id}/attempts", { ...path, signal })),
    select: (answer) => answer.attempts,
  });
  const refresh = () => void queryClient.invalidateQueries({ queryKey: ["webhook-event", id] });
  const callId = event.data?.call_id;
  useLiveStream(callId && `/api/v1/webhook-events/stream?attempts=true&call_id=${callId}`, {
    events: ["attempt"],
    onEvent: (_, data) => {
      if ((data as { webhook_event: { id: string } | null }).webhook_event?.id === id) refresh();
    },
    onLive: refresh,
  });

  if (event.error && !event.data) {
    return (
      <>
        <PageHeader title={section.title} above={<Back />} />
        <ErrorNotice error={event.error} onRetry={() => void event.refetch()} />
      </>
    );
  }
  const { data } = event;
  return (
    <>
      <PageHeader
        title={data?.type ?? section.title}
        above={<Back />}
        description={data && <EventState event={data} />}
        actions={
          mayChange &&
          data?.is_synchronous === false && (
            <Button variant="default" onClick={() => setReplaying(true)}>
              {words.replay}
            </Button>
          )
        }
      />
      <RoleNote needs="change" />
      {data?.is_synchronous && (
        <Text c="dimmed" mb="sm">
          {words.notReplayable}
        </Text>
      )}
      {data ? <EventFacts event={data} /> : <Skeleton height={280} />}
      <Title order={2} mt="xl" mb="sm">
        {words.attempts}
      </Title>
      {attempts.error && <ErrorNotice error={attempts.error} onRetry={() => void attempts.refetch()} />}
      {attempts.data && data ? (
        <Attempts attempts={attempts.data} event={data} />
      ) : (
        !attempts.error && <Skeleton height={160} />
      )}
      {isReplaying && data && (
        <ConfirmDialog
          title={words.replayTitle}
          confirmLabel={words.replay}
          onConfirm={async () => {
            await need(api.POST("/api/v1/webhook-events/{id}/replay", path));
            notifications.show({ message: words.replayed });
            await queryClient.invalidateQueries({ queryKey: ["webhook-event", id] });
            await queryClient.invalidateQueries({ queryKey: ["webhook-events"] });
          }}
          onClose={() => setReplaying(false)}
        >
          {words.replayHelp(data.endpoint?.url ?? words.replayToAccount)}
        </ConfirmDialog>
      )}
    </>
  );
}

function Back() {
  const words = useWebhooksWords();
  return <BackLink href="/webhooks">{words.title}</BackLink>;
}

function EventFacts({ event }: { event: Wire<"WebhookEvent"> }) {
  const words = useEventWords();
  const formats = useFormats();
  const { endpoint } = event;
  return (
    <Facts
      facts={[
        [words.created, <DateTime key="at" at={event.created_at} />],
        [
          words.endpoint,
          endpoint === null ? (
            words[event.routing === "routed" ? "no-endpoint" : event.routing]
          ) : endpoint.id === null ? (
            endpoint.url
          ) : (
            <Anchor key="endpoint" component={Link} href={`/webhooks/endpoints/${endpoint.id}`}>
              {endpoint.url}
            </Anchor>
          ),
        ],
        ...(event.reason === null ? [] : [[words.reason, event.reason] as const]),
        ...(event.next_attempt_at === null
          ? []
          : [[words.nextAttempt, <NextAttempt key="next" at={event.next_attempt_at} />] as const]),
        [
          words.call,
          <Group key="call" gap={4} wrap="nowrap" align="start">
            <Anchor component={Link} href={`/calls/${event.call_id}`}>
              {event.call_id}
            </Anchor>
            <CopyButton value={event.call_id} what={words.call} />
          </Group>,
        ],
        [words.sequence, event.sequence === null ? words.synchronous : formats.number(event.sequence)],
        [
          words.id,
          <Group key="id" gap={4} wrap="nowrap" align="start">
            {event.id}
            <CopyButton value={event.id} what={words.id} />
          </Group>,
        ],
      ]}
    />
  );
}

/** Due, and not yet sent: its endpoint rests, or an earlier one of the call is in front of it. */
function NextAttempt({ at }: { at: string }) {
  const words = useEventWords();
  const now = useNow(1_000);
  if (new Date(at) <= now) return words.due;
  return (
    <>
      <TimeAgo at={at} /> (<DateTime at={at} />)
    </>
  );
}

/** Which are open is in the address; none named: the last one. */
function Attempts(props: { attempts: readonly Wire<"WebhookAttempt">[]; event: Wire<"WebhookEvent"> }) {
  const { attempts, event } = props;
  const words = useEventWords();
  const attemptWords = useAttemptWords();
  const formats = useFormats();
  const [search, setSearch] = useSearchParams();
  const last = attempts.at(-1);
  if (!last) {
    return (
      <>
        <Text c="dimmed" mb="md">
          {event.state === "skipped" ? words.noAttemptsSkipped : words.noAttempts}
        </Text>
        <Title order={3} mb="xs">
          {words.body}
        </Title>
        <JsonView value={event.body} label={words.body} />
      </>
    );
  }
  return (
    <Accordion
      variant="separated"
      value={search.get("attempt") ?? last.id}
      onChange={(id) => setSearch({ attempt: id ?? "none" }, { replace: true })}
    >
      {attempts.map((attempt) => (
        <Accordion.Item key={attempt.id} value={attempt.id}>
          <Accordion.Control>
            <span className={classes.summary}>
              <Text span fw={500}>
                {attemptWords.attempt(formats.number(attempt.number))}
              </Text>
              <StatusBadge tone={attempt.outcome === "delivered" ? "good" : "bad"}>
                {attempt.status_code === null
                  ? outcomeText(attempt.outcome, attemptWords)
                  : attemptWords.answered(attempt.status_code)}
              </StatusBadge>
              <Text span c="dimmed" size="sm">
                {formats.milliseconds(attempt.timings.total_ms ?? 0)}
              </Text>
              <Text span c="dimmed" size="sm">
                <DateTime at={attempt.started_at} />
              </Text>
            </span>
          </Accordion.Control>
          <Accordion.Panel>
            <AttemptDetail attempt={attempt} body={event.body} />
          </Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  );
}
