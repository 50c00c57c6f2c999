import { Anchor, Button, Skeleton, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useParams } from "wouter";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import { useLiveStream } from "../../api/live-stream.ts";
import { useMay } from "../../api/session.ts";
import type { Wire } from "../../api/wire.ts";
import { BackLink } from "../../components/back-link.tsx";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { Facts } from "../../components/facts.tsx";
import { DateTime, TimeAgo } from "../../components/moments.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { RoleNote } from "../../components/role-note.tsx";
import { useFormats } from "../../language/use-formats.ts";
import { EndpointHealth, healthOf } from "./endpoint-health.tsx";
import { useEndpointWords } from "./endpoint-words.ts";
import { SecretSection } from "./secret-section.tsx";
import { levelText, useWebhooksWords } from "./webhooks-words.ts";

const HELP = {
  healthy: "healthyHelp",
  failing: "failingHelp",
  resting: "restingHelp",
  probing: "probingHelp",
  disabled: "disabledHelp",
} as const;

export default function EndpointPage() {
  const { id } = useParams<{ id: string }>();
  const words = useEndpointWords();
  const section = useWebhooksWords();
  const formats = useFormats();
  const mayChange = useMay("change");
  const queryClient = useQueryClient();
  const [isDisabling, setDisabling] = useState(false);
  const path = { params: { path: { id } } };
  const { data, error, refetch } = useQuery({
    queryKey: ["webhook-endpoint", id],
    queryFn: ({ signal }) => need(api.GET("/api/v1/webhook-endpoints/{id}", { ...path, signal })),
    select: (answer) => answer.webhook_endpoint,
  });
  const refresh = () => queryClient.invalidateQueries({ queryKey: ["webhook-endpoint", id] });
  useLiveStream("/api/v1/webhook-events/stream?attempts=true", {
    events: ["webhook", "attempt"],
    onEvent: () => void refresh(),
    onLive: () => void refresh(),
  });
  const change = async (isEnabled: boolean) => {
    await need(api.PATCH("/api/v1/webhook-endpoints/{id}", { ...path, body: { is_enabled: isEnabled } }));
    await Promise.all([refresh(), queryClient.invalidateQueries({ queryKey: ["webhook-endpoints"] })]);
  };
  const enable = useMutation({
    mutationFn: () => change(true),
    onSuccess: () => notifications.show({ message: words.enabled }),
  });

  return (
    <>
      <PageHeader
        title={data?.url ?? words.endpoint}
        above={<BackLink href="/webhooks/endpoints">{section.endpoints}</BackLink>}
        description={data && <EndpointHealth endpoint={data} />}
        actions={
          <>
            <Button
              component={Link}
              href={
                data?.is_enabled === false
                  ? `/webhooks?endpoint=${id}&state=cancelled`
                  : `/webhooks?endpoint=${id}`
              }
              variant="default"
            >
              {data?.is_enabled === false ? words.missed : words.events}
            </Button>
            {mayChange && data?.is_enabled === true && (
              <Button variant="default" onClick={() => setDisabling(true)}>
                {words.disable}
              </Button>
            )}
            {mayChange && data?.is_enabled === false && (
              <Button loading={enable.isPending} onClick={() => enable.mutate()}>
                {words.enable}
              </Button>
            )}
          </>
        }
      />
      <RoleNote needs="change" />
      {(enable.error ?? (error && !data)) && (
        <ErrorNotice error={(enable.error ?? error)!} onRetry={() => void refetch()} />
      )}
      {data ? (
        <>
          <Text mb="lg" maw="68ch">
            {words[HELP[healthOf(data)]]}
          </Text>
          <EndpointFacts endpoint={data} />
          {(data.level === "account" || data.level === "assistant") && (
            <SecretSection
              whose={data.level === "account" ? { account: true } : { assistantId: data.owner }}
            />
          )}
        </>
      ) : (
        !error && <Skeleton height={300} />
      )}
      {isDisabling && data && (
        <ConfirmDialog
          title={words.disableTitle}
          confirmLabel={words.disable}
          isDangerous
          onConfirm={() => change(false)}
          onClose={() => setDisabling(false)}
        >
          {words.disableHelp(formats.number(data.pending + data.in_flight))}
        </ConfirmDialog>
      )}
    </>
  );
}

function EndpointFacts({ endpoint }: { endpoint: Wire<"WebhookEndpoint"> }) {
  const words = useEndpointWords();
  const section = useWebhooksWords();
  const formats = useFormats();
  return (
    <Facts
      facts={[
        [
          words.level,
          endpoint.level === "assistant" ? (
            <Anchor key="owner" component={Link} href={`/assistants/${endpoint.owner}`}>
              {section.assistant}
            </Anchor>
          ) : (
            levelText(endpoint.level, section)
          ),
        ],
        ...(endpoint.failing_since === null
          ? []
          : [[words.failingSince, <TimeAgo key="since" at={endpoint.failing_since} />] as const]),
        ...(endpoint.disabled_at === null
          ? []
          : ([
              [words.disabledAt, <DateTime key="at" at={endpoint.disabled_at} />],
              [words.disabledBecause, endpoint.disabled_reason ?? "–"],
            ] as const)),
        [words.waitingNow, formats.number(endpoint.pending)],
        [words.inFlight, formats.number(endpoint.in_flight)],
        [words.created, <DateTime key="created" at={endpoint.created_at} />],
      ]}
    />
  );
}
