import { Button, Group, List, Modal, Progress, Skeleton, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import { useComponentWords } from "../../components/component-words.ts";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { EventState } from "../../components/event-state.tsx";
import { useEventStateWords } from "../../components/event-state-words.ts";
import { DateTime } from "../../components/moments.tsx";
import { useFormats } from "../../language/use-formats.ts";
import { toQuery, type EventFilter } from "./event-filter.ts";
import { useReplayWords } from "./replay-words.ts";
import { useEndpoints } from "./use-endpoints.ts";
import classes from "./webhooks.module.css";

const SHOWN = "5";
const LOOK_EVERY_MS = 500;

/** Says how many and which before anything is sent; then how far it is. */
export function ReplayManyDialog({ filter, onClose }: { filter: EventFilter; onClose: () => void }) {
  const words = useReplayWords();
  const queryClient = useQueryClient();
  // "The last hour" is that of this moment, so that what is counted is what is sent.
  const [query] = useState(() => {
    const now = new Date();
    return { ...toQuery(filter, now), until: filter.until ?? now.toISOString() };
  });
  const start = useMutation({
    mutationFn: () => need(api.POST("/api/v1/webhook-events/replay", { body: query })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ["webhook-events"] }),
  });
  const replay = start.data && "webhook_replay" in start.data ? start.data.webhook_replay : undefined;
  return (
    <Modal opened onClose={onClose} title={words.title} size="lg">
      {replay ? (
        <ReplayProgress id={replay.id} onClose={onClose} />
      ) : (
        <DryRun
          query={query}
          filter={filter}
          isStarting={start.isPending}
          error={start.error}
          onStart={() => start.mutate()}
          onClose={onClose}
        />
      )}
    </Modal>
  );
}

function DryRun(props: {
  query: ReturnType<typeof toQuery>;
  filter: EventFilter;
  isStarting: boolean;
  error: Error | null;
  onStart: () => void;
  onClose: () => void;
}) {
  const { query, filter } = props;
  const words = useReplayWords();
  const shared = useComponentWords();
  const formats = useFormats();
  const count = useQuery({
    queryKey: ["webhook-replay-count", query],
    queryFn: async ({ signal }) => {
      const answer = await need(
        api.POST("/api/v1/webhook-events/replay", { body: { ...query, dry_run: true }, signal }),
      );
      return "count" in answer ? answer.count : 0;
    },
    staleTime: 0,
  });
  const newest = useQuery({
    queryKey: ["webhook-events", "newest", query],
    queryFn: ({ signal }) =>
      need(api.GET("/api/v1/webhook-events", { params: { query: { ...query, limit: SHOWN } }, signal })),
    select: (answer) => answer.webhook_events.filter((event) => !event.is_synchronous),
  });
  const error = props.error ?? count.error;
  const isNone = count.data === 0;
  return (
    <Stack gap="md">
      {error && <ErrorNotice error={error} />}
      {count.data === undefined ? (
        !count.error && (
          <>
            <span className="visually-hidden">{words.counting}</span>
            <Skeleton height={120} />
          </>
        )
      ) : isNone ? (
        <Text>{words.none}</Text>
      ) : (
        <>
          <div>
            <Text fw={500}>{count.data === 1 ? words.one : words.count(formats.number(count.data))}</Text>
            <FilterWords filter={filter} since={query.since} />
          </div>
          {newest.data && newest.data.length > 0 && (
            <div>
              <Text size="sm" c="dimmed" mb={4}>
                {words.newest}
              </Text>
              <ul className={classes.sample}>
                {newest.data.map((event) => (
                  <li key={event.id}>
                    <span>{event.type}</span>
                    <EventState event={event} />
                    <DateTime at={event.created_at} short />
                  </li>
                ))}
              </ul>
            </div>
          )}
          <Text size="sm" c="dimmed">
            {words.how} {words.left}
          </Text>
        </>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={props.onClose} data-autofocus>
          {isNone ? words.close : shared.cancel}
        </Button>
        {!isNone && count.data !== undefined && (
          <Button loading={props.isStarting} onClick={props.onStart}>
            {words.confirm(formats.number(count.data))}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

function FilterWords({ filter, since }: { filter: EventFilter; since: string | undefined }) {
  const words = useReplayWords();
  const states = useEventStateWords();
  const formats = useFormats();
  const endpoints = useEndpoints();
  const url = endpoints.data?.find(({ id }) => id === filter.endpointId)?.url;
  const lines = [
    filter.type && words.type(filter.type),
    filter.state && words.state(states[filter.state]),
    filter.endpointId && words.endpoint(url ?? filter.endpointId),
    filter.callId && words.call(filter.callId),
    since && words.since(formats.dateTime(new Date(since))),
    filter.until && words.until(formats.dateTime(new Date(filter.until))),
  ].filter((line) => line !== undefined);
  return (
    <List size="sm" mt={4}>
      {(lines.length === 0 ? [words.everything] : lines).map((line) => (
        <List.Item key={line}>{line}</List.Item>
      ))}
    </List>
  );
}

function ReplayProgress({ id, onClose }: { id: string; onClose: () => void }) {
  const words = useReplayWords();
  const formats = useFormats();
  const queryClient = useQueryClient();
  const path = { params: { path: { id } } };
  const { data, error } = useQuery({
    queryKey: ["webhook-replay", id],
    queryFn: ({ signal }) => need(api.GET("/api/v1/webhook-replays/{id}", { ...path, signal })),
    refetchInterval: ({ state }) => (state.data?.webhook_replay.state === "done" ? false : LOOK_EVERY_MS),
  });
  const move = useMutation({
    mutationFn: (to: "pause" | "resume") =>
      need(
        to === "pause"
          ? api.POST("/api/v1/webhook-replays/{id}/pause", path)
          : api.POST("/api/v1/webhook-replays/{id}/resume", path),
      ),
    onSuccess: (answer) => queryClient.setQueryData(["webhook-replay", id], answer),
  });
  const replay = data?.webhook_replay;
  const failure = move.error ?? error;
  return (
    <Stack gap="md">
      {failure && <ErrorNotice error={failure} />}
      <Text aria-live="polite">
        {replay === undefined
          ? words.counting
          : replay.state === "done"
            ? words.done(formats.number(replay.done))
            : words.running(formats.number(replay.done), formats.number(replay.total))}
        {replay?.state === "paused" && ` · ${words.paused}`}
      </Text>
      <Progress
        aria-label={words.progress}
        value={
          replay === undefined
            ? 0
            : replay.state === "done"
              ? 100
              : (replay.done / Math.max(1, replay.total)) * 100
        }
      />
      <Group justify="space-between" gap="xs">
        <Text size="sm" c="dimmed">
          {replay?.state === "running" && words.closeHelp}
        </Text>
        <Group gap="xs">
          {replay && replay.state !== "done" && (
            <Button
              variant="default"
              loading={move.isPending}
              onClick={() => move.mutate(replay.state === "paused" ? "resume" : "pause")}
            >
              {replay.state === "paused" ? words.resume : words.pause}
            </Button>
          )}
          <Button onClick={onClose}>{words.close}</Button>
        </Group>
      </Group>
    </Stack>
  );
}
