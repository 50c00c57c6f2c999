import { Button, Group, Skeleton, Stack, TextInput, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import { useMay } from "../../api/session.ts";
import type { Wire } from "../../api/wire.ts";
import { CopyButton } from "../../components/copy-button.tsx";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { Facts } from "../../components/facts.tsx";
import { RoleNote } from "../../components/role-note.tsx";
import { useFormats } from "../../language/use-formats.ts";
import { useOrganizationWords } from "./organization-words.ts";
import { MinutesLimit } from "./minutes-limit.tsx";
import { Retention } from "./retention.tsx";

export default function OrganizationSection() {
  const words = useOrganizationWords();
  const { data, error, refetch } = useQuery({
    queryKey: ["organization"],
    queryFn: ({ signal }) => need(api.GET("/api/v1/organizations", { signal })),
  });
  if (error && !data) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={420} />;
  return (
    <Stack gap={36} maw={720}>
      <div>
        <RoleNote needs="own" />
        <Name key={data.name} name={data.name} />
      </div>
      <Retention
        key={`${data.content_retention_days} ${data.metadata_retention_days}`}
        contentDays={data.content_retention_days}
        metadataDays={data.metadata_retention_days}
      />
      <MinutesLimit key={`${data.minutes_unlimited} ${data.minutes_balance}`} organization={data} />
      <section>
        <Title order={2} mb="xs">
          {words.figures}
        </Title>
        <Figures organization={data} />
      </section>
    </Stack>
  );
}

function Name({ name }: { name: string }) {
  const words = useOrganizationWords();
  const mayOwn = useMay("own");
  const queryClient = useQueryClient();
  const [typed, setTyped] = useState(name);
  const save = useMutation({
    mutationFn: () => need(api.PATCH("/api/v1/organizations", { body: { name: typed.trim() } })),
    onSuccess: async () => {
      notifications.show({ message: words.saved });
      // The frame shows it too.
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: ["organization"] }),
        queryClient.invalidateQueries({ queryKey: ["session"] }),
      ]);
    },
  });
  if (!mayOwn) return <Facts facts={[[words.name, name]]} />;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Group align="end" gap="xs">
        <TextInput
          label={words.name}
          required
          value={typed}
          flex={1}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <Button
          type="submit"
          loading={save.isPending}
          disabled={typed.trim() === name || typed.trim() === ""}
        >
          {words.save}
        </Button>
      </Group>
      {save.error && <ErrorNotice error={save.error} />}
    </form>
  );
}

function Figures({ organization: data }: { organization: Wire<"Organization"> }) {
  const words = useOrganizationWords();
  const formats = useFormats();
  return (
    <Facts
      facts={[
        [words.balance, data.minutes_unlimited ? words.unlimited : formats.number(data.minutes_balance)],
        [words.usage, formats.number(data.monthly_usage_minutes)],
        [words.assistants, formats.number(data.active_agents)],
        [words.numbers, formats.number(data.active_numbers)],
        [words.calls, formats.number(data.active_calls)],
        [
          words.id,
          <Group key="id" gap={4} wrap="nowrap" align="start">
            {data.id}
            <CopyButton value={data.id} what={words.id} />
          </Group>,
        ],
      ]}
    />
  );
}
