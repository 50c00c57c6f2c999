import { Alert, Skeleton, Stack, Text, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useLocation, useParams } from "wouter";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import { useMay } from "../../api/session.ts";
import { BackLink } from "../../components/back-link.tsx";
import { DeleteButton } from "../../components/delete-button.tsx";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { Facts } from "../../components/facts.tsx";
import { DateTime, TimeAgo } from "../../components/moments.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { RoleNote } from "../../components/role-note.tsx";
import { StatusBadge } from "../../components/status-badge.tsx";
import { useFormats } from "../../language/use-formats.ts";
import { TrunkForm } from "./trunk-form.tsx";
import { adviceOf, lastErrorOf, sinceOf, stateOf, TONES, type Trunk } from "./trunk-state.ts";
import { useTrunkWords } from "./trunk-words.ts";
import { useTrunksWords } from "./trunks-words.ts";

const LOOK_EVERY_MS = 3_000;

/** How it stands with one trunk at this moment, what to change where it does not work, and changing it. */
export default function TrunkPage() {
  const { id } = useParams<{ id: string }>();
  const words = useTrunkWords();
  const list = useTrunksWords();
  const mayChange = useMay("change");
  const queryClient = useQueryClient();
  const [, navigate] = useLocation();
  const path = { params: { path: { id } } };
  const { data, error, refetch } = useQuery({
    queryKey: ["trunk", id],
    queryFn: ({ signal }) => need(api.GET("/api/v1/sip-trunks/{id}", { ...path, signal })),
    select: (answer) => answer.trunk,
    refetchInterval: LOOK_EVERY_MS,
  });
  return (
    <>
      <PageHeader
        title={data?.name ?? words.trunk}
        above={<BackLink href="/trunks">{list.title}</BackLink>}
        description={data && <State trunk={data} />}
        actions={
          mayChange &&
          data && (
            <DeleteButton
              label={words.remove}
              title={words.removeTitle(data.name)}
              help={words.removeHelp}
              confirmLabel={words.removeConfirm}
              onDelete={async () => {
                await need(api.DELETE("/api/v1/sip-trunks/{id}", path));
                await queryClient.invalidateQueries({ queryKey: ["trunks"] });
                navigate("/trunks");
              }}
            />
          )
        }
      />
      {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      <RoleNote needs="change" />
      {data ? (
        <Stack gap="xl">
          <Trouble trunk={data} />
          <Known trunk={data} />
          {mayChange && (
            <section>
              <Title order={2} mb="md">
                {words.connection}
              </Title>
              <TrunkForm
                key={data.updated_at}
                trunk={data}
                onSave={async (body, isActive) => {
                  const answer = await need(
                    api.PATCH("/api/v1/sip-trunks/{id}", { ...path, body: { ...body, is_active: isActive } }),
                  );
                  queryClient.setQueryData(["trunk", id], answer);
                  notifications.show({ message: words.saved });
                  await queryClient.invalidateQueries({ queryKey: ["trunks"] });
                }}
              />
            </section>
          )}
        </Stack>
      ) : (
        !error && <Skeleton height={360} />
      )}
    </>
  );
}

/** "Registered since 2 hours ago" */
function State({ trunk }: { trunk: Trunk }) {
  const words = useTrunksWords();
  const state = stateOf(trunk);
  const since = sinceOf(trunk);
  return (
    <span>
      <StatusBadge tone={TONES[state]}>{words[state]}</StatusBadge>
      {since !== null && state !== "off" && (
        <>
          {" · "}
          <TimeAgo at={since} />
        </>
      )}
    </span>
  );
}

function Trouble({ trunk }: { trunk: Trunk }) {
  const words = useTrunkWords();
  const list = useTrunksWords();
  const advice = adviceOf(trunk);
  if (!advice) return null;
  const said = lastErrorOf(trunk);
  return (
    <Alert color="red" variant="light" title={words.whatToDo}>
      <Text>{list[advice]}</Text>
      {said !== null && (
        <Text size="sm" c="dimmed" mt={4}>
          {list.said}: {said}
        </Text>
      )}
    </Alert>
  );
}

function Known({ trunk }: { trunk: Trunk }) {
  const words = useTrunkWords();
  const list = useTrunksWords();
  const formats = useFormats();
  const { reachability, registration } = trunk;
  return (
    <Facts
      facts={[
        [words.address, `${trunk.address} (${trunk.transport.toUpperCase()})`],
        ...(reachability.latency_ms === null
          ? []
          : [[words.latency, formats.milliseconds(reachability.latency_ms)] as const]),
        [
          words.checked,
          reachability.checked_at === null ? (
            list.unknown
          ) : (
            <TimeAgo key="checked" at={reachability.checked_at} />
          ),
        ],
        ...(registration?.expires_at
          ? [[words.expires, <DateTime key="expires" at={registration.expires_at} />] as const]
          : []),
        ...(registration?.last_status ? [[words.lastSaid, `SIP ${registration.last_status}`] as const] : []),
      ]}
    />
  );
}
