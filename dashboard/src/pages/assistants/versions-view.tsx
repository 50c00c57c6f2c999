import { Button, Group, Skeleton, Text, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useSearchParams } from "wouter";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { TimeAgo } from "../../components/moments.tsx";
import { draftSaved, useIsChanged } from "./drafts.ts";
import { Notice } from "./notice.tsx";
import { VersionDiff } from "./version-diff-view.tsx";
import classes from "./versions.module.css";
import { useVersionsWords } from "./versions-words.ts";

/** What the assistant was, against what it is, and the way back. */
export default function VersionsView({ id, isReadOnly }: { id: string; isReadOnly: boolean }) {
  const words = useVersionsWords();
  const [search, setSearch] = useSearchParams();
  const {
    data: versions,
    error,
    refetch,
  } = useQuery({
    queryKey: ["assistant-versions", id],
    queryFn: async ({ signal }) =>
      (await need(api.GET("/api/v1/assistants/{id}/versions", { params: { path: { id } }, signal })))
        .versions,
  });
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!versions) return <Skeleton height={240} />;
  const newest = versions[0]?.version ?? 0;
  const asked = Number(search.get("version"));
  const chosen = versions.find(({ version }) => version === asked)?.version ?? versions[1]?.version;
  return (
    <div className={classes.page}>
      <nav aria-label={words.list}>
        <ul className={classes.list}>
          {versions.map((each) => (
            <li key={each.version}>
              <button
                type="button"
                className={classes.version}
                aria-current={each.version === chosen}
                onClick={() => setSearch({ version: String(each.version) }, { replace: true })}
              >
                <span className={classes.number}>
                  {each.version === newest ? words.today : words.version(String(each.version))}
                </span>
                <span className={classes.when}>
                  <TimeAgo at={each.created_at} />
                  {typeof each.changed_by?.name === "string" && <> {words.by(each.changed_by.name)}</>}
                </span>
              </button>
            </li>
          ))}
        </ul>
      </nav>
      {chosen === undefined ? (
        <Text c="dimmed">{words.only}</Text>
      ) : chosen === newest ? (
        <Text c="dimmed">{words.choose}</Text>
      ) : (
        <Compared key={chosen} id={id} version={chosen} newest={newest} isReadOnly={isReadOnly} />
      )}
    </div>
  );
}

interface ComparedProps {
  id: string;
  version: number;
  newest: number;
  isReadOnly: boolean;
}

function Compared({ id, version, newest, isReadOnly }: ComparedProps) {
  const words = useVersionsWords();
  const queryClient = useQueryClient();
  const isChanged = useIsChanged(id);
  const [isRestoring, setRestoring] = useState(false);
  const then = useVersion(id, version);
  const now = useVersion(id, newest);
  const number = String(version);
  const pair = useMemo(
    () => then.data && now.data && ([then.data, now.data] as const),
    [then.data, now.data],
  );
  const error = then.error ?? now.error;
  if (error) {
    return <ErrorNotice error={error} onRetry={() => void Promise.all([then.refetch(), now.refetch()])} />;
  }
  return (
    <section aria-labelledby="compared" className={classes.compared}>
      <Group justify="space-between" align="flex-start" gap={12}>
        <div>
          <Title order={2} id="compared">
            {words.comparedWith(number)}
          </Title>
          <Text size="sm" c="dimmed">
            {words.legend}
          </Text>
        </div>
        {!isReadOnly && (
          <Button variant="default" disabled={isChanged} onClick={() => setRestoring(true)}>
            {words.restore}
          </Button>
        )}
      </Group>
      {isChanged && !isReadOnly && <Notice>{words.unsaved}</Notice>}
      {pair ? <VersionDiff before={pair[0]} after={pair[1]} /> : <Skeleton height={300} />}
      {isRestoring && (
        <ConfirmDialog
          title={words.restoreTitle(number)}
          confirmLabel={words.restore}
          onConfirm={async () => {
            const params = { path: { id, version } };
            const { assistant } = await need(
              api.POST("/api/v1/assistants/{id}/versions/{version}/restore", { params }),
            );
            draftSaved(id, assistant);
            queryClient.setQueryData(["assistant", id], assistant);
            notifications.show({ message: words.restored(number) });
            await Promise.all(
              ["assistant-versions", "assistants"].map((key) =>
                queryClient.invalidateQueries({ queryKey: [key] }),
              ),
            );
          }}
          onClose={() => setRestoring(false)}
        >
          {words.restoreHelp}
        </ConfirmDialog>
      )}
    </section>
  );
}

/** A version never changes. */
function useVersion(id: string, version: number) {
  return useQuery({
    queryKey: ["assistant-version", id, version],
    staleTime: Infinity,
    queryFn: async ({ signal }) => {
      const params = { path: { id, version } };
      const answer = await need(api.GET("/api/v1/assistants/{id}/versions/{version}", { params, signal }));
      return answer.version.configuration;
    },
  });
}
