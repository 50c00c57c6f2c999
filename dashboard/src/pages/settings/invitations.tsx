import { Button, Skeleton, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { DateTime } from "../../components/moments.tsx";
import classes from "../../components/rows.module.css";
import { useMembersWords } from "./members-words.ts";

/** Those that nobody has taken yet. */
export function Invitations() {
  const words = useMembersWords();
  const queryClient = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: ["invitations"],
    queryFn: ({ signal }) => need(api.GET("/api/v1/invitations", { signal })),
  });
  const withdraw = useMutation({
    mutationFn: (id: string) => need(api.DELETE("/api/v1/invitations/{id}", { params: { path: { id } } })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ["invitations"] }),
  });
  if (error && !data) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={48} />;
  if (data.invitations.length === 0) return <Text c="dimmed">{words.noInvitations}</Text>;
  return (
    <>
      {withdraw.error && <ErrorNotice error={withdraw.error} />}
      <ul className={classes.rows}>
        {data.invitations.map((invitation) => (
          <li key={invitation.id}>
            <div>
              <Text fw={500}>{invitation.email}</Text>
              <Text size="sm" c="dimmed">
                {words[invitation.role]} · {words.until} <DateTime at={invitation.expires_at} short />
              </Text>
            </div>
            <Button
              size="xs"
              variant="default"
              aria-label={words.withdrawNamed(invitation.email)}
              loading={withdraw.isPending && withdraw.variables === invitation.id}
              onClick={() => withdraw.mutate(invitation.id)}
            >
              {words.withdraw}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
