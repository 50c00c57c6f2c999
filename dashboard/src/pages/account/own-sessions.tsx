import { Button, Skeleton, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import type { Wire } from "../../api/wire.ts";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { TimeAgo } from "../../components/moments.tsx";
import { useAccountWords } from "./account-words.ts";
import { browserName } from "./browser-name.ts";
import classes from "./own-sessions.module.css";

/** Where one is signed in. */
export function OwnSessions() {
  const words = useAccountWords();
  const queryClient = useQueryClient();
  const [ending, setEnding] = useState<Wire<"OwnSession"> | undefined>();
  const { data, error, refetch } = useQuery({
    queryKey: ["own-sessions"],
    queryFn: async ({ signal }) => (await need(api.GET("/api/v1/me/sessions", { signal }))).sessions,
  });
  if (error && !data) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={56} />;
  const nameOf = (session: Wire<"OwnSession">) => browserName(session.user_agent) ?? words.unknownBrowser;
  return (
    <>
      <ul className={classes.list}>
        {data.map((session) => (
          <li key={session.id}>
            <div>
              <Text fw={500}>
                {nameOf(session)}
                {session.is_current && ` (${words.here})`}
              </Text>
              <Text size="sm" c="dimmed" component="div">
                {session.address} · {words.lastSeen} <TimeAgo at={session.last_seen_at} />
              </Text>
            </div>
            {!session.is_current && (
              <Button
                variant="default"
                size="xs"
                aria-label={words.endNamed(nameOf(session))}
                onClick={() => setEnding(session)}
              >
                {words.end}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {ending && (
        <ConfirmDialog
          title={words.end}
          confirmLabel={words.end}
          onConfirm={async () => {
            await need(api.DELETE("/api/v1/me/sessions/{id}", { params: { path: { id: ending.id } } }));
            await queryClient.invalidateQueries({ queryKey: ["own-sessions"] });
          }}
          onClose={() => setEnding(undefined)}
        >
          {nameOf(ending)} · {ending.address}
        </ConfirmDialog>
      )}
    </>
  );
}
